"""What outcomes are said to mean is what makes the engine tell them apart: patience, or a meeting still to come."""

from __future__ import annotations

import pytest

import sim
from sim.report.words.names import outcome_meaning
from sim.scenario.loading import loads

APART = """
format: 1
title: Apart
start: 2024-01-01
end: {days: 60}
clock: days
issues: {price: {scale: {from: 0, to: 10, step: 1}}}
parties:
  buyer: {positions: {price: 0}, reservation: 0.8}
  seller: {positions: {price: 10}, reservation: 0.8}
meetings: [{id: talks, rounds: 2}]
"""
FOLLOW_UP = "follow_up: {after: {days: 10}, rounds: 1}\n"


@pytest.mark.parametrize(
    ("more", "outcome", "meaning", "ending"),
    [
        ("", "impasse", "in the meetings that were foreseen", "No further meeting was foreseen."),
        (
            FOLLOW_UP + "deadline: {days: 30}\n",
            "impasse",
            "not all sides had patience left",
            "not all sides had patience",
        ),
        (
            FOLLOW_UP + "deadline: {days: 90}\n",
            "talks_continue",
            "all sides had patience left",
            "the next meeting fixed",
        ),
    ],
)
def test_outcomes_without_a_deal_are_told_by_patience(more: str, outcome: str, meaning: str, ending: str) -> None:
    scenario = loads(APART + more, "apart.yaml")
    minutes = sim.trace(scenario)
    assert minutes.outcome == outcome
    assert meaning in outcome_meaning(scenario, outcome)
    assert ending in minutes.ending


def test_a_meeting_beyond_the_end_is_said_to_be_still_to_come() -> None:
    moving = "rounds: 2}, {id: late, date: {days: {choice: [50, 90]}}}]"
    scenario = loads(APART.replace("rounds: 2}]", moving), "late.yaml")
    found = {minutes.outcome: minutes.ending for minutes in (sim.trace(scenario, world) for world in range(8))}
    assert set(found) == {"impasse", "talks_continue"}
    assert "before a meeting that had been scheduled" in found["talks_continue"]
    assert outcome_meaning(scenario, "talks_continue").endswith("a meeting was still to come")
