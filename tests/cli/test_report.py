"""`detente report`: the same page and figures again from what is stored, without playing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Detente = Callable[..., tuple[int, str, str]]


def content(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["price_haggle", pytest.param("four_issue_trade", marks=pytest.mark.slow)])
def test_the_report_comes_out_the_same_to_the_last_byte(detente: Detente, name: str, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert detente("run", name, "--worlds", "30", "--seed", "4", "--out", str(folder))[0] == 0
    before = content(folder)
    (folder / "report.html").write_text("an old page", encoding="utf-8")
    (folder / "figures" / "outcomes.svg").unlink()
    (folder / "figures" / "of_old.svg").write_text("a figure that is drawn no more", encoding="utf-8")
    code, out, err = detente("report", str(folder))
    assert (code, err) == (0, "")
    assert out.strip() == str(folder / "report.html")
    assert content(folder) == before


@pytest.mark.usefixtures("small")
def test_a_run_without_a_report_gets_one_later_and_tells_the_versions_that_computed_it(detente: Detente) -> None:
    change = ["--set", "parties.USA.reservation=0.2"]
    assert detente("run", "small.yaml", "--worlds", "20", *change, "--no-report", "--out", "r")[0] == 0
    manifest = json.loads(Path("r/manifest.json").read_text(encoding="utf-8"))
    manifest["versions"]["numpy"] = "0.0.computed"
    kept = {key: value for key, value in manifest.items() if key not in ("files", "seal")}
    Path("r/manifest.json").write_text(json.dumps(kept), encoding="utf-8")
    assert detente("report", "r")[0] == 0
    page = Path("r/report.html").read_text(encoding="utf-8")
    assert "numpy 0.0.computed" in page
    assert "parties.USA.reservation=0.2" in page


@pytest.mark.usefixtures("small")
def test_what_holds_no_whole_results_is_one_message(detente: Detente) -> None:
    Path("empty").mkdir()
    assert detente("run", "small.yaml", "--worlds", "5", "--no-report", "--out", "r")[0] == 0
    broken = {"counts.json": "missing", "worlds.parquet": "missing", "rounds.parquet": "garbage"}
    cases = [("nowhere", "not a directory"), ("empty", "manifest.json"), ("small.yaml", "not a directory")]
    for name, fault in broken.items():
        whole = Path("r", name).read_bytes()
        if fault == "missing":
            Path("r", name).unlink()
        else:
            Path("r", name).write_bytes(b"garbage")
        code, out, err = detente("report", "r")
        assert (code, out) == (2, "")
        assert (name if fault == "missing" else "damaged") in err
        Path("r", name).write_bytes(whole)
    for place, words in cases:
        code, out, err = detente("report", place)
        assert (code, out) == (2, "")
        assert words in err
        assert "Traceback" not in err
    assert not Path("r/report.html").exists()
    assert not [path for path in Path("r").iterdir() if path.name.startswith(".")]
