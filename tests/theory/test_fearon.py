"""The bargaining range of Fearon, "Rationalist explanations for war", *International Organization* 49 (1995), 379-414.

Two states divide a good of worth 1. War gives it to A with probability p and costs a and b. Both prefer every division
x from p - a to p + b to war (p. 387). An indivisible good may leave no settlement in that range; side payments open it
again (p. 389).
"""

from __future__ import annotations

import pytest

import sim
from sim.analysis.answers import analyze
from sim.scenario.loading import loads
from sim.scenario.model import Scenario

STATES = """
format: 1
title: A territory
issues:
  territory: TERRITORY
PAYMENT
parties:
  A: {scores: {territory: WORTH_A PAID_A}, reservation: FIGHT_A, concession: linear}
  B: {scores: {territory: WORTH_B PAID_B}, reservation: FIGHT_B, concession: linear}
meetings: [{id: talks, protocol: PROTOCOL, rounds: 60}]
follow_up: {after: {days: 1}, protocol: PROTOCOL, rounds: 1}
"""
# In the follow-up patience is used up: then a state would take the least that it can get, before it demands more.


def states(p: float, a: float, b: float, parts: int, payments: bool = False, protocol: str = "alternating") -> Scenario:
    """A's share comes in so many parts; with `payments` either can pay the other up to 1."""
    shares = [k / parts for k in range(parts + 1)]
    ids = [f"x{k}" for k in range(parts + 1)]
    paid = [k / 10 - 1 for k in range(21)]
    text = STATES.replace("TERRITORY", f"{{options: [{', '.join(ids)}]}}").replace("PROTOCOL", protocol)
    text = text.replace(
        "PAYMENT", f"  payment: {{options: [{', '.join(f'm{k}' for k in range(21))}]}}" if payments else ""
    )
    for who, worth, pays in (("A", shares, paid), ("B", [1 - x for x in shares], [-m for m in paid])):
        text = text.replace(f"WORTH_{who}", "{" + ", ".join(f"{i}: {x}" for i, x in zip(ids, worth, strict=True)) + "}")
        options = ", ".join(f"m{k}: {x}" for k, x in enumerate(pays))
        text = text.replace(f" PAID_{who}", f", payment: {{{options}}}" if payments else "")
    text = text.replace("FIGHT_A", str(p - a)).replace("FIGHT_B", str(1 - p - b))
    return loads(text, "states.yaml")


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
@pytest.mark.parametrize(("p", "a", "b"), [(0.5, 0.1, 0.1), (0.7, 0.05, 0.2), (0.2, 0.15, 0.05)])
def test_a_divisible_good_is_divided_within_the_bargaining_range(p: float, a: float, b: float, protocol: str) -> None:
    package = sim.trace(states(p, a, b, parts=100, protocol=protocol)).package
    assert package is not None
    share = int(package["territory"].removeprefix("x")) / 100
    assert p - a - 1e-9 <= share <= p + b + 1e-9


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_an_indivisible_good_can_empty_the_range_so_that_nothing_is_agreed(protocol: str) -> None:
    scenario = states(0.5, 0.2, 0.2, parts=1, protocol=protocol)
    assert not analyze(scenario).as_json()["feasible"]
    assert sim.trace(scenario).outcome == "impasse"


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_an_indivisible_good_is_no_obstacle_where_it_ends_within_the_range(protocol: str) -> None:
    minutes = sim.trace(states(0.9, 0.2, 0.2, parts=1, protocol=protocol))
    assert minutes.package == {"territory": "x1"}


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_side_payments_open_the_range_again(protocol: str) -> None:
    minutes = sim.trace(states(0.5, 0.2, 0.2, parts=1, payments=True, protocol=protocol))
    assert minutes.outcome == "agreement"
    assert minutes.package is not None
    pays = int(minutes.package["payment"].removeprefix("m")) / 10 - 1
    worth = int(minutes.package["territory"].removeprefix("x")) + pays
    assert 0.3 - 1e-9 <= worth <= 0.7 + 1e-9
    assert minutes.utilities["A"] == pytest.approx(worth)
