"""Talks between some of the parties of two sides bind only through the decision of each whole side."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.model import Scenario

# Washington and Moscow would meet in the middle, at 5 in the last of nine rounds; Warsaw takes no more than LIMIT.
GENEVA = """
format: 1
title: Talks aside
issues: {moves: {scale: {from: 0, to: 10, step: 1}}}
sides: {allies: {title: Allies, decides: RULE}}
parties:
  USA: {side: allies, weight: 3, positions: {moves: 0}, reservation: 0.3, concession: linear}
  POL: {side: allies, positions: {moves: 0}, reservation: LIMIT, concession: linear}
  RUS: {positions: {moves: 10}, reservation: 0.3, concession: linear}
meetings: [{id: geneva, parties: [USA, RUS], protocol: PROTOCOL, rounds: 9}MORE]
"""

PROTOCOLS = pytest.mark.parametrize("protocol", ["alternating", "simultaneous", "single_text"])


def geneva(protocol: str, limit: float, rule: str = "consensus", more: str = "") -> Scenario:
    text = GENEVA.replace("PROTOCOL", protocol).replace("LIMIT", str(limit)).replace("RULE", rule)
    return loads(text.replace("MORE", more), "geneva.yaml")


@PROTOCOLS
def test_what_two_agree_stands_if_their_sides_pass_it(protocol: str) -> None:
    minutes = sim.trace(geneva(protocol, limit=0.3))
    assert minutes.meetings[0].present == ["USA", "RUS"]
    assert minutes.package == {"moves": "5"}
    assert any(
        note.startswith("Put to the whole of Allies, which passes it") for note in minutes.notes(minutes.meetings[0])
    )


@PROTOCOLS
def test_what_two_agree_falls_if_an_ally_who_was_not_there_objects(protocol: str) -> None:
    minutes = sim.trace(geneva(protocol, limit=0.6))
    assert minutes.outcome == "impasse"
    notes = minutes.notes(minutes.meetings[0])
    assert any(note.startswith("Put to the whole of Allies, which does not pass it: POL objects") for note in notes)
    assert notes[-1] == "Agreed ad referendum, but it does not stand."


@PROTOCOLS
def test_a_side_that_decides_by_weight_can_overrule_who_was_not_there(protocol: str) -> None:
    assert sim.trace(geneva(protocol, limit=0.6, rule="{majority: 0.7}")).package == {"moves": "5"}
    assert sim.trace(geneva(protocol, limit=0.6, rule="{majority: 0.7}, veto: [POL]")).outcome == "impasse"


@PROTOCOLS
def test_the_whole_sides_go_on_after_side_talks_that_failed(protocol: str) -> None:
    more = ", {id: council, date: {days: 2}, protocol: " + protocol + ", rounds: 9}"
    minutes = sim.trace(geneva(protocol, limit=0.55, more=more))
    assert minutes.meetings[1].present == ["USA", "POL", "RUS"]
    assert minutes.package == {"moves": "4"}


def test_in_the_founding_case_washington_and_moscow_meet_before_the_council() -> None:
    meetings = sim.trace(sim.load("nato_russia_2022")).meetings
    assert meetings[0].id == "geneva"
    assert meetings[0].present == ["RUS", "USA"]
    assert len(meetings[1].present) == 31
