"""Policies of users: in a file beside the scenario, or from a package's entry point."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import sim
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
    reasons = " ".join(minutes.reason(move) for one in minutes.meetings[0].rounds for move in one.moves)
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
        ("@concession(reacts=False)\ndef policy(s): return s.seen.most\n", "with reacts=False it knows only"),
        ("def policy(s): return s.seen.most\n", "mine.py:3:1: the policy 'mine.py:policy' failed: AttributeError"),
        ("def policy(s): return s.seen.most\n", "(without a decorator it is called world by world)"),
        ("policy = 3\n", "own.yaml:5:56: 'mine.py:policy' is no concession policy"),
        ("import sys\nsys.exit(5)\n", "mine.py:4:1: the file 'mine.py' of policies failed: SystemExit: 5"),
        ("@concession(rate=Setting(0, 1, default=5))\ndef policy(s): return s.best\n", "'rate' of 'mine.py:policy'"),
        ("@concession(weight=1)\ndef policy(s): return s.best\n", "'weight' of 'mine.py:policy' is a word of"),
        ("@concession\ndef polcy(s): return s.best\n", "there is no 'policy' in 'mine.py'; did you mean 'polcy'?"),
        ("def policy(s) return\n", "mine.py:3:15: this is no Python"),
        ("import nothing_of_the_kind\n", "the file 'mine.py' of policies failed: ModuleNotFoundError"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(code: str, message: str, tmp_path: Path) -> None:
    assert message in complaint(written(tmp_path, code))


def test_what_fails_in_explaining_is_told_too(tmp_path: Path) -> None:
    path = written(tmp_path, "@concession(explain=lambda s: s.nothing)\ndef policy(s): return s.best\n")
    with pytest.raises(sim.ScenarioError, match=r"mine\.py:3:1: .* failed: AttributeError"):
        sim.trace(load(path, allow_code=True))


def test_a_policy_of_another_kind_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "from sim.parties.plugin import offering\n@offering\ndef policy(c): return 0\n")
    assert "is no concession policy, but one of the kind offering" in complaint(path)


def test_a_plain_function_plays_one_world_at_a_time(tmp_path: Path) -> None:
    plain = "def policy(view): return view.best - (view.best - view.reservation) * view.time\n"
    own = sim.run(load(written(tmp_path, plain), allow_code=True), worlds=3).worlds
    linear = SCENARIO.replace("mine.py:policy", "linear")
    (tmp_path / "linear.yaml").write_text(linear)
    assert own.equals(sim.run(load(tmp_path / "linear.yaml"), worlds=3).worlds)


def test_a_file_may_hold_classes_with_typed_fields(tmp_path: Path) -> None:
    code = "from dataclasses import dataclass\n@dataclass\nclass Half:\n    of: float = 0.5\n"
    path = written(tmp_path, f"{code}@concession\ndef policy(s): return Half().of * s.best\n")
    path.with_name("mine.py").write_text("from __future__ import annotations\n" + path.with_name("mine.py").read_text())
    assert sim.run(load(path, allow_code=True), worlds=3).outcomes["agreement"]["count"] == 3


PER_WORLD = """
import numpy as np
from sim.parties.plugin import acceptance, offering, opponents, per_world

def least(choice):
    return np.where(choice.passing, choice.worth, np.inf).argmin(axis=0)

@offering(least=0.5)
def kind(choice):
    good = choice.passing & (choice.worth >= choice.settings["least"])
    return np.where(good.any(axis=0), np.where(good, choice.believed, -np.inf).argmax(axis=0), least(choice))

@offering(least=0.5)
@per_world
def kind_in_turn(choice):
    passing = [k for k, passes in enumerate(choice.passing) if passes]
    good = [k for k in passing if choice.worth[k] >= choice.settings["least"]]
    if good:
        return max(good, key=lambda k: (choice.believed[k], -k))
    return min(passing, key=lambda k: (choice.worth[k], k), default=0)

@opponents
def last(evidence):
    offered = np.zeros(evidence.values.shape)
    for offer in evidence.offers:
        for j, options in enumerate(offered):
            options += np.arange(len(options))[:, None] == offer[j]
    return evidence.values + offered

@opponents
@per_world
def last_in_turn(evidence):
    offered = np.zeros(evidence.values.shape)
    for offer in evidence.offers:
        for j, k in enumerate(offer):
            if k >= 0:
                offered[j, k] += 1
    return evidence.values + offered

@acceptance
def modest(situation, demand):
    return demand - 0.1

def modest_in_turn(view, demand):
    return demand - 0.1
"""


def test_policies_of_every_kind_can_look_at_one_world_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(PER_WORLD)
    text = """
format: 1
title: Kinds
issues: {a: {options: [x, y, z]}, b: {options: [x, w, y, z]}}
parties:
  A:
    positions: {a: x, b: x}
    salience: {a: {uniform: [1, 5]}, b: {uniform: [1, 5]}}
    reservation: {uniform: [0, 0.5]}
    concession: {exponent: {uniform: [1, 6]}}
    acceptance: mine.py:modest
    offering: {name: "mine.py:kind", least: 0.6}
    opponents: {learned: mine.py:last}
  B: {like: A, positions: {a: z, b: z}}
"""
    (tmp_path / "arrays.yaml").write_text(text)
    for name in ("modest", "kind", "last"):
        text = re.sub(rf"mine.py:{name}\b", f"mine.py:{name}_in_turn", text)
    (tmp_path / "worlds.yaml").write_text(text)
    arrays = sim.run(load(tmp_path / "arrays.yaml", allow_code=True), worlds=50).worlds
    assert arrays.select("package.a", "package.b", "rounds").n_unique() > 2
    assert sim.run(load(tmp_path / "worlds.yaml", allow_code=True), worlds=50).worlds.equals(arrays)


@pytest.mark.parametrize("answer", ["0", "99", "0.5 + 0 * c.passing[0]"])
def test_an_offer_that_its_side_would_not_sign_is_told(answer: str, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        f"from sim.parties.plugin import offering\n@offering\ndef pick(c): return {answer}\n"
    )
    scenario = SCENARIO.replace("concession: mine.py:policy", "offering: mine.py:pick").replace("a: x}", "a: z}", 1)
    (tmp_path / "own.yaml").write_text(scenario)
    with pytest.raises(sim.ScenarioError, match="it chose what is no package that its side would sign now"):
        sim.run(load(tmp_path / "own.yaml", allow_code=True), worlds=3)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    (tmp_path / "mine.py").unlink()
    assert "the file 'mine.py' cannot be read (No such file or directory)" in complaint(path)
