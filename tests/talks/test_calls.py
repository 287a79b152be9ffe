"""How the sides answer the call to meet again, and when they meet."""

from __future__ import annotations

import pytest

import sim
from sim.report.minutes.traced import Traced
from sim.scenario.loading import loads
from sim.trace.notes import Called

APART = """
format: 1
title: Nothing that both could sign
start: 2024-01-01
end: {days: 60}
clock: CLOCK
issues:
  land: {options: [west, middle, east], status_quo: middle}
parties:
  north: {positions: {land: west}, reservation: 0.9}
  south: {positions: {land: east}, reservation: 0.9}
meetings: [{id: opening, rounds: 2}]
follow_up: {after: {days: 14}, rounds: 1}
MORE
"""


def played(more: str = "", clock: str = "days", changes: tuple[str, ...] = ()) -> Traced:
    text = APART.replace("CLOCK", clock).replace("MORE", more)
    return sim.trace(loads(text, "apart.yaml", changes=list(changes)))


def met(minutes: Traced) -> list[int]:
    return [(one.date - minutes.scenario.start).days for one in minutes.meetings]


def calls(minutes: Traced) -> list[tuple[int, dict[str, str]]]:
    found = [entry for entry in minutes.entries if isinstance(entry, Called)]
    return [((one.date - minutes.scenario.start).days, one.answers) for one in found]


BOTH = {"north": "yes", "south": "yes"}


def test_sides_meet_again_until_their_patience_is_used_up_and_last_on_that_day() -> None:
    minutes = played()
    assert met(minutes) == [0, 14, 28, 42, 56, 60]
    assert calls(minutes)[-1] == (60, {"north": "defer", "south": "defer"})
    assert minutes.outcome == "impasse"


@pytest.mark.parametrize("after", [7, 11, 15, 40, 1000])
def test_the_last_meeting_does_not_hang_on_the_rhythm(after: int) -> None:
    minutes = played(changes=(f"follow_up.after={{days: {after}}}",))
    assert met(minutes)[-1] == 60
    assert minutes.meetings[-1].rounds[0].time == 1.0


def test_a_deadline_after_the_end_leaves_talks_that_continue() -> None:
    minutes = played("deadline: {days: 90}")
    assert met(minutes) == [0, 14, 28, 42, 56]
    assert minutes.outcome == "talks_continue"
    assert minutes.ending.endswith("with the next meeting fixed for 11 March 2024.")


def test_a_deadline_before_the_end_ends_the_meetings() -> None:
    minutes = played("deadline: {days: 30}")
    assert met(minutes) == [0, 14, 28, 30]
    assert minutes.outcome == "impasse"


def test_each_side_has_its_own_clock() -> None:
    minutes = played(changes=("parties.north.deadline={days: 30}",))
    assert met(minutes) == [0, 14, 28, 30]
    last = minutes.meetings[-1].rounds[0]
    assert last.clocks == {"north": 1.0, "south": 0.5}
    # The impatient side is down at its limit, the patient one demands the most still to be had half way through.
    assert calls(minutes)[-1] == (30, {"north": "defer", "south": "yes"})


def test_who_has_nothing_to_come_down_from_defers() -> None:
    # With a reservation value of 1 north demands its best throughout.
    minutes = played(changes=("parties.north.reservation=1",))
    assert met(minutes) == [0]
    # The call is put again on every day on which they would have met, and never accepted.
    assert [day for day, _ in calls(minutes)] == [0, 14, 28, 42, 56, 60]
    assert {answers["north"] for _, answers in calls(minutes)} == {"defer"}


def test_a_call_that_was_put_off_is_accepted_when_something_has_changed() -> None:
    weaker = "events: [{date: {days: 20}, effects: {north.reservation: -0.5}}]"
    minutes = played(weaker, changes=("parties.north.reservation=1",))
    assert calls(minutes)[:3] == [
        (0, {"north": "defer", "south": "yes"}),
        (14, {"north": "defer", "south": "yes"}),
        (28, BOTH),
    ]
    assert met(minutes)[:2] == [0, 42]


def test_with_rounds_as_clock_patience_is_used_up_by_the_first_follow_up() -> None:
    minutes = played(clock="rounds")
    assert met(minutes) == [0, 14]
    assert calls(minutes) == [(0, BOTH), (14, {"north": "defer", "south": "defer"})]


def test_no_more_follow_ups_are_held_than_are_stated() -> None:
    minutes = played(changes=("follow_up.at_most=2",))
    assert met(minutes) == [0, 14, 28]


def days_with(effects: str, *changes: str) -> list[int]:
    return met(played(f"events: [{{date: {{days: 20}}, effects: {effects}}}]", changes=changes))


def test_events_move_deadlines_and_rhythm() -> None:
    assert days_with("{end: 30}") == [0, 14, 28, 42, 56, 70, 84, 90]
    assert days_with("{follow_up.after: -4}") == [0, 14, 24, 34, 44, 54, 60]
    own = "parties.north.deadline={days: 50}"
    assert days_with("{north.deadline: 5}", own) == [0, 14, 28, 42, 55]
    # A closing session comes in between where patience ends sooner than the meeting that was fixed.
    assert days_with("{north.deadline: -25}", own) == [0, 14, 25]


def test_a_deadline_set_to_the_past_means_now() -> None:
    own = "parties.north.deadline={days: 50}"
    assert days_with("{north.deadline: {set: 3}}", own) == [0, 14, 20]
