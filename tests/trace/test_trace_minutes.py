"""What minutes tell besides offers and answers: amounts of events, walk-outs, ad referendum, early harvest, calls."""

from __future__ import annotations

import sim
from sim.report.minutes.traced import Traced
from sim.report.words.world.moves import answered
from sim.report.words.world.notes import unwilling
from sim.scenario.loading import loads
from sim.trace.notes import Called, Happened

HEAD = """\
format: 1
title: Small talks
start: 2022-01-10
end: 2022-02-23
"""


def told(text: str) -> Traced:
    return sim.trace(loads(HEAD + text, "small.yaml"))


def moves(minutes: Traced) -> list[tuple[str, str, str]]:
    rounds = [one for meeting in minutes.meetings for one in meeting.rounds]
    return [(move.side, move.act, minutes.reason(move)) for one in rounds for move in one.moves]


def test_an_event_tells_whose_number_it_changes_by_how_much_and_what_it_is_now() -> None:
    minutes = told(
        """
issues: {land: {options: [mine, ours, yours], status_quo: ours}}
parties:
  A: {title: Arcadia, positions: {land: mine}, reservation: 0.55}
  B: {title: Borduria, positions: {land: yours}, reservation: {status_quo: 0.1}, salience: {land: 2}}
meetings: [{id: late, date: 2022-02-01}]
events:
  - {date: 2022-01-17, title: Troops arrive, effects: {A.reservation: 0.03, B.reservation: -0.2}}
  - {date: 2022-01-18, title: A vote, effects: {B.weight: {times: 3}}}
"""
    )
    first, second = (entry for entry in minutes.entries if isinstance(entry, Happened))
    assert minutes.text(first) == "Arcadia's reservation value +0.030, now 0.580; Borduria's -0.200, now 0.400"
    assert [(change.path, round(change.after, 9)) for change in first.changes] == [
        ("parties.A.reservation", 0.58),
        ("parties.B.reservation", 0.4),
    ]
    assert minutes.text(second) == "Borduria's weight +2.000, now 3.000"


def test_a_walk_out_tells_who_lost_patience_after_how_many_meetings() -> None:
    minutes = told(
        """
issues: {land: {options: [mine, ours, yours], status_quo: ours}}
parties:
  A: {title: Arcadia, positions: {land: mine}, reservation: 0.9}
  B: {title: Borduria, positions: {land: yours}, reservation: 0.9, walk_out: {after: 2}}
meetings:
  - {id: one, date: 2022-01-10, rounds: 1}
  - {id: two, date: 2022-01-12, rounds: 1}
  - {id: three, date: 2022-01-14, rounds: 1}
"""
    )
    assert minutes.outcome == "breakdown"
    side, act, reason = moves(minutes)[-1]
    assert (side, act) == ("B", "walk_out")
    assert reason.startswith("Borduria has now sat through 2 meetings in a row without a better offer than before")
    assert minutes.ending == "Borduria walked out on 14 January 2022."


AD_REFERENDUM = """
issues: {land: {options: [mine, ours, yours], status_quo: ours}}
sides: {left: {title: The Left, decides: consensus}}
parties:
  A: {title: Arcadia, side: left, positions: {land: mine}, reservation: 0, concession: {exponent: 0}}
  C: {title: Cimmeria, side: left, positions: {land: mine}, reservation: 0.1, red_lines: {land: [yours]}}
  B: {title: Borduria, positions: {land: yours}, reservation: 0.9}
meetings:
  - {id: one, date: 2022-01-10, rounds: 4, parties: [A, B]}
"""


def test_what_a_whole_side_refuses_after_ad_referendum_is_told_with_who_objects() -> None:
    minutes = told(AD_REFERENDUM)
    meeting = minutes.meetings[0]
    assert [act for _, act, _ in moves(minutes)][-1] == "accept"
    assert minutes.notes(meeting)[0].startswith(
        "Put to the whole of The Left, which does not pass it: Cimmeria objects, as "
    )
    assert "a red line on land “yours”" in minutes.notes(meeting)[0]
    assert minutes.notes(meeting)[1] == "Agreed ad referendum, but it does not stand."
    assert minutes.outcome == "impasse"


HARVEST = """
early_harvest: true
issues:
  land: {options: [mine, ours, yours], status_quo: ours}
  sea: {options: [closed, open], status_quo: closed}
parties:
  A: {title: Arcadia, positions: {land: mine, sea: open}, reservation: 0.6}
  B: {title: Borduria, positions: {land: yours, sea: open}, reservation: 0.6}
meetings: [{id: one, date: 2022-01-10, rounds: 1}]
"""


def test_an_issue_settled_by_itself_is_told() -> None:
    minutes = told(HARVEST)
    assert minutes.outcome == "partial"
    assert minutes.settled == ["sea"]
    assert minutes.notes(minutes.meetings[0]) == [
        "Settled by itself (early harvest): sea “open”. The sides' last offers agree on it."
    ]


def test_a_side_that_insists_on_the_package_settles_no_issue_by_itself() -> None:
    minutes = told(HARVEST.replace("0.6}\nmeet", "0.6, package_only: true}\nmeet"))
    (note,) = minutes.notes(minutes.meetings[0])
    assert note == "On common ground but not settled: sea “open”, since Borduria insists on the whole package."


def test_why_an_issue_on_common_ground_is_not_settled_is_told() -> None:
    # An open sea is worth 0.25 more to Borduria than half of it. Of its stakes the sea is a half, and a whole deal must
    # bring it 0.55 more than the status quo: so one on the sea 0.275.
    half = HARVEST.replace("status_quo: ours", "status_quo: mine").replace("[closed, open], status_quo: closed", HALF)
    minutes = told(half.replace("0.6}\nmeet", "0.8}\nmeet"))
    (note,) = minutes.notes(minutes.meetings[0])
    why = "objects, as it is worth 0.50 to it, 0.025 short of its reservation value 0.53"
    assert note.startswith("On common ground but not settled: sea “open”, since")
    assert note.endswith(f"by itself it is not acceptable to Borduria: {why}.")


HALF = "[closed, half, open], status_quo: half"

FOLLOW_UP = """
issues: {land: {options: [mine, ours, yours], status_quo: ours}}
parties:
  A: {title: Arcadia, positions: {land: mine}, reservation: 0.9}
  B: {title: Borduria, positions: {land: yours}, reservation: 0.4, concession: {exponent: 0}}
meetings: [{id: one, date: 2022-01-10, rounds: 2}]
follow_up: {after: {days: 10}, at_most: 3, rounds: 1}
"""


def test_who_puts_off_the_call_to_meet_again_is_told_and_why() -> None:
    minutes = told(FOLLOW_UP)
    calls = [entry for entry in minutes.entries if isinstance(entry, Called)]
    assert minutes.title(calls[0]) == "The call to meet again is put off to 20 January 2022"
    assert calls[0].answers == {"A": "yes", "B": "defer"}
    assert unwilling(calls[0]) == {"B": "it demands no more than the least that it ever would"}


def test_the_end_tells_that_a_further_meeting_was_fixed() -> None:
    text = FOLLOW_UP.replace(", concession: {exponent: 0}", "")
    minutes = told(text.replace("days: 10", "days: 60") + "deadline: 2022-04-20\n")
    assert minutes.outcome == "talks_continue"
    assert minutes.ending == "The time played ended on 23 February 2022, with the next meeting fixed for 11 March 2022."


def test_members_are_named_each_for_what_it_does() -> None:
    minutes = told(
        """
issues: {land: {options: [mine, ours, yours], status_quo: ours}}
sides: {left: {decides: consensus}}
parties:
  B: {title: Borduria, positions: {land: yours}, reservation: 0.5}
  A: {title: Arcadia, side: left, positions: {land: mine}, reservation: 0.2}
  C: {title: Cimmeria, side: left, positions: {land: ours}, reservation: 0.2, red_lines: {land: [yours]}}
  D: {title: Drusselstein, side: left, positions: {land: yours}, reservation: 0.2}
meetings: [{id: one, date: 2022-01-10, rounds: 1}]
"""
    )
    answer = answered(minutes.scenario, minutes.meetings[0].rounds[0].moves[1])
    assert answer == (
        "Arcadia and Cimmeria object, as it crosses a red line of Cimmeria on land “yours”; Arcadia gets 0.00, 0.2 "
        "short of its reservation value 0.20; 1 of 3 are for it, with 33% of the weight (consensus asks that nobody "
        "objects, and its pace that 0.5 of the weight is for it)"
    )
