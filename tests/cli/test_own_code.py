"""Commands on a scenario that names a file of policies: run with --allow-code alone, and the same code each time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Detente = Callable[..., tuple[int, str, str]]
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


VARY = ("--vary", "parties.A.concession.rate=0:1:3", "--worlds", "20", "--no-report", "--out", "swept")


@pytest.mark.parametrize(
    "words",
    [("run", "--no-report"), ("trace",), ("analyze",), ("sweep", *VARY)],
    ids=["run", "trace", "analyze", "sweep"],
)
def test_without_permission_there_is_an_error_and_with_it_a_result(
    words: tuple[str, ...], talks: str, detente: Detente
) -> None:
    command, *options = words
    code, _, said = detente(command, talks, *options)
    assert code == 2
    assert said == (
        "talks/own.yaml:5:72: this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code\n"
    )
    assert detente(command, talks, *options, "--allow-code")[0] == 0


def test_a_setting_is_changed_by_its_path_where_the_file_gives_but_the_name(talks: str, detente: Detente) -> None:
    paths = [f"parties.A.concession.rate={rate}" for rate in (0, 1)]
    stays, gives = (json.loads(detente("trace", talks, "--allow-code", "--json", "--set", path)[1]) for path in paths)
    assert (stays["outcome"], gives["package"]) == ("impasse", {"a": "y"})
    wrong = detente("trace", talks, "--allow-code", "--set", "parties.A.concession.rat=1")[2]
    assert "unknown setting 'rat' of the concession policy 'policies/mine.py:evenly'; did you mean" in wrong


def test_a_sweep_can_try_policies_that_the_file_does_not_name(talks: str, detente: Detente, program: Program) -> None:
    Path(talks).write_text(SCENARIO.replace(", concession: policies/mine.py:evenly", ""))
    vary = (
        "--vary",
        "parties.A.concession=linear,policies/mine.py:evenly",
        "--worlds",
        "10",
        "--no-report",
        "--out",
        "tried",
    )
    code, _, said = detente("sweep", talks, *vary)
    assert code == 2
    assert "this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code" in said
    assert program(["sweep", talks, *vary, "--allow-code", "--workers", "2"]).returncode == 0
    assert json.loads(Path("tried/manifest.json").read_text())["code"] == {"policies/mine.py": CODE}


def test_a_report_is_drawn_again_with_the_code_that_ran(talks: str, detente: Detente) -> None:
    assert detente("run", talks, "--worlds", "20", "--out", "ran", "--allow-code")[0] == 0
    before = Path("ran/report.html").read_bytes()
    assert b"--allow-code" in before
    Path("talks/policies/mine.py").write_text("gone")
    code, _, said = detente("report", "ran")
    assert code == 2
    assert "this runs code from 'policies/mine.py'; if you trust it, say so with --allow-code" in said
    assert detente("report", "ran", "--allow-code")[0] == 0
    assert Path("ran/report.html").read_bytes() == before


def test_a_sweep_is_not_gone_on_with_by_other_code(talks: str, detente: Detente) -> None:
    assert detente("sweep", talks, *VARY, "--allow-code")[0] == 0
    assert detente("sweep", talks, *VARY, "--allow-code")[0] == 0
    Path("talks/policies/mine.py").write_text(CODE + "\n# Another.\n")
    code, _, said = detente("sweep", talks, *VARY, "--allow-code")
    assert code == 2
    assert "swept holds another sweep (the code of its policies differs)" in said
