"""A scenario as a dict is what the same scenario is as a file, and its mistakes are told by their paths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from strategies import Plain, as_text, patient, scenarios

import sim
from sim.scenario.loading import load, loads
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError

SMALL: Plain = {
    "format": 1,
    "title": "Two sides",
    "issues": {"tax": {"options": ["low", "high"]}, "delay": {"scale": {"from": 0, "to": 2, "step": 1}}},
    "parties": {
        "A": {"positions": {"tax": "low"}, "scores": {"delay": {0: 1, 1: 0.5, 2: 0}}, "reservation": 0.3},
        "B": {"positions": {"tax": "high", "delay": 2}, "reservation": 0.1},
    },
}


def told(plain: Any, *changes: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        load(plain, changes)
    return str(caught.value).splitlines()


def bare(scenario: Scenario) -> Scenario:
    """Without what tells where it came from."""
    return replace(scenario, name="", file="", text="", code_folder="")


@given(scenarios())
@patient(40)
def test_a_dict_is_what_its_file_is(plain: Plain) -> None:
    assert bare(load(plain)) == bare(loads(as_text(plain)))
    assert bare(loads(load(plain).text)) == bare(load(plain))


def test_it_plays_and_takes_changes() -> None:
    scenario = sim.load(SMALL, ["parties.A.reservation=0.9"])
    assert scenario.parties[0].reservation.amount.parameters == (0.9,)
    assert sim.run(scenario, worlds=3).summary.worlds == 3
    assert loads(scenario.text, changes=["parties.A.reservation=0.9"]).parties == scenario.parties


def test_numbers_of_numpy_tuples_and_dates_are_taken() -> None:
    plain = {**SMALL, "start": date(2022, 1, 10), "worlds": np.int64(7)}
    plain["issues"] = {**SMALL["issues"], "tax": {"options": ("low", "high")}}
    plain["parties"] = {**SMALL["parties"], "B": {**SMALL["parties"]["B"], "reservation": np.float64(0.1)}}
    scenario = load(plain)
    assert (scenario.start, scenario.worlds) == (date(2022, 1, 10), 7)
    assert scenario.parties == load(SMALL).parties


def with_party(name: str, **entries: Any) -> Plain:
    return {**SMALL, "parties": {**SMALL["parties"], name: {**SMALL["parties"].get(name, {}), **entries}}}


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (with_party("A", weigth=1), "parties.A.weigth: unknown key 'weigth' in a party; did you mean 'weight'?"),
        (
            with_party("A", reservation=float("nan")),
            "parties.A.reservation: expected a number for reservation, found nan",
        ),
        (
            with_party("A", reservation=None),
            "parties.A.reservation: 'reservation' has no value; give one, or leave the key out",
        ),
        (
            with_party("A", weight={1, 2}),
            "parties.A.weight: expected a mapping, a list, text, a number, a date, true or false, found {1, 2}",
        ),
        (with_party("A", title="\ud800"), "parties.A.title: half of a pair of surrogates is no text"),
        ({**SMALL, "issues": {**SMALL["issues"], (1, 2): {}}}, "issues: expected a word as key, found (1, 2)"),
        ({**SMALL, "worlds": {1: 2, "1": 4}}, "worlds.1: the key '1' stands twice"),
        ({}, "<dict>: the key 'format' is missing in a scenario"),
    ],
)
def test_mistakes_are_told_by_their_paths(plain: Plain, expected: str) -> None:
    assert expected in told(plain)


def test_what_contains_itself_is_refused() -> None:
    plain: Plain = {**SMALL}
    plain["sides"] = plain
    assert told(plain)[0].endswith("nested more than 50 deep")
