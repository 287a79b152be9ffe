"""Commands on a scenario that names a file of policies: run with --allow-code alone, and the same code each time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[str]]

CODE = """\
from sim.parties.plugin import Setting, concession

@concession(rate=Setting(0, 1, default=0.5))
def evenly(situation):
    return situation.between(situation.settings["rate"] * situation.time)
"""
SCENARIO = """\
format: 1
title: Own
issues: {a: {options: [x, y, z]}}
parties:
  A: {positions: {a: x}, reservation: {uniform: [0, 0.3]}, concession: policies/mine.py:evenly}
  B: {positions: {a: z}, reservation: 0.1}
"""


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A scenario in another folder than the working directory, and its code in a folder beside it."""
    (tmp_path / "talks" / "policies").mkdir(parents=True)
    (tmp_path / "talks" / "policies" / "mine.py").write_text(CODE)
    (tmp_path / "talks" / "own.yaml").write_text(SCENARIO)
    monkeypatch.chdir(tmp_path)
    return "talks/own.yaml"


VARY = ("--vary", "parties.A.concession.rate=0:1:3", "--worlds", "20", "--out", "swept")


@pytest.mark.parametrize(
    "words",
    [("run", "--no-report"), ("trace",), ("analyze",), ("sweep", *VARY)],
    ids=["run", "trace", "analyze", "sweep"],
)
def test_without_permission_there_is_an_error_and_with_it_a_result(
    words: tuple[str, ...], talks: str, program: Program
) -> None:
    command, *options = words
    refused = program([command, talks, *options])
    assert refused.returncode == 2
    assert refused.stderr == (
        "talks/own.yaml:5:72: this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code\n"
    )
    assert program([command, talks, *options, "--allow-code"]).returncode == 0


def test_a_setting_is_changed_by_its_path_where_the_file_gives_but_the_name(talks: str, program: Program) -> None:
    paths = [f"parties.A.concession.rate={rate}" for rate in (0, 1)]
    stays, gives = (
        json.loads(program(["trace", talks, "--allow-code", "--json", "--set", path]).stdout) for path in paths
    )
    assert (stays["outcome"], gives["package"]) == ("impasse", {"a": "y"})
    wrong = program(["trace", talks, "--allow-code", "--set", "parties.A.concession.rat=1"])
    assert "unknown setting 'rat' of the concession policy 'policies/mine.py:evenly'; did you mean" in wrong.stderr


def test_a_sweep_can_try_policies_that_the_file_does_not_name(talks: str, program: Program) -> None:
    Path(talks).write_text(SCENARIO.replace(", concession: policies/mine.py:evenly", ""))
    vary = ("--vary", "parties.A.concession=linear,policies/mine.py:evenly", "--worlds", "10", "--out", "tried")
    refused = program(["sweep", talks, *vary])
    assert refused.returncode == 2
    assert "this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code" in refused.stderr
    assert program(["sweep", talks, *vary, "--allow-code", "--workers", "2"]).returncode == 0
    assert json.loads(Path("tried/manifest.json").read_text())["code"] == {"policies/mine.py": CODE}


def test_a_report_is_drawn_again_with_the_code_that_ran(talks: str, program: Program) -> None:
    assert program(["run", talks, "--worlds", "20", "--out", "ran", "--allow-code"]).returncode == 0
    before = Path("ran/report.html").read_bytes()
    assert b"--allow-code" in before
    Path("talks/policies/mine.py").write_text("gone")
    refused = program(["report", "ran"])
    assert refused.returncode == 2
    assert "this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code" in refused.stderr
    assert program(["report", "ran", "--allow-code"]).returncode == 0
    assert Path("ran/report.html").read_bytes() == before


def test_a_sweep_is_not_gone_on_with_by_other_code(talks: str, program: Program) -> None:
    assert program(["sweep", talks, *VARY, "--allow-code", "--workers", "2"]).returncode == 0
    assert program(["sweep", talks, *VARY, "--allow-code"]).returncode == 0
    Path("talks/policies/mine.py").write_text(CODE + "\n# Another.\n")
    other = program(["sweep", talks, *VARY, "--allow-code"])
    assert other.returncode == 2
    assert "swept holds another sweep (the code of its policies differs)" in other.stderr
