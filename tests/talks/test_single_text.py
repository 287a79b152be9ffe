"""A single negotiating text: what the chair drafts, how it amends, when the sides take it."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Scenario

# The buyer cares three times as much for the price as for the time, the seller the other way round.
TRADE = """
format: 1
title: Price and time
issues:
  price: {scale: {from: 0, to: 10, step: 1}}
  time: {scale: {from: 0, to: 10, step: 1}}
parties:
  buyer: {positions: {price: 0, time: 0}, salience: {price: 3, time: 1}, reservation: BUYER, concession: linear}
  seller: {positions: {price: 10, time: 10}, salience: {price: 1, time: 3}, reservation: SELLER, concession: linear}
meetings: [{id: day, protocol: single_text, chair: CHAIR, rounds: ROUNDS}]
"""


def trade(
    chair: str = "egalitarian", buyer: float = 0.56, seller: float = 0.56, rounds: int = 10, concession: str = "linear"
) -> Scenario:
    text = TRADE.replace("CHAIR", chair).replace("BUYER", str(buyer)).replace("SELLER", str(seller))
    text = text.replace("ROUNDS", str(rounds)).replace("concession: linear", f"concession: {concession}")
    return loads(text, "trade.yaml")


def texts(scenario: Scenario) -> list[tuple[int, int]]:
    rounds = sim.trace(scenario).meetings[0].rounds
    return [(int(one.text["price"]), int(one.text["time"])) for one in rounds if one.text is not None]


def test_the_draft_splits_every_issue_and_the_amendment_trades_them() -> None:
    # The draft is worth 0.5 to each. No single change helps one without hurting the other; the trade gives both 0.75.
    minutes = sim.trace(trade())
    assert texts(trade())[:3] == [(5, 5), (0, 10), (0, 10)]
    # Both demand 1 - 0.44 t, which is below 0.75 from t = 25/44 on: round 7 of 10, where t is 7/11.
    assert len(minutes.meetings[0].rounds) == 7
    assert minutes.package == {"price": "0", "time": "10"}
    assert [move.act for move in minutes.meetings[0].rounds[-1].moves] == ["accept", "accept"]
    assert [move.act for move in minutes.meetings[0].rounds[0].moves] == ["counter", "counter"]


def test_the_minutes_tell_what_the_chair_did_and_why() -> None:
    rounds: list[dict[str, Any]] = sim.trace(trade()).as_json()["meetings"][0]["rounds"]
    assert rounds[0]["text"] == {"price": "5", "time": "5"}
    assert "short: buyer by 0.060, seller by 0.060" in rounds[0]["chair"]
    assert "amends its text on price “5” → 0 and time “5” → 10" in rounds[1]["chair"]
    assert "no amendment helps" in rounds[2]["chair"]


def test_a_final_text_is_put_for_a_yes_or_no_in_the_last_round() -> None:
    put = trade("{criterion: nash, final: true}", rounds=2, concession="boulware")
    assert sim.trace(put).package == {"price": "0", "time": "10"}
    assert sim.trace(trade("{criterion: nash}", rounds=2, concession="boulware")).outcome == "impasse"


def test_a_final_text_that_leaves_somebody_short_is_refused() -> None:
    assert sim.trace(trade("{final: true}", buyer=0.9, seller=0.9)).outcome == "impasse"


def test_a_chair_who_seeks_the_closest_stops_as_soon_as_nobody_is_short() -> None:
    assert set(texts(trade("closest", buyer=0.4, seller=0.4))) == {(5, 5)}
    first, *rest = texts(trade("closest"))[1:]
    assert min(1 - (3 * first[0] + first[1]) / 40, (first[0] + 3 * first[1]) / 40) >= 0.56
    assert set(rest) == {first}


def test_criteria_differ_where_the_reservation_values_do() -> None:
    found = {name: texts(trade(name, buyer=0.2, seller=0.6))[-1] for name in ("egalitarian", "nash", "utilitarian")}
    gains = {name: (1 - (3 * p + t) / 40 - 0.2, (p + 3 * t) / 40 - 0.6) for name, (p, t) in found.items()}
    every = [(1 - (3 * p + t) / 40 - 0.2, (p + 3 * t) / 40 - 0.6) for p in range(11) for t in range(11)]
    within = [pair for pair in every if min(pair) >= -1e-9]
    assert min(gains["egalitarian"]) == pytest.approx(max(map(min, within)), abs=0.026)
    assert gains["nash"][0] * gains["nash"][1] == pytest.approx(max(a * b for a, b in within), rel=0.02)
    assert sum(gains["utilitarian"]) == pytest.approx(max(map(sum, within)))


def test_a_party_in_the_chair_sets_the_agenda() -> None:
    # It drafts its own best and gives way only as far as the other needs: 3 t / 40 reaches 0.56 at t = 8.
    found = texts(trade("{party: buyer}"))
    assert found[:3] == [(0, 0), (0, 8), (0, 8)]
    assert sim.trace(trade("{party: buyer, final: true}")).utilities == pytest.approx({"buyer": 0.8, "seller": 0.6})
    assert sim.trace(trade("{party: seller, final: true}")).utilities == pytest.approx({"buyer": 0.6, "seller": 0.8})


def test_the_text_stays_on_the_table_from_meeting_to_meeting() -> None:
    second = "2}, {id: later, date: {days: 5}, protocol: single_text, rounds: 2}]"
    text = TRADE.replace("CHAIR", "nash").replace("BUYER", "0.56").replace("SELLER", "0.56")
    scenario = loads(text.replace("ROUNDS}]", second), "two.yaml")
    later = sim.trace(scenario).meetings[1].rounds[0]
    assert later.text == {"price": "0", "time": "10"}


def test_follow_ups_can_work_on_a_text_too() -> None:
    text = TRADE.replace("CHAIR", "nash").replace("BUYER", "0.56").replace("SELLER", "0.56").replace("ROUNDS", "1")
    follow = "follow_up: {after: {days: 3}, at_most: 1, rounds: 1, protocol: single_text, chair: nash}\n"
    minutes = sim.trace(loads(text + follow, "follow.yaml"))
    assert minutes.meetings[1].protocol == "single_text"
    assert minutes.package == {"price": "0", "time": "10"}


def test_the_chair_leaves_out_what_a_red_line_would_stop() -> None:
    text = TRADE.replace("reservation: SELLER", "red_lines: {price: ['0', '1', '2', '5']}, reservation: 0.2")
    text = text.replace("CHAIR", "nash").replace("BUYER", "0.2").replace("ROUNDS", "10")
    rounds = sim.trace(loads(text, "red.yaml")).meetings[0].rounds
    assert {one.text["price"] for one in rounds if one.text is not None} <= {"3", "4", "6", "7", "8", "9", "10"}
