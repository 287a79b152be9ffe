"""Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982), 97-109: how the pie is split."""

from __future__ import annotations

import json

import pytest

from sim.scenario.loading import loads
from sim.trace.minutes import Minutes
from sim.trace.recorder import trace


def split(slices: int, first: float, second: float, unit: str = "offer") -> Minutes:
    options = [str(n) for n in range(slices + 1)]
    parties = {
        name: {
            "scores": {"pie": {o: abs(side - int(o) / slices) for o in options}},
            "reservation": 0,
            "concession": "rubinstein",
            "discount": {unit: patience},
        }
        for name, side, patience in (("first", 0, first), ("second", 1, second))
    }
    text = {"format": 1, "title": "A pie", "issues": {"pie": {"options": options}}, "parties": parties}
    return trace(loads(json.dumps(text)))


@pytest.mark.parametrize("slices", [10, 100, 127])
@pytest.mark.parametrize("d", [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99])
def test_the_first_gets_one_by_one_plus_d_at_once(d: float, slices: int) -> None:
    minutes = split(slices, d, d)
    assert minutes.outcome == "agreement"
    assert len(minutes.meetings[0].rounds) == 1
    assert abs(minutes.utilities["first"] - 1 / (1 + d)) <= 1 / slices
    assert abs(minutes.utilities["second"] - d / (1 + d)) <= 1 / slices


@pytest.mark.parametrize(("first", "second"), [(0.9, 0.5), (0.5, 0.9), (0.99, 0.2), (0.6, 0.7)])
def test_the_more_patient_gets_more(first: float, second: float) -> None:
    minutes = split(100, first, second)
    assert abs(minutes.utilities["first"] - (1 - second) / (1 - first * second)) <= 0.01


@pytest.mark.parametrize("d", [0.2, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(("one", "other"), [(0.2, 0.2), (0.1, 0.4), (0.5, 0.0)])
def test_what_each_has_without_a_deal_is_no_part_of_the_pie(d: float, one: float, other: float) -> None:
    plain = json.loads(split(100, d, d).scenario.text)
    plain["parties"]["first"]["reservation"], plain["parties"]["second"]["reservation"] = one, other
    minutes = trace(loads(json.dumps(plain)))
    pie = 1 - one - other
    assert len(minutes.meetings[0].rounds) == 1
    assert abs(minutes.utilities["first"] - (one + pie / (1 + d))) <= 0.01 + 1e-9
    assert abs(minutes.utilities["second"] - (other + pie * d / (1 + d))) <= 0.01 + 1e-9


@pytest.mark.parametrize("low", [5, -3])
def test_the_unit_of_worth_does_not_matter(low: float) -> None:
    plain = json.loads(split(100, 0.8, 0.8).scenario.text)
    second = plain["parties"]["second"]
    second["scores"]["pie"] = {option: low + 7 * worth for option, worth in second["scores"]["pie"].items()}
    second["reservation"] = low
    assert trace(loads(json.dumps(plain))).package == split(100, 0.8, 0.8).package


def test_where_the_first_can_counter_in_the_same_round_it_loses_nothing_by_waiting_and_gets_all() -> None:
    assert split(100, 0.9, 0.9, "round").utilities == {"first": 1.0, "second": 0.0}
