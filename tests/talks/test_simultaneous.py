"""Simultaneous exchange: all put their offers at once; an offer that all accept is the agreement."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Scenario

PRICE = """
format: 1
title: A price
issues: {price: {scale: {from: 0, to: 10, step: 1}}}
parties:
  buyer: {positions: {price: 0}, reservation: 0.3, concession: linear}
  seller: {positions: {price: 10}, reservation: 0.3, concession: linear}
meetings: [{id: day, protocol: simultaneous, rounds: 9}]
"""

# Both jump to the other's best in the last round (t = 0.9): 10 - 5 t^2 and 10 - 7 t^5 fall to 6 between 0.8 and 0.9.
# Nobody puts z, but it is what they could come down to: nobody demands less than the least that is to be had.
CROSSING = """
format: 1
title: Two options
worlds: 400
issues: {which: {options: [x, y, z]}}
parties:
  one: {scores: {which: {x: 10, y: 6, z: 0}}, reservation: 5, concession: {exponent: 2}}
  two: {scores: {which: {x: 6, y: 10, z: 0}}, reservation: 3, concession: {exponent: 5}}
meetings: [{id: day, protocol: simultaneous, ties: TIES, rounds: 9}]
"""


def crossing(ties: str) -> Scenario:
    return loads(CROSSING.replace("TIES", ties), "crossing.yaml")


def test_both_sides_move_at_once_until_one_offer_is_accepted() -> None:
    minutes = sim.trace(loads(PRICE, "price.yaml"))
    rounds = minutes.meetings[0].rounds
    offers = [[int(move.package["price"]) for move in one.moves if move.act == "offer"] for one in rounds]
    # The last price worth the aspiration 1 - 0.7 t or more to the buyer is the whole part of 7 t, with t = k / 10.
    assert offers == [[0, 10], [1, 9], [2, 8], [2, 8], [3, 7], [4, 6], [4, 6], [5, 5]]
    assert minutes.package == {"price": "5"}
    last = [(move.side, move.act) for move in rounds[-1].moves]
    assert last == [("buyer", "offer"), ("seller", "offer"), ("buyer", "accept"), ("seller", "accept")]
    assert {move.act for one in rounds[:-1] for move in one.moves if move.act != "offer"} == {"reject", "defer"}


def test_every_answer_tells_its_reason() -> None:
    minutes = sim.trace(loads(PRICE, "price.yaml"))
    for one in minutes.meetings[0].rounds:
        assert all(minutes.reason(move) for move in one.moves)


def test_of_two_accepted_offers_the_one_with_the_larger_product_of_gains_stands() -> None:
    # Gains on each party's range of 10: x gives 0.5 and 0.3, y gives 0.1 and 0.7; the products are 0.15 and 0.07.
    minutes = sim.trace(crossing("nash"))
    assert minutes.package == {"which": "x"}
    assert len(minutes.meetings[0].rounds) == 9


def test_it_is_the_product_that_counts_and_not_how_evenly_or_how_much_in_all() -> None:
    # With z worth 3 to two its range is 7: x gives 5/10 and 4/7, y gives 1/10 and 8/7; the products are 0.29 and 0.11,
    # the sums 1.07 and 1.24.
    text = CROSSING.replace("y: 10, z: 0}", "y: 10, z: 3}")
    minutes = sim.trace(loads(text.replace("TIES", "nash").replace("reservation: 3", "reservation: 2"), "range.yaml"))
    assert minutes.package == {"which": "x"}
    assert len(minutes.meetings[0].rounds) == 9


def test_of_two_accepted_offers_that_of_the_first_side_can_stand() -> None:
    assert sim.trace(crossing("first")).package == {"which": "y"}


def test_of_two_accepted_offers_chance_can_choose() -> None:
    shares = sim.run(crossing("chance")).as_json()["settlements"]["which"]
    assert shares["x"] == pytest.approx(0.5, abs=0.1)


def test_chance_chooses_alike_whatever_worlds_are_played_together() -> None:
    whole = sim.run(crossing("chance"), worlds=40).worlds
    for batch in (1, 7):
        assert sim.run(crossing("chance"), worlds=40, batch=batch).worlds.equals(whole)
    assert sim.trace(crossing("chance"), 11).package == {"which": whole["package.which"][11]}


def test_an_offer_lapses_at_the_end_of_its_round() -> None:
    # One offers x throughout, two y until it comes down to x in the last round: what it takes is the offer of then.
    text = CROSSING.replace("TIES", "first").replace("reservation: 5", "reservation: 9")
    rounds = sim.trace(loads(text, "lapse.yaml")).meetings[0].rounds
    assert [[move.package for move in one.moves if move.act == "accept"] for one in rounds[:-1]] == [[]] * 8
    assert [(move.side, move.act, move.package) for move in rounds[-1].moves[2:]] == [
        ("one", "accept", {"which": "x"}),
        ("two", "accept", {"which": "x"}),
    ]


def test_with_some_of_the_sides_enough_their_acceptance_is_enough() -> None:
    text = PRICE.replace("  seller:", "  other: {positions: {price: 10}, reservation: 1}\n  seller:")
    scenario = loads(text + "agreement: {at_least: 2, veto: [buyer]}\n", "three.yaml")
    assert sim.trace(scenario).package == {"price": "5"}
    assert sim.trace(loads(text, "three.yaml")).outcome == "impasse"
