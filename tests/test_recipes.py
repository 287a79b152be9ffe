"""To add X, touch these files: what `docs/architecture.md` says of each kind is true of an example of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.analysis.game import all_packages, central_game
from sim.analysis.zone import acceptable
from sim.report.minutes.text import lines
from sim.rules import RULES
from sim.rules.condition import SoMany
from sim.rules.rule import DecisionRule, Seats
from sim.scenario.loading import loads

ROOT = Path(__file__).resolve().parent.parent

ROW = re.compile(r"^\| an? (?P<kind>[a-z ]+) \| (?P<files>.+) \| `(?P<example>\w+)` \|$", re.MULTILINE)
PATH = re.compile(r"`((?:sim|tests|docs|scenarios)/[\w/.]+\.\w+)`")

MARKS = {
    "protocol": r"single_text|amend_text",
    "figure of a run": r"(?<!closest\.)(?<!found\.)\bshortfalls\b",
    "command": r"\bcalibrate\b",
}
"""How the example is known where its name alone would not do."""

UNDER = {"figure of a run": "sim/report", "acceptance condition": "sim/policies", "command": "sim/cli"}
"""Where it is looked for if other rooms have the same word for something else."""


def recipes() -> dict[str, tuple[str, set[str]]]:
    """By kind: the example, and the files to touch."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    found = {}
    for row in ROW.finditer(text):
        files = {path.replace("NAME", row["example"]) for path in PATH.findall(row["files"])}
        found[row["kind"]] = row["example"], files
    return found


@cache
def texts() -> dict[str, str]:
    """The program's files, each with its name before it."""
    paths = [path for path in (ROOT / "sim").rglob("*") if path.suffix in (".py", ".html", ".css", ".js")]
    return {path.relative_to(ROOT).as_posix(): f"{path.stem}\n{path.read_text(encoding='utf-8')}" for path in paths}


def naming(mark: str, under: str) -> set[str]:
    """Files of the program that name the example, comments and documentation and all."""
    pattern = re.compile(mark, re.IGNORECASE)
    return {path for path, text in texts().items() if path.startswith(f"{under}/") and pattern.search(text)}


def test_the_kinds_that_people_add_have_a_recipe() -> None:
    assert recipes().keys() == {
        "decision rule", "concession policy", "acceptance condition", "protocol", "measure by round", "scenario key",
        "figure of a run", "format to read", "command",
    }  # fmt: skip


@pytest.mark.parametrize("kind", recipes())
def test_an_example_is_named_in_the_files_of_its_recipe_and_in_no_other(kind: str) -> None:
    example, files = recipes()[kind]
    assert {path for path in files if not (ROOT / path).is_file()} == set()
    mark, under = MARKS.get(kind, rf"\b{example}\b"), UNDER.get(kind, "sim")
    assert naming(mark, under) == {path for path in files if path.startswith(f"{under}/")}


PLAIN = """
format: 1
title: All but one
issues:
  land: {options: [ours, shared, yours], status_quo: ours}
sides: {left: {decides: all_but_one}}
parties:
  A: {side: left, positions: {land: ours}, reservation: 0.9, concession: NAME}
  B: {side: left, positions: {land: yours}, reservation: 0.4}
  C: {side: left, positions: {land: yours}, reservation: 0.4}
  D: {positions: {land: yours}, reservation: 0.4}
"""


def all_but_one(seats: Seats) -> SoMany:
    """No more than one member objects."""
    return SoMany(np.full(seats.number.shape, max(seats.members - 1.0, 1.0)))


def test_a_rule_in_the_list_is_played_analysed_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = DecisionRule(
        name="all_but_one",
        summary="A side passes what no more than one member objects to.",
        manner="with one dissenter at most",
        asks="it asks that no more than one objects",
        unstopped=all_but_one,
        by_votes=True,
    )
    monkeypatch.setitem(RULES, rule.name, rule)
    scenario = loads(PLAIN.replace("NAME", "linear"))
    ran = sim.run(scenario, worlds=5)
    assert ran.outcomes["agreement"]["count"] == 5
    game = central_game(scenario)
    packages = all_packages(game.exists)
    assert packages[acceptable(game, packages)].tolist() == [[1], [2]]
    told = [str(line) for line in lines(sim.trace(scenario))]
    assert any("which decides with one dissenter at most" in line for line in told)
    assert not sim.analyze(loads(PLAIN.replace("NAME", "linear").replace("all_but_one", "unanimity"))).feasible


@pytest.mark.slow
def test_a_rule_and_a_policy_are_added_by_a_file_and_a_line_each(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    rules, policies = tmp_path / "sim" / "rules", tmp_path / "sim" / "policies" / "concession"
    quorum = (rules / "quorum.py").read_text(encoding="utf-8")
    bare = re.sub(r"    by_votes=True,.*", "    by_votes=True,\n)\n", quorum, flags=re.DOTALL)
    for before, after in (
        ('name="quorum"', 'name="all_but_one"'),
        ("np.minimum(seats.number, float(seats.members))", "np.full(seats.number.shape, seats.members - 1.0)"),
        ("{number:g}", "all but one"),
        ("import DecisionRule, RuleNumber, Seats", "import DecisionRule, Seats"),
    ):
        assert before in bare
        bare = bare.replace(before, after)
    (rules / "all_but_one.py").write_text(bare, encoding="utf-8")
    added(rules / "__init__.py", "import consensus", "import all_but_one, consensus")
    added(rules / "__init__.py", "(consensus,", "(consensus, all_but_one,")
    liner = (policies / "hard_liner.py").read_text(encoding="utf-8")
    (policies / "stone.py").write_text(liner.replace('"hard_liner"', '"stone"'), encoding="utf-8")
    added(policies / "__init__.py", "    rubinstein,\n", "    rubinstein,\n    stone,\n")
    (tmp_path / "s.yaml").write_text(PLAIN.replace("NAME", "{name: stone, share: 0.5}"), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "sim", "run", "s.yaml", "--worlds", "5", "--no-report", "--json"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert '"agreement": {"count": 5' in re.sub(r"\s+", " ", told.stdout)


def added(path: Path, before: str, after: str) -> None:
    """Edit a list."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
