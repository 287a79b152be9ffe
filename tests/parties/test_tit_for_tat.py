"""Tit for tat gives what it gets (Faratin, Sierra & Jennings, 1998, section 4.4)."""

from __future__ import annotations

from typing import Any

import pytest
from parties.negotiations import offers, played, shares

LINEAR = {"concession": "linear"}


def answering(name: str, **settings: Any) -> dict[str, Any]:
    """A party that answers in kind."""
    return {"concession": {"name": name, **settings}}


def test_absolute_gives_up_what_the_other_gave_up_one_turn_later() -> None:
    # In 19 rounds the first gives up 5 of 100 a round; the second answers from its second turn on, one for one.
    minutes = played(100, LINEAR, answering("absolute_tit_for_tat", start=0), rounds=19)
    mine, yours = offers(minutes, "first"), offers(minutes, "second")
    assert mine[:4] == [95, 90, 85, 80]
    assert yours[:4] == [0, 5, 10, 15]
    assert minutes.outcome == "agreement"


def test_with_a_lag_it_answers_an_earlier_move() -> None:
    first = {"concession": {"name": "deadline", "hold": 0.25, "exponent": 1}}
    plain = offers(played(100, first, answering("absolute_tit_for_tat", start=0), rounds=19), "second")
    lagging = offers(played(100, first, answering("absolute_tit_for_tat", start=0, lag=3), rounds=19), "second")
    assert lagging[2:] == plain[: len(lagging) - 2]


def test_relative_answers_in_proportion() -> None:
    minutes = played(100, LINEAR, answering("relative_tit_for_tat", start=0), rounds=19)
    # What it gets rises from 5 to 10 of 100, so it asks half of 100, then 10/15 of that, then 15/20 of that.
    assert offers(minutes, "second")[:4] == [0, 50, 66, 75]


def test_relative_with_a_lag_answers_an_earlier_proportion() -> None:
    minutes = played(100, LINEAR, answering("relative_tit_for_tat", start=0, lag=2), rounds=19)
    # It gets 5, 10, 15, 20, ...: at its third turn it answers 5/10, at its fourth 10/15.
    assert offers(minutes, "second")[:4] == [0, 0, 50, 66]


def test_proportions_are_told_from_the_worst_package_so_that_no_scale_counts() -> None:
    import json

    from parties.negotiations import pie

    from sim.scenario.loading import loads
    from sim.trace.recorder import trace

    plain = json.loads(pie(100, LINEAR, answering("relative_tit_for_tat", start=0), 19).text)
    second = plain["parties"]["second"]
    second["scores"]["pie"] = {option: 30 + 7 * worth for option, worth in second["scores"]["pie"].items()}
    second["reservation"] = 30
    assert offers(trace(loads(json.dumps(plain))), "second")[:4] == [0, 50, 66, 75]


def test_averaged_answers_what_the_other_did_over_a_window() -> None:
    minutes = played(100, LINEAR, answering("averaged_tit_for_tat", window=2, start=0), rounds=19)
    # At its third turn it has got 5, 10 and 15: it asks 5/15 of 100.
    assert offers(minutes, "second")[:3] == [0, 0, 66]


def test_it_begins_by_cooperating_and_two_of_them_meet() -> None:
    both = answering("absolute_tit_for_tat", start=0.1)
    minutes = played(10, both, both, rounds=12)
    assert minutes.outcome == "agreement"
    assert shares(minutes) == pytest.approx((0.5, 0.5))


def test_two_that_wait_for_the_other_never_move() -> None:
    both = answering("absolute_tit_for_tat", start=0)
    minutes = played(10, both, both, rounds=12)
    assert minutes.outcome == "impasse"
    assert set(offers(minutes, "first")) == {10}


def test_it_takes_back_what_the_other_takes_back() -> None:
    # The mix swings: as meetings run out its demand falls, then an event makes it a hard-liner again.
    import json

    from sim.scenario.loading import loads
    from sim.trace.recorder import trace

    scenario = {
        "format": 1,
        "title": "A retreat",
        "issues": {"pie": {"options": [str(n) for n in range(101)], "status_quo": "0"}},
        "parties": {
            "first": {"positions": {"pie": "100"}, "concession": {"name": "hard_liner", "share": 0.8}},
            "second": {
                "positions": {"pie": "0"},
                "reservation": 0,
                "concession": {"name": "absolute_tit_for_tat", "start": 0},
            },
        },
        "meetings": [{"date": {"days": day}, "rounds": 2} for day in (0, 10, 20)],
        "events": [
            {"date": {"days": 5}, "effects": {"first.concession.share": {"set": 0.7}}},
            {"date": {"days": 15}, "effects": {"first.concession.share": {"set": 0.9}}},
        ],
    }
    minutes = trace(loads(json.dumps(scenario)))
    assert offers(minutes, "first") == [80, 80, 70, 70, 90, 90]
    assert offers(minutes, "second") == [0, 0, 10, 10, 0, 0]


def test_the_minutes_say_what_it_answers() -> None:
    minutes = played(100, LINEAR, answering("absolute_tit_for_tat"), rounds=19)
    reason = minutes.reason(minutes.meetings[0].rounds[2].moves[1])
    assert "gives up the 0.050 that it got as the others' offers went from 0.100 to 0.150" in reason
