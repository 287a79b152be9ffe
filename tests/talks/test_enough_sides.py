"""Agreements of so many sides: vetoes that may abstain, offers that stand meanwhile, gaps of those who only accept."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.trace.minutes import Minutes

THREE = """
format: 1
title: Two of three
issues:
  price: {scale: {from: 0, to: 10, step: 1}, status_quo: 0}
parties:
  a: {positions: {price: 2}, reservation: 0.1, concession: linear}
  b: {positions: {price: 3}, reservation: 0.1, concession: linear}
  c: {positions: {price: 10}, reservation: LEAST, concession: boulware}
meetings: [{id: talks, protocol: PROTOCOL, rounds: 6}]
agreement: {at_least: 2, veto: [c]}
"""


def played(least: float, protocol: str = "alternating") -> Minutes:
    return sim.trace(loads(THREE.replace("LEAST", str(least)).replace("PROTOCOL", protocol), "three.yaml"))


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_a_side_with_a_veto_may_abstain_from_what_is_acceptable_to_it(protocol: str) -> None:
    minutes = played(0.1, protocol)
    assert minutes.outcome == "agreement"
    assert minutes.package is not None
    # It would have held out for more: at that time the third demands more than the deal is worth to it.
    moves = [move for one in minutes.meetings[0].rounds for move in one.moves]
    accepted = {move.side for move in moves if move.act == "accept" and move.package == minutes.package}
    offered = {move.side for move in moves if move.package == minutes.package and move.act in ("offer", "counter")}
    assert "c" not in accepted | offered


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])
def test_a_side_with_a_veto_stops_what_is_not_acceptable_to_it(protocol: str) -> None:
    minutes = played(0.5, protocol)
    # Anything below 5 is worth less than 0.5 to it.
    assert minutes.package is None or int(minutes.package["price"]) >= 5


def test_a_veto_that_has_fallen_leaves_no_offer_standing() -> None:
    text = THREE.replace("LEAST", "0.5").replace("PROTOCOL", "alternating").replace("at_least: 2", "at_least: 1")
    text = text.replace("price: 3", "price: 5")
    first = sim.trace(loads(text, "three.yaml")).meetings[0].rounds[0].moves
    # `b` lets the offer of `a` stand, as one who has accepted is enough; `c` finds it unacceptable and counters.
    assert [(move.side, move.act) for move in first] == [("a", "offer"), ("b", "defer"), ("c", "counter")]


SILENT = """
format: 1
title: One that only accepts
issues:
  price: {options: [low, high], status_quo: low}
parties:
  a: {positions: {price: low}, reservation: 0.6}
  c: {title: The third, reservation: 0}
  b: {positions: {price: high}, reservation: 0.6}
meetings: [{id: talks, protocol: alternating, rounds: 1}]
"""


def test_of_more_than_two_sides_the_gap_is_the_mean_over_the_pairs_that_stand_by_something() -> None:
    # The third rules everything out: it offers nothing and accepts nothing. The gap is that between the other two.
    text = SILENT.replace("reservation: 0}", "reservation: 0, red_lines: {price: [low, high]}}")
    run = sim.run(loads(text, "silent.yaml"), worlds=1)
    assert run.worlds["gap"][0] == 1.0


def test_who_only_accepts_stands_by_the_offer_that_it_has_accepted() -> None:
    minutes = sim.trace(loads(SILENT, "accepts.yaml"))
    first = minutes.meetings[0].rounds[0]
    assert [(move.side, move.act) for move in first.moves] == [("a", "offer"), ("c", "accept"), ("b", "counter")]
    # Of the pairs a-c lies 0 apart, a-b and c-b 1.
    assert first.gap == pytest.approx(2 / 3)
    assert first.distances["gap"]["total"] == first.gap
    run = sim.run(loads(SILENT, "accepts.yaml"), worlds=1)
    assert run.worlds["gap"][0] == pytest.approx(2 / 3)
    assert run.as_json()["gap"] == pytest.approx({"first": 2 / 3, "last": 2 / 3})
