"""Events that move dates: of meetings, of the end; and the numbers of the calendar."""

from __future__ import annotations

import pytest

import sim
from sim.report.minutes.traced import Traced
from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError

CALENDAR = """
format: 1
title: A calendar
start: 2024-01-01
end: {days: 40}
issues: {price: {scale: {from: 0, to: 10, step: 1}}}
parties:
  buyer: {positions: {price: 0}, reservation: 0.6, concession: linear}
  seller: {positions: {price: 10}, reservation: 0.6, concession: linear}
meetings:
  - {id: first, date: {days: 5}, rounds: 2}
  - {id: second, date: {days: 10}, rounds: 3}
MORE
"""


def played(effects: str, day: int = 7, more: str = "", worlds: int = 0) -> Traced:
    event = f"events: [{{date: {{days: {day}}}, effects: {effects}}}]\n"
    return sim.trace(loads(CALENDAR.replace("MORE", event + more), "calendar.yaml"), worlds)


def days(minutes: Traced) -> list[tuple[str, int]]:
    return [(one.id, (one.date - minutes.scenario.start).days) for one in minutes.meetings]


def test_a_meeting_that_is_still_to_come_moves() -> None:
    minutes = played("{meetings.second.date: {days: 7}}")
    assert days(minutes) == [("first", 5), ("second", 17)]
    assert "date (days from the start) +7.000, now 17.000" in minutes.as_json()["between"][0]["text"]


@pytest.mark.parametrize(
    ("effect", "day"),
    [("7", 17), ("{days: -2}", 8), ("{set: 2024-01-21}", 20), ("{set: {days: 12}}", 12), ("{set: 12}", 12)],
)
def test_a_date_moves_by_days_or_is_set(effect: str, day: int) -> None:
    assert days(played(f"{{meetings.second.date: {effect}}}"))[1] == ("second", day)


def test_a_meeting_moves_no_further_back_than_to_the_day_of_the_event() -> None:
    assert days(played("{meetings.second.date: {set: 1}}")) == [("first", 5), ("second", 7)]


def test_a_meeting_that_has_been_held_does_not_move() -> None:
    assert days(played("{meetings.first.date: {days: 20}}")) == [("first", 5), ("second", 10)]


def test_meetings_that_change_places_count_their_rounds_in_their_new_order() -> None:
    minutes = played("{meetings.first.date: {days: 20}}", day=1)
    assert days(minutes) == [("second", 10), ("first", 25)]
    assert [one.time for meeting in minutes.meetings for one in meeting.rounds] == pytest.approx(
        [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6]
    )


def test_a_meeting_that_moves_beyond_the_end_is_not_held_and_the_talks_go_on() -> None:
    minutes = played("{meetings.second.date: {days: 100}}")
    assert days(minutes) == [("first", 5)]
    assert minutes.outcome == "talks_continue"


def test_the_end_can_come_sooner() -> None:
    minutes = played("{end: {days: -31}}")
    assert days(minutes) == [("first", 5)]
    assert minutes.outcome == "talks_continue"


def test_the_end_can_come_later_and_lets_meetings_in() -> None:
    late = CALENDAR.replace("{days: 10}", "{days: {choice: [50, 50]}}")
    scenario = loads(
        late.replace("MORE", "events: [{date: {days: 7}, effects: {end: {set: 2024-03-01}}}]"), "late.yaml"
    )
    assert days(sim.trace(scenario)) == [("first", 5), ("second", 50)]


def test_with_a_clock_of_days_a_nearer_end_makes_parties_demand_less() -> None:
    def time(effects: str) -> float:
        return played(effects, more="clock: days\n").meetings[1].rounds[0].time

    assert time("{end: {days: 0}}") == pytest.approx(10 / 40)
    assert time("{end: {days: -20}}") == pytest.approx(10 / 20)


def test_the_first_follow_up_waits_for_the_meeting_that_has_moved() -> None:
    follow = "follow_up: {after: {days: 3}, at_most: 1, rounds: 1}\n"
    assert days(played("{meetings.second.date: {days: 7}}", more=follow))[1:] == [("second", 17), ("follow_up_1", 20)]
    assert days(played("{follow_up.after: {days: 4}}", more=follow))[2] == ("follow_up_1", 17)
    assert len(days(played("{follow_up.at_most: {set: 0}}", more=follow))) == 2


def test_rounds_of_a_meeting_can_change() -> None:
    assert len(played("{meetings.second.rounds: 2}").meetings[1].rounds) == 5
    assert len(played("{meetings.second.rounds: {times: 0.2}}").meetings[1].rounds) == 1


def test_aspirations_reservation_values_and_salience_move_too() -> None:
    minutes = played("{buyer.concession.exponent: {set: 0.1}, buyer.reservation: -0.5, seller.reservation: -0.2}")
    changes = {one["path"]: one["after"] for one in minutes.as_json()["between"][0]["changes"]}
    assert changes["parties.buyer.concession.exponent"] == pytest.approx(0.1)
    assert changes["parties.buyer.reservation"] == pytest.approx(0.1)
    assert minutes.outcome == "agreement"


def test_dates_move_by_uncertain_days_in_each_world() -> None:
    event = "events: [{date: {days: 7}, effects: {meetings.second.date: {days: {uniform: [0, 10]}}}}]\n"
    run = sim.run(loads(CALENDAR.replace("MORE", event), "unsure.yaml"), worlds=300)
    assert run.worlds["day"].min() == 10
    assert run.worlds["day"].max() == 20


@pytest.mark.parametrize(
    ("effects", "said"),
    [
        ("{meetings.third.date: {days: 1}}", "there is no meeting 'third' for the effect on 'meetings.third.date'"),
        ("{meetings.second.venue: 1}", "effects on 'meetings.second.venue' are not yet supported"),
        ("{meetings.second.date: {times: 2}}", "unknown key 'times' in an effect on a date"),
        ("{meetings.second.date: {days: 1, set: 2}}", "expected {days: N} or {set: DATE}"),
        ("{meetings.second.date: {set: 2023-01-01}}", "lies before the start"),
        ("{meetings.second.date: soon}", "expected a number for the days by which 'meetings.second.date' moves"),
        ("{buyer.ratification.probability: 0.1}", "'buyer' has no ratification"),
    ],
)
def test_an_effect_that_makes_no_sense_is_told(effects: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=r"calendar.yaml:13:\d+: ") as error:
        played(effects)
    assert said in str(error.value)


FOLLOWED = "follow_up: {after: {days: 7}, at_most: 3, rounds: 2}\n"


def test_an_event_changes_nothing_of_a_meeting_that_was_held() -> None:
    untouched = played("{buyer.reservation: 0}", more=FOLLOWED)
    for effects in (
        "{meetings.first.date: 20}",
        "{meetings.first.date: {set: 2024-01-02}}",
        "{meetings.first.rounds: 9}",
    ):
        moved = played(effects, more=FOLLOWED)
        assert days(moved) == days(untouched)
        assert [one.time for meeting in moved.meetings for one in meeting.rounds] == [
            one.time for meeting in untouched.meetings for one in meeting.rounds
        ]


@pytest.mark.parametrize("effects", ["{end: {set: 2024-01-03}}", "{end: -39}"])
def test_an_end_set_to_the_past_means_now(effects: str) -> None:
    minutes = played(effects, more=FOLLOWED)
    assert days(minutes) == [("first", 5)]
    assert minutes.ending.startswith("The time played ended on 8 January 2024")
    (change,) = minutes.as_json()["between"][0]["changes"]
    assert change["after"] == 7
