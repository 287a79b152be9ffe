"""Talks that are over stay as they ended: what comes later changes nothing."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads

DEAL = """
format: 1
title: A deal and what came after it
start: 2024-01-01
end: {days: 40}
issues:
  price: {scale: {from: 0, to: 10, step: 1}}
  delay: {options: [none, some, long]}
parties:
  buyer: {positions: {price: 0, delay: none}, reservation: 0.2, concession: linear}
  seller: {positions: {price: 10, delay: long}, reservation: 0.2, concession: linear}
meetings: [{id: talks, date: {days: 5}, rounds: 8}]
events:
  - {date: {days: DAY}, title: Elections, effects: {buyer.salience.price: 3, seller.reservation: 0.1}}
  - {date: {days: DAY}, title: War, ends: talks}
"""


def test_an_event_after_the_deal_changes_nothing_and_is_not_told() -> None:
    later = loads(DEAL.replace("DAY", "20"), "later.yaml")
    never = loads(DEAL[: DEAL.index("events:")], "never.yaml")
    told, untouched = sim.trace(later).as_json(), sim.trace(never).as_json()
    assert told["outcome"] == "agreement"
    assert told == untouched
    here, there = sim.run(later, worlds=3).worlds, sim.run(never, worlds=3).worlds
    assert here["broke_on"].null_count() == 3
    assert here.drop("broke_on").equals(there)


def test_an_event_before_the_meeting_counts() -> None:
    told = sim.trace(loads(DEAL.replace("DAY", "5"), "before.yaml")).as_json()
    assert (told["outcome"], told["day"], told["meetings"]) == ("breakdown", None, [])
    assert told["reservations"] == pytest.approx({"buyer": 0.2, "seller": 0.3})
