"""What a party accepts, by the conditions of Baarslag, Hindriks & Jonker (2013), and what delay does to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from parties.negotiations import pie, played, shares

import sim

STAYS = {"concession": "hard_liner"}


def last_round(first: dict[str, Any], second: dict[str, Any], rounds: int = 20) -> tuple[float, int]:
    """What the second got, and in which round."""
    minutes = played(20, first, second, rounds)
    assert minutes.outcome == "agreement"
    return shares(minutes)[1], len(minutes.meetings[0].rounds)


def giving(share: float) -> dict[str, Any]:
    """A party that offers this share of the pie throughout."""
    return {"concession": {"name": "hard_liner", "share": 1 - share}}


def test_next_is_what_a_scenario_means_that_says_nothing() -> None:
    plain = played(20, {"concession": "linear"}, {"concession": "boulware"})
    named = played(20, {"concession": "linear", "acceptance": "next"}, {"concession": "boulware", "acceptance": "next"})
    assert plain.as_json()["meetings"] == named.as_json()["meetings"]


def test_constant_accepts_a_share_of_its_gain_whenever_it_comes() -> None:
    accepting = {**STAYS, "acceptance": {"name": "constant", "share": 0.4}}
    assert last_round(giving(0.4), accepting) == (pytest.approx(0.4), 1)
    assert played(20, giving(0.35), accepting).outcome == "impasse"


def test_the_share_counts_from_the_reservation_value() -> None:
    accepting = {**STAYS, "reservation": 0.5, "acceptance": {"name": "constant", "share": 0.4}}
    assert played(20, giving(0.65), accepting).outcome == "impasse"
    assert last_round(giving(0.7), accepting)[0] == pytest.approx(0.7)


def test_time_accepts_nothing_before_and_everything_acceptable_after() -> None:
    accepting = {**STAYS, "reservation": 0.1, "acceptance": {"name": "time", "after": 0.5}}
    # t = (k + 1)/(n + 1) reaches one half in round 11 of 20 (10/21 before it).
    assert last_round(giving(0.15), accepting) == (pytest.approx(0.15), 11)
    assert last_round(giving(0.95), accepting) == (pytest.approx(0.95), 11)
    assert played(20, giving(0.05), accepting).outcome == "impasse"


SKIPPED = {"pie": {"0": 0, "1": 0.05, "2": 1}}  # nobody's ladder has the option 1
OFFERS_IT = {"scores": SKIPPED, "concession": {"name": "hard_liner", "share": 0.05}, "offering": "exhaustive"}
FALLS = {"scores": {"pie": {"0": 1, "1": 0.6, "2": 0}}, "concession": "linear"}


def test_next_offer_compares_with_what_it_would_put_itself() -> None:
    # It demands 1 - k/21 in round k, so no more than 0.6 from round 9 on, and goes on offering what is worth 1 to it.
    accepted = played(2, OFFERS_IT, FALLS, 20)
    assert (accepted.outcome, len(accepted.meetings[0].rounds)) == ("agreement", 9)
    assert played(2, OFFERS_IT, {**FALLS, "acceptance": "next_offer"}, 20).outcome == "impasse"
    # Who looks at all packages would put the option 1 itself by then.
    looks = {**FALLS, "acceptance": "next_offer", "offering": "exhaustive"}
    assert len(played(2, OFFERS_IT, looks, 20).meetings[0].rounds) == 9


@pytest.mark.parametrize(("own", "rounds"), [("demand", 9), ("offer", 11)])
def test_combined_begins_with_either(own: str, rounds: int) -> None:
    late = {"name": "combined", "after": 0.5, "of": "anything", "own": own}
    accepted = played(2, OFFERS_IT, {**FALLS, "acceptance": late}, 20)
    assert (accepted.outcome, len(accepted.meetings[0].rounds)) == ("agreement", rounds)


def test_what_a_run_accepts_by_its_own_next_offer_is_what_a_trace_tells() -> None:
    scenario = pie(12, {"concession": "linear"}, {"concession": "conceder", "acceptance": "next_offer"}, 12)
    run = sim.run(scenario, worlds=3, seed=4)
    told = sim.trace(scenario, 2, 4)
    assert run.worlds["outcome"][2] == told.outcome
    assert run.worlds["utility.first"][2] == told.utilities["first"]


def test_previous_compares_with_its_own_last_offer() -> None:
    # It demands 1 - k/20 in round k and offers just that: 0.5 in round 10, which it takes in round 11.
    falling, half = {"concession": "linear"}, {**giving(0.5), "acceptance": {"name": "constant", "share": 1}}
    assert last_round(half, falling, rounds=19) == (pytest.approx(0.5), 10)
    assert last_round(half, {**falling, "acceptance": "previous"}, rounds=19) == (pytest.approx(0.5), 11)


@pytest.mark.parametrize(("of", "got"), [("anything", 0.1), ("best", 0.1), ("mean", 0.1)])
def test_combined_takes_less_late_in_the_talks(of: str, got: float) -> None:
    accepting = {**STAYS, "acceptance": {"name": "combined", "after": 0.9, "of": of}}
    # 19/21 is the first time from 0.9 on.
    assert last_round(giving(0.1), accepting) == (pytest.approx(got), 19)


def test_combined_takes_what_it_demands_also_late() -> None:
    # The first gives 0.8 in the first meeting and 0.6 in the second, in which the second party has come down to 0.55.
    scenario = json.loads(pie(20, giving(0.8), {"concession": {"name": "hard_liner", "share": 0.9}}).text)
    scenario["meetings"] = [{"date": {"days": 0}, "rounds": 5}, {"date": {"days": 9}, "rounds": 5}]
    scenario["issues"]["pie"]["status_quo"] = "0"
    scenario["parties"]["second"]["acceptance"] = {"name": "combined", "after": 0.5, "of": "best"}
    shares = {"first.concession.share": {"set": 0.4}, "second.concession.share": {"set": 0.55}}
    scenario["events"] = [{"date": {"days": 5}, "effects": shares}]
    minutes = sim.trace(_loaded(scenario))
    assert (minutes.outcome, round(minutes.utilities["second"], 9)) == ("agreement", 0.6)


def test_combined_waits_for_what_is_as_good_as_the_best_so_far() -> None:
    # The first gives 1/2 at first, then ever less: its offers fall as its own demand rises by an event.
    scenario = json.loads(pie(20, giving(0.5), {**STAYS}).text)
    scenario["meetings"] = [{"date": {"days": 0}, "rounds": 5}, {"date": {"days": 9}, "rounds": 5}]
    scenario["issues"]["pie"]["status_quo"] = "0"
    scenario["events"] = [{"date": {"days": 5}, "effects": {"first.concession.share": {"set": 0.7}}}]
    outcomes = {}
    for of in ("best", "mean", "anything"):
        scenario["parties"]["second"]["acceptance"] = {"name": "combined", "after": 0.6, "of": of}
        minutes = sim.trace(_loaded(scenario))
        outcomes[of] = (minutes.outcome, round(minutes.utilities["second"], 9))
    assert outcomes == {"best": ("impasse", 0.0), "mean": ("impasse", 0.0), "anything": ("agreement", 0.3)}


RISING_AND_FALLING = (0.9, 0.1, 0.1, 0.3, 0.2, 0.1, 0.25, 0.26, 0.28)


@pytest.mark.parametrize(
    ("of", "meeting"), [("anything", 6), ("recent_mean", 7), ("recent_best", 8), ("mean", 9), ("best", None)]
)
def test_combined_looks_back_over_a_window_as_long_as_what_is_left(of: str, meeting: int | None) -> None:
    """In nine meetings of a round t is 0.1 to 0.9; what the second is offered goes up and down by events.

    At t = 0.7 the window is [0.4, 0.7], in which it got 0.3, 0.2, 0.1 and now 0.25: more than their mean 0.2125. At 0.8
    it is [0.6, 0.8] with 0.1, 0.25 and 0.26, the best. At 0.9 the 0.28 is more than the mean 0.2767 of all nine.
    """
    scenario = json.loads(pie(100, {"concession": "hard_liner"}, {**STAYS}).text)
    scenario["issues"]["pie"]["status_quo"] = "0"
    scenario["parties"]["second"]["acceptance"] = {"name": "combined", "after": 0.6, "of": of}
    scenario["meetings"] = [{"date": {"days": 10 * k + 5}, "rounds": 1} for k in range(9)]
    scenario["events"] = [
        {"date": {"days": 10 * k}, "effects": {"first.concession.share": {"set": 1 - share}}}
        for k, share in enumerate(RISING_AND_FALLING)
    ]
    minutes = sim.trace(_loaded(scenario))
    assert minutes.outcome == ("impasse" if meeting is None else "agreement")
    if meeting is not None:
        assert len(minutes.meetings) == meeting
        assert minutes.utilities["second"] == pytest.approx(RISING_AND_FALLING[meeting - 1])


def _loaded(plain: dict[str, Any]) -> sim.Scenario:
    from sim.scenario.loading import loads

    return loads(json.dumps(plain))


def test_who_loses_by_delay_accepts_what_its_counter_offer_would_be_worth() -> None:
    impatient = {**STAYS, "discount": {"offer": 0.6}}
    assert last_round(giving(0.6), impatient) == (pytest.approx(0.6), 1)
    assert played(20, giving(0.55), impatient).outcome == "impasse"


def test_delay_costs_of_the_gain_above_the_reservation_value() -> None:
    # Of a gain of 0.6 above 0.4 the share 0.5 is left: it takes 0.7.
    impatient = {**STAYS, "reservation": 0.4, "discount": {"offer": 0.5}}
    assert last_round(giving(0.7), impatient) == (pytest.approx(0.7), 1)
    assert played(20, giving(0.65), impatient).outcome == "impasse"


@pytest.mark.parametrize(
    ("party", "effect"),
    [
        ({"acceptance": {"name": "constant", "share": 0.9}}, {"second.acceptance.share": {"set": 0.5}}),
        ({"discount": {"offer": 1}}, {"second.discount.offer": {"times": 0.5}}),
    ],
)
def test_events_move_what_is_accepted_and_what_delay_costs(party: dict[str, Any], effect: dict[str, Any]) -> None:
    scenario = json.loads(pie(20, giving(0.5), {**STAYS, **party}).text)
    scenario["issues"]["pie"]["status_quo"] = "0"
    scenario["meetings"] = [{"date": {"days": day}, "rounds": 3} for day in (0, 7)]
    assert sim.trace(_loaded(scenario)).outcome == "impasse"
    scenario["events"] = [{"date": {"days": 5}, "effects": effect}]
    minutes = sim.trace(_loaded(scenario))
    assert (minutes.outcome, len(minutes.meetings)) == ("agreement", 2)


def test_days_cost_only_between_meetings() -> None:
    scenario = json.loads(pie(20, giving(0.5), {**STAYS, "discount": {"day": 0.9}}).text)
    scenario["issues"]["pie"]["status_quo"] = "0"
    scenario["meetings"] = [{"date": {"days": 0}, "rounds": 5}, {"date": {"days": 7}, "rounds": 5}]
    minutes = sim.trace(_loaded(scenario))
    # 0.9^7 is below one half: in the last round before the long wait the second takes what it is given.
    assert minutes.outcome == "agreement"
    assert [len(meeting.rounds) for meeting in minutes.meetings] == [5]
    scenario["meetings"][1]["date"] = {"days": 6}
    assert sim.trace(_loaded(scenario)).outcome == "impasse"


def test_what_a_deal_is_worth_when_it_comes_is_told_besides() -> None:
    late = {"concession": "hard_liner", "acceptance": {"name": "time", "after": 0.5}, "reservation": 0.2}
    for unit, delays in (("round", 10), ("offer", 20), ("day", 0)):
        scenario = pie(20, giving(0.6), {**late, "discount": {unit: 0.9}}, rounds=20)
        row = sim.run(scenario, worlds=1).worlds.row(0, named=True)
        assert row["utility.second"] == pytest.approx(0.6)
        assert row["discounted.second"] == pytest.approx(0.2 + 0.4 * 0.9**delays)
        assert "discounted.first" not in row
