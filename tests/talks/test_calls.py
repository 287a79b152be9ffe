"""How the sides answer the call to meet again."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.talks.minutes import Note

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
