"""The Python interface says what the commands say, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import sim

Detente = Callable[..., tuple[int, str, str]]
CHANGE = "parties.RUS.reservation=0.4"

pytestmark = pytest.mark.usefixtures("small")


def test_it_says_what_the_commands_say(detente: Detente) -> None:
    scenario = sim.load("small.yaml", [CHANGE])
    options = ("--worlds", "30", "--seed", "5", "--no-report", "--json")
    run = json.loads(detente("run", "small.yaml", "--set", CHANGE, *options)[1])
    assert sim.run(scenario, worlds=30, seed=5).as_json() == {**run, "out": None}
    traced = json.loads(detente("trace", "small.yaml", "--set", CHANGE, "--world", "4", "--seed", "5", "--json")[1])
    assert json.loads(json.dumps(sim.trace(scenario, world=4, seed=5).as_json())) == traced
    analysed = json.loads(detente("analyze", "small.yaml", "--set", CHANGE, "--json")[1])
    assert json.loads(json.dumps(sim.analyze(scenario).as_json())) == analysed


def test_it_writes_nothing_unless_told_where() -> None:
    scenario = sim.load("small.yaml")
    sim.run(scenario, worlds=5)
    sim.trace(scenario)
    sim.analyze(scenario)
    assert [path.name for path in Path().iterdir()] == ["small.yaml"]
    sim.run(scenario, worlds=5, out="here")
    assert Path("here/worlds.parquet").exists()


def test_a_run_writes_the_same_bytes_as_the_command(detente: Detente) -> None:
    sim.run(sim.load("small.yaml", [CHANGE]), worlds=30, seed=5, out="python")
    detente("run", "small.yaml", "--set", CHANGE, "--worlds", "30", "--seed", "5", "--out", "command")
    written = {path.relative_to("python") for path in Path("python").rglob("*") if path.is_file()}
    assert Path("report.html") in written
    assert written == {path.relative_to("command") for path in Path("command").rglob("*") if path.is_file()}
    for path in written:
        assert Path("python", path).read_bytes() == Path("command", path).read_bytes(), path


def test_in_a_shell_it_answers_in_a_line() -> None:
    scenario = sim.load("small.yaml")
    shown = [repr(x) for x in (scenario, sim.run(scenario, worlds=5), sim.analyze(scenario), sim.trace(scenario, 3))]
    assert shown[:3] == [
        "<Scenario 'Two sides', issues: 1, parties: 3>",
        "<Results of 'Two sides': 5 worlds, seed 0>",
        "<Analysis of 'Two sides'>",
    ]
    assert shown[3].startswith("<Minutes of 'Two sides': world 3, seed 0, ")
