"""A sweep comes out the same to the byte, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.sweeps import sweep as sweep_module
from sim.sweeps.store import OutputError

ASKED: dict[str, Any] = {
    "vary": ["parties.seller.reservation=0.1:0.6:7", "parties.seller.concession=linear,boulware"],
    "worlds": 60,
    "seed": 3,
    "keep_worlds": True,
}


def contents(directory: Path) -> dict[str, bytes]:
    """Every file of a directory with its bytes."""
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


class Stop(Exception):
    """Ends a sweep from within."""


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep_module, "PART", 100)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "sweep"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep_module, "PART", 100)
        sim.sweep("price_haggle", **ASKED, out=out)
    return out


def interrupted(out: Path, after: int, **asked: Any) -> None:
    """Begin the sweep and stop it once so many points are done."""

    def stop(done: int, total: int, before: int) -> None:
        if before < done < total and done >= after:
            raise Stop

    with pytest.raises(Stop):
        sim.sweep("price_haggle", **{**ASKED, **asked}, out=out, progress=stop)


@pytest.mark.parametrize("options", [{"batch": 37}, {"batch": 100_000}], ids=str)
def test_the_same_bytes_for_any_batch(undisturbed: Path, tmp_path: Path, options: dict[str, Any]) -> None:
    sim.sweep("price_haggle", **ASKED, **options, out=tmp_path / "sweep")
    assert contents(tmp_path / "sweep") == contents(undisturbed)


def test_the_same_bytes_on_any_executor(undisturbed: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as executor:
        sim.sweep("price_haggle", **ASKED, out=tmp_path / "sweep", executor=executor, workers=3, batch=70)
    assert contents(tmp_path / "sweep") == contents(undisturbed)


def test_what_is_on_disk_is_what_is_given_without_it(undisturbed: Path) -> None:
    here = sim.sweep("price_haggle", **ASKED)
    there = sim.sweep("price_haggle", **ASKED, out=undisturbed)
    assert here.points.equals(there.points)
    assert here.rows is not None
    assert there.rows is not None
    assert here.rows.collect().equals(there.rows.collect())
    assert there.resumed == len(here.points)


def test_an_interrupted_sweep_goes_on_and_ends_the_same(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    for after in (2, 5, 9):
        interrupted(out, after)
    swept = sim.sweep("price_haggle", **ASKED, out=out, batch=64)
    assert 9 <= swept.resumed < len(swept.points)
    assert contents(out) == contents(undisturbed)


@pytest.mark.parametrize("harm", ["cut short", "one byte wrong", "empty", "half written", "gone"])
def test_a_damaged_part_is_played_again(undisturbed: Path, tmp_path: Path, harm: str) -> None:
    out = tmp_path / "sweep"
    interrupted(out, 8)
    part = sorted((out / ".parts").glob("points-*"))[2]
    content = part.read_bytes()
    if harm == "cut short":
        part.write_bytes(content[: len(content) // 2])
    elif harm == "one byte wrong":
        part.write_bytes(content[:50] + bytes([content[50] ^ 1]) + content[51:])
    elif harm == "empty":
        part.write_bytes(b"")
    elif harm == "half written":
        part.rename(part.with_name(part.name + ".new"))
    else:
        shutil.rmtree(out / ".parts")
    swept = sim.sweep("price_haggle", **ASKED, out=out)
    assert (swept.resumed == 0) == (harm == "gone")
    assert contents(out) == contents(undisturbed)


def test_killed_between_the_last_part_and_the_manifest(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"

    def die(directory: Path, swept: sim.Sweep) -> None:
        assert len(swept.points) == 14
        assert (directory / "points.parquet").exists()
        raise Stop

    from sim.sweeps.request import request_plan

    plan = request_plan("price_haggle", ASKED["vary"], worlds=60, seed=3)
    with pytest.raises(Stop):
        sweep_module.play_sweep(plan, out, keep_worlds=True, publish=die)
    sim.sweep("price_haggle", **ASKED, out=out)
    assert contents(out) == contents(undisturbed)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 4}, "seed: 3 there, 4 here"),
        ({"worlds": 99}, "worlds: 60 there, 99 here"),
        ({"vary": ["parties.seller.reservation=0.1:0.6:7"]}, "vary:"),
        ({"vary": [ASKED["vary"][0].replace("0.6", "0.7"), ASKED["vary"][1]]}, "values of what is varied differ"),
        ({"design": "lhs"}, 'design: "grid" there, "lhs" here'),
        ({"keep_worlds": False}, "keep_worlds"),
    ],
    ids=["seed", "worlds", "paths", "values", "design", "rows"],
)
@pytest.mark.parametrize("finished", [False, True])
def test_another_sweep_in_the_same_place_is_refused(
    undisturbed: Path, tmp_path: Path, other: dict[str, Any], said: str, finished: bool
) -> None:
    out = tmp_path / "sweep"
    if finished:
        shutil.copytree(undisturbed, out)
    else:
        interrupted(out, 4)
    before = contents(out)
    with pytest.raises(OutputError) as error:
        sim.sweep("price_haggle", **{**ASKED, **other}, out=out)
    assert said in str(error.value)
    assert {**contents(out), ".lock": b""} == {**before, ".lock": b""}


def test_another_scenario_or_change_in_the_same_place_is_refused(undisturbed: Path, product: sim.Scenario) -> None:
    with pytest.raises(OutputError, match="text of the scenario file differs"):
        sim.sweep(product, {"events.flood.probability": (0, 1)}, out=undisturbed)
    with pytest.raises(OutputError, match="set:"):
        sim.sweep(sim.load("price_haggle", ["worlds=7"]), **ASKED, out=undisturbed)


def test_other_versions_in_the_same_place_are_refused(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    shutil.copytree(undisturbed, out)
    sealed = json.loads((out / "manifest.json").read_text())
    manifest = {key: value for key, value in sealed.items() if key not in ("files", "seal")}
    manifest["versions"]["numpy"] = "1.0"
    (out / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(OutputError, match=r"numpy 1\.0 there"):
        sim.sweep("price_haggle", **ASKED, out=out)


def test_a_place_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds no sweep"):
        sim.sweep("price_haggle", **ASKED, out=tmp_path)
    with pytest.raises(OutputError, match="is a file"):
        sim.sweep("price_haggle", **ASKED, out=tmp_path / "thesis.txt")


def test_two_programs_do_not_write_in_one_place(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    from sim.sweeps.ledger import ledger

    with ledger(tmp_path / "sweep"), pytest.raises(OutputError, match="under way"):
        sim.sweep("price_haggle", **ASKED, out=tmp_path / "sweep")
