"""How the sides answer the call to meet again."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.trace.minutes import Note

HALF_SETTLED = """
format: 1
title: One issue settled, one to go
end: {days: 40}
issues:
  land: {options: [east, middle, west]}
  water: {options: [low, half, high], status_quo: half}
parties:
  north: {positions: {land: west, water: high}, reservation: LEAST, concession: {exponent: 1.5}, offering: OFFERING}
  south: {positions: {land: middle, water: low}, reservation: 0.4}
meetings: [{id: on_land, agenda: [land], rounds: 2}]
follow_up: {after: {days: 5}, at_most: 1, rounds: 2}
"""


def first_call(offering: str, least: float = 0.15) -> dict[str, str]:
    text = HALF_SETTLED.replace("OFFERING", offering).replace("LEAST", str(least))
    minutes = sim.trace(loads(text, "half_settled.yaml"))
    assert minutes.settled[0] == "land"
    calls = [entry for entry in minutes.entries if isinstance(entry, Note) and entry.kind == "call"]
    return calls[0].answers


@pytest.mark.parametrize("offering", ["ladder", "exhaustive"])
def test_what_was_settled_since_its_last_offer_is_nothing_that_a_side_can_give(offering: str) -> None:
    # North's last offer was the west bank and half the water. The middle is agreed now; it can still give water.
    assert first_call(offering) == {"north": "yes", "south": "yes"}


@pytest.mark.parametrize("offering", ["ladder", "exhaustive"])
def test_a_side_whose_next_concession_would_not_be_acceptable_to_it_defers(offering: str) -> None:
    assert first_call(offering, 0.27) == {"north": "defer", "south": "yes"}


THERE_AND_BACK = """
format: 1
title: An offer that moves and comes back
end: {days: 40}
issues:
  land: {options: [west, middle, east], status_quo: middle}
  water: {options: [low, high], status_quo: low}
parties:
  north: {positions: {land: west, water: high}, reservation: 0.6, concession: linear, offering: exhaustive}
  south: {positions: {land: east, water: low}, reservation: 0.9, concession: {exponent: 0}}
meetings:
  - {id: on_water, agenda: [water], rounds: 1}
  - {id: on_both, date: {days: 1}, rounds: 2}
follow_up: {after: {days: 5}, at_most: 1, rounds: 2}
"""


def test_an_offer_that_moved_in_the_meeting_has_moved_even_if_it_came_back() -> None:
    minutes = sim.trace(loads(THERE_AND_BACK, "there_and_back.yaml"))
    offers = [
        (move.package["land"], move.package["water"])
        for meeting in minutes.meetings[:2]
        for one in meeting.rounds
        for move in one.moves
        if move.side == "north" and move.package is not None
    ]
    assert offers == [("middle", "high"), ("west", "high"), ("middle", "high")]
    call = next(entry for entry in minutes.entries if isinstance(entry, Note) and entry.kind == "call")
    assert call.answers == {"north": "yes", "south": "yes"}
    assert "offers moved" in call.text
