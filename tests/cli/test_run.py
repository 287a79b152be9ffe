"""`detente run`: what it prints and writes, and that a result directory is there whole or not at all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from interrupts import hear_ctrl_c

Detente = Callable[..., tuple[int, str, str]]
Program = Callable[..., "subprocess.CompletedProcess[str]"]
TABLES = {"manifest.json", "summary.json", "worlds.parquet", "rounds.parquet"}


def files(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


@pytest.mark.usefixtures("small")
def test_it_writes_the_directory_and_prints_one_json_object(detente: Detente) -> None:
    code, out, err = detente("run", "small.yaml", "--worlds", "40", "--seed", "5", "--out", "r", "--json")
    assert (code, err) == (0, "")
    printed = json.loads(out)
    assert out.count("\n") == 1
    assert (printed["scenario"], printed["worlds"], printed["seed"]) == ("Two sides", 40, 5)
    assert printed["out"] == "r"
    assert files(Path("r")) >= TABLES | {"report.html", "figures"}
    assert pl.read_parquet("r/worlds.parquet").height == 40
    assert any(Path("r/figures").iterdir())
    assert files(Path()) == {"small.yaml", "r"}


@pytest.mark.usefixtures("small")
def test_without_a_word_it_plays_a_thousand_worlds_with_seed_0_into_a_new_directory(detente: Detente) -> None:
    for number in (1, 2):
        code, out, _ = detente("run", "small.yaml", "--no-report", "--json")
        printed = json.loads(out)
        assert (code, printed["worlds"], printed["seed"]) == (0, 1000, 0)
        assert printed["out"] == f"results/small-{number}"
        assert files(Path(printed["out"])) >= TABLES
    tables = [Path(f"results/small-{number}/worlds.parquet").read_bytes() for number in (1, 2)]
    assert tables[0] == tables[1]


@pytest.mark.usefixtures("small")
def test_the_terminal_has_the_answers_and_where_the_report_is(detente: Detente) -> None:
    code, out, err = detente("run", "small.yaml", "--worlds", "40", "--out", "r", "--no-report")
    assert (code, err) == (0, "")
    assert "40 worlds" in out
    assert "Agreement" in out
    with pytest.raises(ValueError, match="Expecting"):
        json.loads(out)


@pytest.mark.usefixtures("small")
def test_the_number_of_worlds_is_the_files_if_nothing_is_said(detente: Detente) -> None:
    code, out, _ = detente("run", "small.yaml", "--set", "worlds=30", "--no-report", "--json")
    assert (code, json.loads(out)["worlds"]) == (0, 30)
    code, out, _ = detente("run", "small.yaml", "--set", "worlds=30", "--worlds", "7", "--no-report", "--json")
    assert (code, json.loads(out)["worlds"]) == (0, 7)


@pytest.mark.usefixtures("small")
def test_an_empty_directory_is_taken_and_a_full_one_only_with_overwrite(detente: Detente) -> None:
    Path("r").mkdir()
    assert detente("run", "small.yaml", "--worlds", "5", "--out", "r", "--no-report")[0] == 0
    Path("r/mine.txt").touch()
    assert detente("run", "small.yaml", "--worlds", "6", "--out", "r", "--no-report")[0] == 2
    assert pl.read_parquet("r/worlds.parquet").height == 5
    assert detente("run", "small.yaml", "--worlds", "6", "--out", "r", "--no-report", "--overwrite")[0] == 0
    assert pl.read_parquet("r/worlds.parquet").height == 6
    assert files(Path("r")) >= TABLES
    assert "mine.txt" not in files(Path("r"))
    assert files(Path()) == {"small.yaml", "r"}


@pytest.mark.usefixtures("small")
def test_a_run_that_fails_leaves_what_it_was_to_overwrite(detente: Detente, monkeypatch: pytest.MonkeyPatch) -> None:
    assert detente("run", "small.yaml", "--worlds", "5", "--out", "r", "--no-report")[0] == 0
    before = {name: (Path("r") / name).read_bytes() for name in TABLES}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    rename = Path.rename
    into_place: dict[str, object] = {
        "sim.sweeps.run.write_json": fail,
        "pathlib.Path.rename": lambda old, new: (
            fail() if old.is_dir() and new.name == "r" and "old" not in old.name else rename(old, new)
        ),
    }
    for what, broken in into_place.items():
        with monkeypatch.context() as patched:
            patched.setattr(what, broken)
            again = detente("run", "small.yaml", "--worlds", "6", "--out", "r", "--no-report", "--overwrite")
        assert again == (1, "", "the run failed: No space left on device\n")
        assert {name: (Path("r") / name).read_bytes() for name in TABLES} == before
        assert files(Path()) == {"small.yaml", "r"}


@pytest.mark.usefixtures("small")
def test_a_place_that_another_run_has_taken_meanwhile_is_left_to_it(
    detente: Detente, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.sweeps import run

    manifest = run.manifest

    def meanwhile(results: run.Results) -> dict[str, object]:
        Path("r").mkdir()
        Path("r/theirs").touch()
        return manifest(results)

    monkeypatch.setattr("sim.sweeps.run.manifest", meanwhile)
    code, out, _ = detente("run", "small.yaml", "--worlds", "5", "--out", "r", "--no-report", "--json")
    assert (code, json.loads(out)["out"]) == (0, "r-2")
    assert files(Path("r")) == {"theirs"}
    assert files(Path("r-2")) >= TABLES


@pytest.mark.skipif(os.name != "posix", reason="there are no such limits here")
@pytest.mark.parametrize("where", ["deep/er/r"])
def test_a_full_disk_is_one_clear_error_and_leaves_nothing(small: str, where: str) -> None:
    assert small
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); from sim.cli import main; "
    )
    limited += "sys.argv = ['detente', *sys.argv[1:]]; main()"
    command = [sys.executable, "-c", limited, "run", "small.yaml", "--worlds", "2000", "--out", where, "--no-report"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("the run failed: ")
    assert len(done.stderr.splitlines()) == 1
    assert files(Path()) == {"small.yaml"}


@pytest.mark.skipif(os.name != "posix", reason="there are no such signals here")
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("again", [False, True], ids=["once", "twice"])
def test_ctrl_c_ends_it_with_130_and_leaves_nothing(small: str, workers: int, again: bool) -> None:
    assert small
    arguments = ["run", "small.yaml", "--worlds", "9000000", "--workers", str(workers), "--out", "deep/r"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments], **pipes, text=True, start_new_session=True, preexec_fn=hear_ctrl_c
    )
    group = process.pid
    begun = Path("deep")
    deadline = time.monotonic() + 180
    try:
        while process.poll() is None and time.monotonic() < deadline and not any(begun.glob(".r.partial*")):
            time.sleep(0.01)
        assert any(begun.glob(".r.partial*"))
        time.sleep(0.3)
        os.killpg(group, signal.SIGINT)
        if again:
            time.sleep(0.005)
            os.killpg(group, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    assert (process.returncode, out, err) == (130, "", "interrupted; nothing was left half-written\n")
    assert files(Path()) - {"deep"} == {"small.yaml"}
    assert not begun.exists() or not any(begun.iterdir())
