"""The caucus: a side's members settle their common position before a meeting, by silence procedure with a deadline."""

from __future__ import annotations

import pytest

import sim
from sim.report.minutes.traced import Traced
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.trace.notes import Caucused

# Rungs of a tenth each. In the last of four rounds t = 4/5: a1 and a2 demand 1 - 0.8 * 0.8 = 0.36 and are for prices up
# to 6 (rung 7), a3 objects to more than 3 (rung 4), below its 0.7.
ALLIES = """
format: 1
title: Allies
start: 2024-01-01
issues: {price: {scale: {from: 0, to: 10, step: 1}}}
sides: {a: {title: Allies, decides: consensusCAUCUS}}
parties:
  a1: {side: a, positions: {price: 0}, reservation: 0.2, concession: linear}
  a2: {side: a, positions: {price: 0}, reservation: 0.2, concession: linear}
  a3: {side: a, positions: {price: 0}, reservation: 0.7, concession: linear}
  b: {positions: {price: 10}, reservation: B, concession: linear}
meetings: [{id: talks, rounds: 4}]
"""


def allies(drafts: int | None, b: float = 0.3, rule: str = "consensus") -> Scenario:
    caucus = "" if drafts is None else f", caucus: {{drafts: {drafts}}}"
    text = ALLIES.replace("CAUCUS", caucus).replace("consensus", rule).replace("B,", f"{b},")
    return loads(text, "allies.yaml")


def held(minutes: Traced) -> list[Caucused]:
    return [entry for entry in minutes.entries if isinstance(entry, Caucused)]


def offers(minutes: Traced) -> list[str]:
    moves = [move for one in minutes.meetings[0].rounds for move in one.moves if move.side == "a"]
    return [move.package["price"] for move in moves if move.package is not None]


def test_who_cannot_live_with_a_draft_breaks_silence_until_it_is_taken_back_far_enough() -> None:
    minutes = sim.trace(allies(drafts=4))
    (note,) = held(minutes)
    assert minutes.title(note) == "Before talks: Allies settles its common position"
    assert note.broke_silence == {"a3": "1, 2, 3"}
    assert minutes.text(note).startswith("draft 1 (rung 7 of its ladder): a3 breaks silence; draft 2 (rung 6")
    assert minutes.text(note).endswith("draft 4 (rung 4 of its ladder): silence is kept")


def test_a_caucus_with_time_enough_changes_nothing() -> None:
    assert offers(sim.trace(allies(drafts=4))) == offers(sim.trace(allies(drafts=None)))


def test_after_the_deadline_the_delegation_repeats_itself_and_accepts_nothing() -> None:
    minutes = sim.trace(allies(drafts=3, b=0.0))
    (note,) = held(minutes)
    assert minutes.title(note) == "Before talks: Allies settles no common position"
    assert note.broke_silence == {"a3": "1, 2, 3"}
    assert offers(minutes) == ["0", "0", "0", "0"]
    assert minutes.outcome == "impasse"
    assert sim.trace(allies(drafts=4, b=0.0)).outcome == "agreement"


def test_the_other_side_can_still_take_what_the_delegation_repeats() -> None:
    text = ALLIES.replace("CAUCUS", ", caucus: {drafts: 1}").replace("B,", "0,").replace("10}, res", "0}, res")
    assert sim.trace(loads(text, "easy.yaml")).package == {"price": "0"}


def test_under_unanimity_who_is_not_for_a_draft_breaks_silence() -> None:
    # a3 demands 1 - 0.3 * 0.8 = 0.76 in the last round: it is for prices up to 2, rung 3.
    (note,) = held(sim.trace(allies(drafts=5, rule="unanimity")))
    assert note.broke_silence == {"a3": "1, 2, 3, 4"}


def test_by_majority_only_a_veto_breaks_silence() -> None:
    (note,) = held(sim.trace(allies(drafts=2, rule="{majority: 0.6}")))
    assert note.broke_silence == {}
    (note,) = held(sim.trace(allies(drafts=4, rule="{majority: 0.6}, veto: [a3]")))
    assert note.broke_silence == {"a3": "1, 2, 3"}


def test_who_breaks_silence_is_counted_over_worlds() -> None:
    text = ALLIES.replace("CAUCUS", ", caucus: {drafts: {choice: [1, 9]}}").replace("B,", "0.3,")
    text = text.replace("reservation: 0.7", "reservation: {choice: [0.7, 0.2]}")
    run = sim.run(loads(text, "unsure.yaml"), worlds=200)
    told = run.as_json()["broke_silence"]
    assert told["a1"]["count"] == told["a2"]["count"] == 0
    assert told["a3"]["share"] == pytest.approx(0.5, abs=0.12)
    column = run.worlds["broke_silence.a3"]
    assert (column > 0).sum() == told["a3"]["count"]
    assert set(column.to_list()) == {0, 1, 3}


def test_a_caucus_precedes_every_meeting_and_binds_that_one_alone() -> None:
    text = ALLIES.replace("CAUCUS", ", caucus: {drafts: 1}").replace("B,", "0.3,")
    follow = "follow_up: {after: {days: 3}, at_most: 2, rounds: 2}\n"
    minutes = sim.trace(loads(text.replace("reservation: 0.7", "reservation: 0.5") + follow, "more.yaml"))
    assert len(held(minutes)) == len(minutes.meetings)


def test_an_event_can_give_a_caucus_more_time() -> None:
    text = ALLIES.replace("CAUCUS", ", caucus: {drafts: 1}").replace("B,", "0.3,")
    event = "events: [{date: 2024-01-01, effects: {a.caucus.drafts: 3}}]\n"
    minutes = sim.trace(loads(text + event, "time.yaml"))
    (note,) = held(minutes)
    assert note.broke_silence == {"a3": "1, 2, 3"}
    assert minutes.text(note).endswith("silence is kept")
