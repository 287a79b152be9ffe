"""Trades: both gain, no needed party's red line is crossed, ratification holds, and who has no say has no part."""

from __future__ import annotations

import pytest
from analysis.kinds import small
from hypothesis import given
from strategies import Plain, load_plain

from sim.analysis.at_home import homes
from sim.analysis.game import central_game
from sim.analysis.trades import Trade, trades
from sim.scenario.loading import loads

TEXT = """\
format: 1
title: Two issues
issues:
  land: {options: [mine, half, yours], status_quo: half}
  sea: {options: [mine, half, yours], status_quo: half}
AGREEMENT
sides: {north: {decides: NORTH}}
parties:
  A: {side: north, positions: {land: mine, sea: mine}, salience: {land: 0.8, sea: 0.2}, LINES}
  C: {side: north, positions: {land: mine, sea: mine}, salience: {land: 0.8, sea: 0.2}, MORE}
  B: {positions: {land: yours, sea: yours}, salience: {land: 0.2, sea: 0.8}, OTHERS}
meetings: [{id: one, date: 2000-01-01}]
"""


def found(
    decides: str = "consensus",
    lines: str = "",
    more: str = "",
    others: str = "",
    agreement: str = "",
    text: str = TEXT,
) -> list[Trade]:
    text = text.replace("NORTH", decides).replace("LINES", lines).replace("MORE", more).replace("OTHERS", others)
    text = text.replace("AGREEMENT\n", f"agreement: {agreement}\n" if agreement else "").replace(", }", "}")
    scenario = loads(text, "t.yaml")
    played = central_game(scenario)
    return trades(played, homes(scenario, played))


def gains(trade: Trade) -> list[float]:
    return [trade.first_gains, trade.second_gains]


def test_each_has_its_way_on_the_issue_that_it_cares_more_about() -> None:
    (trade,) = found()
    assert (trade.first, trade.second, trade.first_gives, trade.second_gives) == (0, 1, 1, 0)
    assert gains(trade) == pytest.approx([0.3, 0.3])


def test_a_red_line_moves_the_trade_to_what_can_pass() -> None:
    (trade,) = found(lines="red_lines: {sea: [yours]}")
    assert gains(trade) == pytest.approx([0.35, 0.1])  # B's way on the sea is now "half": half the stakes there
    assert found(lines="red_lines: {sea: [yours, half]}") == []


def test_a_red_line_of_who_can_be_outvoted_or_is_not_needed_stops_nothing() -> None:
    whole = found()
    assert found("{leader: C}", lines="red_lines: {sea: [yours, half]}") == whole
    assert found("{quorum: 1}", lines="red_lines: {sea: [yours, half]}") == whole
    assert found("{leader: A}", lines="red_lines: {sea: [yours, half]}") == []


def test_a_member_without_a_say_has_no_part_in_what_its_side_gains() -> None:
    other = TEXT.replace(
        "C: {side: north, positions: {land: mine", "C: {weight: 9, side: north, positions: {land: yours"
    )
    assert other != TEXT
    assert found("{leader: A}", text=other) == found()
    assert found("{leader: C}", text=other) != found()


def test_those_who_ratify_are_respected() -> None:
    assert found(others="ratification: {threshold: 0.7}") == found()
    assert found(others="ratification: {threshold: 0.95}") == []
    assert found(others="ratification: {red_lines: {land: [mine, half]}}") == []


def test_a_side_whose_assent_never_counts_trades_with_nobody() -> None:
    assert found(agreement="{at_least: 1, veto: [north]}") == []
    assert found(agreement="{at_least: 2, veto: [north]}") == found()


@given(small)
def test_both_always_gain(plain: Plain) -> None:
    scenario = load_plain(plain)
    played = central_game(scenario)
    for trade in trades(played, homes(scenario, played)):
        assert min(trade.first_gains, trade.second_gains) > 0
