"""Result directories vouch for themselves: damage is told, with what can be done, and never taken for results."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.report.pages.redraw import redraw
from sim.sweeps.checking import check
from sim.sweeps.store import OutputError

HARMS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "empty": lambda path: path.write_bytes(b""),
    "flipped": lambda path: path.write_bytes(path.read_bytes()[:60] + b"\x07" + path.read_bytes()[61:]),
    "grown": lambda path: path.write_bytes(path.read_bytes() + b"\n"),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}
RUN = ("worlds.parquet", "rounds.parquet", "counts.json", "summary.json", "manifest.json")
SWEEP = ("points.parquet", "worlds.parquet", "manifest.json")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, a sweep and a comparison with a page."""
    place = tmp_path_factory.mktemp("whole")
    scenario = sim.load("price_haggle")
    sim.run(scenario, 40, seed=1, out=place / "run", report=False)
    sim.sweep(scenario, ["parties.seller.reservation=0.1:0.6:3"], worlds=20, out=place / "sweep",
              report=False, keep_worlds=True)  # fmt: skip
    sim.compare(place / "run", place / "run", out=place / "compare")
    return place


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "copy")
    return tmp_path / "copy"


def strip(directory: Path) -> None:
    """Make it a directory of a version without checksums."""
    kept = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    bare = {key: value for key, value in kept.items() if key not in ("files", "seal")}
    (directory / "manifest.json").write_text(json.dumps(bare), encoding="utf-8")


@pytest.mark.parametrize("kind", ["run", "sweep", "compare"])
def test_what_was_written_is_whole(whole: Path, kind: str) -> None:
    found = check(whole / kind)
    assert (found.state, found.kind, found.problems, found.others) == ("whole", kind, [], [])
    files = [path for path in (whole / kind).rglob("*") if path.is_file()]
    assert found.files == len(files) - 1


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("file", RUN)
def test_a_damaged_run_is_refused_wherever_it_is_read(copy: Path, file: str, harm: str) -> None:
    HARMS[harm](copy / "run" / file)
    if (file, harm) == ("manifest.json", "grown"):  # a line end more is no change of what it says
        assert check(copy / "run").whole
        return
    if (file, harm) == ("manifest.json", "missing"):
        with pytest.raises(OutputError, match=r"no manifest\.json"):
            check(copy / "run")
    else:
        assert check(copy / "run").state == "damaged"
    for read in (lambda: redraw(copy / "run"), lambda: sim.compare(copy / "run", copy / "run")):
        with pytest.raises(OutputError) as error:
            read()
        assert file in str(error.value)
        if file != "manifest.json":
            assert "detente run price_haggle --worlds 40 --seed 1 --out DIR" in str(error.value)


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("file", SWEEP)
def test_a_damaged_sweep_is_refused_also_by_its_own_command(copy: Path, file: str, harm: str) -> None:
    HARMS[harm](copy / "sweep" / file)
    if (file, harm) == ("manifest.json", "grown"):
        return
    with pytest.raises(OutputError) as error:
        sim.read_sweep(copy / "sweep")
    assert file in str(error.value)
    with pytest.raises(OutputError):
        sim.sweep(
            "price_haggle", ["parties.seller.reservation=0.1:0.6:3"], worlds=20, out=copy / "sweep", keep_worlds=True
        )


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("file", RUN[:3])
def test_a_directory_without_checksums_is_read_or_refused_but_never_crashes(copy: Path, file: str, harm: str) -> None:
    strip(copy / "run")
    assert check(copy / "run").state == "no_checksums"
    HARMS[harm](copy / "run" / file)
    found = check(copy / "run")
    assert found.state == ("no_checksums" if found.whole else "damaged")
    assert found.state == "damaged" or (file, harm) not in {(one, two) for one in RUN for two in ("missing", "cut")}


def test_what_is_drawn_can_be_drawn_again_and_then_all_is_whole(copy: Path) -> None:
    place = copy / "compare"
    before = {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    (place / "report.html").write_text("cut", encoding="utf-8")
    next((place / "figures").iterdir()).unlink()
    found = check(place)
    assert (found.state, len(found.problems)) == ("damaged", 2)
    assert "detente report" in found.told
    redraw(place)
    assert check(place).state == "whole"
    assert {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


def test_a_stranger_is_named_and_does_no_harm(copy: Path) -> None:
    (copy / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    assert check(copy / "run").others == ["notes.txt"]
    assert check(copy / "run").whole


@pytest.mark.parametrize("name", ["/etc/passwd", "../run/counts.json", ""])
def test_a_manifest_cannot_point_outside(copy: Path, name: str) -> None:
    from sim.sweeps.seal import _seal

    path = copy / "run" / "manifest.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["files"][name] = {"bytes": 1, "sha256": ""}
    del kept["seal"]
    path.write_text(json.dumps({**kept, "seal": _seal(kept)}), encoding="utf-8")
    assert check(copy / "run").state == "damaged"


def test_check_ends_with_its_codes(copy: Path) -> None:
    from sim.cli.app import app

    def ended(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["check", *words])
        return result.exit_code, result.stdout, result.stderr

    assert ended(str(copy / "run"))[0] == 0
    (copy / "run" / "counts.json").unlink()
    code, out, err = ended(str(copy / "run"), "--json")
    assert (code, err) == (1, "")
    assert json.loads(out)["problems"] == [{"file": "counts.json", "problem": "is missing", "drawn": False}]
    assert ended(str(copy))[0] == 2
    assert ended(str(copy / "nowhere"))[0] == 2


def test_a_directory_of_others_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / ".lock").write_text("pid 7", encoding="utf-8")
    with pytest.raises(OutputError, match="holds no sweep"):
        sim.sweep("price_haggle", ["parties.seller.reservation=0.1:0.6:3"], worlds=5, out=tmp_path / "theirs")
    assert {path.name: path.read_text() for path in (tmp_path / "theirs").iterdir()} == {".lock": "pid 7"}


def test_a_run_is_no_place_for_a_sweep_and_gets_no_lock(copy: Path) -> None:
    with pytest.raises(OutputError, match="not of a sweep"):
        sim.sweep("price_haggle", ["parties.seller.reservation=0.1:0.6:3"], worlds=5, out=copy / "run")
    assert not (copy / "run" / ".lock").exists()
