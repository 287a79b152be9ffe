"""Policies of users: in a file beside the scenario, or from a package's entry point."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from parties.negotiations import offers, pie

import sim
from sim.scenario import plugins
from sim.scenario.loading import check, load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "how-to" / "own_policies.yaml"
SCENARIO = """\
format: 1
title: Own
issues: {a: {options: [x, y, z]}}
parties:
  A: {positions: {a: x}, reservation: 0.1, concession: mine.py:policy}
  B: {positions: {a: z}, reservation: 0.1}
"""
HEAD = "from sim.parties.plugin import Setting, concession\n\n"


def written(folder: Path, code: str) -> Path:
    (folder / "mine.py").write_text(HEAD + code)
    (folder / "own.yaml").write_text(SCENARIO)
    return folder / "own.yaml"


def complaint(path: Path) -> str:
    with pytest.raises(sim.ScenarioError) as caught:
        sim.run(load(path, allow_code=True), worlds=3)
    return str(caught.value)


def test_the_example_of_the_how_to_is_the_file_beside_it_and_plays() -> None:
    code = EXAMPLE.with_name("my_policies.py").read_text()
    blocks = re.findall(r"```python\n(.*?)```", EXAMPLE.with_name("write-a-policy.md").read_text(), re.DOTALL)
    assert len(blocks) == 2
    assert all(block in code for block in blocks)
    minutes = sim.trace(load(EXAMPLE, allow_code=True))
    assert minutes.outcome == "agreement"
    reasons = " ".join(move.reason for one in minutes.meetings[0].rounds for move in one.moves)
    assert "as it moves towards the best offer so far, 0.50" in reasons
    assert "as its policy haggler says (step 0.1)" in reasons


def test_workers_load_the_files_too() -> None:
    scenario = load(EXAMPLE, ["parties.tenant.reservation={uniform: [0.2, 0.6]}"], allow_code=True)
    here = sim.run(scenario, worlds=40).worlds
    assert sim.run(scenario, worlds=40, workers=2, batch=20).worlds.equals(here)


def test_code_is_not_run_unless_allowed(tmp_path: Path) -> None:
    path = written(tmp_path, f"open({str(tmp_path / 'ran')!r}, 'w')\n@concession\ndef policy(s): return s.best\n")
    for command in ("run", "trace", "analyze"):
        words = [sys.executable, "-m", "sim", command, str(path)]
        ran = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
        assert ran.returncode == 2
        assert ran.stderr == f"{path}:5:56: this runs code from 'mine.py'; if you trust it, say so with --allow-code\n"
    errors, warnings = check(path)
    assert (errors, [w.message for w in warnings]) == (
        (),
        ["not checked: this runs code from 'mine.py' (with --allow-code it is)"],
    )
    assert not (tmp_path / "ran").exists()
    load(path, allow_code=True)
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("@concession\ndef policy(s): return 1 / 0\n", "mine.py:4:1: the policy 'mine.py:policy' failed: ZeroDivision"),
        ("@concession\ndef policy(s): return s.best * float('nan')\n", "ValueError: it answers nan"),
        ("@concession\ndef policy(s): return s.best[0, :1, None, None]\n", "the policy 'mine.py:policy' failed"),
        ("def policy(s): return s.best\n", "is no concession policy; decorate it with @concession"),
        ("@concession\ndef polcy(s): return s.best\n", "there is no 'policy' in 'mine.py'; did you mean 'polcy'?"),
        ("def policy(s) return\n", "mine.py:3:15: this is no Python"),
        ("import nothing_of_the_kind\n", "the file 'mine.py' of policies failed: ModuleNotFoundError"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(code: str, message: str, tmp_path: Path) -> None:
    assert message in complaint(written(tmp_path, code))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    (tmp_path / "mine.py").unlink()
    assert "the file 'mine.py' cannot be read (No such file or directory)" in complaint(path)


def test_an_entry_point_has_a_name_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.parties.plugin import Setting, concession

    class Point:
        def load(self) -> Any:
            return concession(share=Setting(0, 1, default=0.5))(lambda s: s.between(s.settings["share"]))

    monkeypatch.setattr(plugins, "installed", lambda kind: {"halfway": Point()} if kind == "concession" else {})
    monkeypatch.setattr("sim.scenario.conduct.installed", plugins.installed)
    scenario = pie(10, {"concession": {"name": "halfway", "share": 0.3}}, {"concession": "hard_liner"})
    assert set(offers(sim.trace(scenario), "first")) == {7}
    with pytest.raises(sim.ScenarioError, match="did you mean 'halfway'"):
        pie(10, {"concession": "halfwy"}, {})
