"""The minutes give for every move the reasons of the policies, by their names and numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from parties.negotiations import played

import sim
from sim.report.minutes.traced import Traced
from sim.report.minutes.transcript import minutes_plain
from sim.scenario.loading import loads

# The first gives up a tenth of ten slices a round: in round k of 9 the second is offered k/10.
LINEAR = {"concession": "linear"}


def reasons(second: dict[str, Any]) -> list[str]:
    """The second party's reasons, round by round."""
    minutes = played(10, LINEAR, second, rounds=9)
    return [minutes.reason(move) for one in minutes.meetings[0].rounds for move in one.moves if move.side == "second"]


@pytest.mark.parametrize(
    ("policy", "turn", "told"),
    [
        ("boulware", 3, "demands 0.992 now, as its boulware curve (exponent 4) gives up 0.8% of what it"),
        ("linear", 3, "demands 0.700 now, as its linear curve (exponent 1) gives up 30.0% of what it could gain"),
        (
            {"exponent": 0.5},
            1,
            "demands 0.684 now, as its conceder curve (exponent 0.5) gives up 31.6% of what it could",
        ),
        (
            {"name": "polynomial", "exponent": 2, "start": 0.1},
            3,
            "as its polynomial curve (exponent 2, start 0.1) gives up 18.1% of what it could gain, with 30%",
        ),
        ("exponential", 3, "as its exponential curve (exponent 1, start 0.05) gives up 12.3% of what it could gain"),
        ({"name": "deadline", "hold": 0.2}, 3, "as its deadline policy (hold 0.2, exponent 1) gives up 12.5% of what"),
        (
            {"name": "resource", "of": "rounds", "scale": 4},
            3,
            "(of rounds, start 0, scale 4) gives up 22.3% of what it could gain, with 6 rounds left",
        ),
        ({"name": "hard_liner", "share": 0.8}, 3, "as it is a hard-liner and asks for 80% of what it could gain"),
        ("absolute_tit_for_tat", 1, "as its absolute tit-for-tat (lag 1) begins with the most that it could get"),
        (
            {"name": "absolute_tit_for_tat", "start": 0.2},
            2,
            "as its absolute tit-for-tat (lag 1) begins by giving up 20% of what it could gain of its own",
        ),
        ("absolute_tit_for_tat", 3, "gives up the 0.100 that it got as the others' offers went from 0.200 to 0.300"),
        (
            {"name": "relative_tit_for_tat", "start": 0},
            2,
            "(lag 1) makes 50% of its demand, as the others' offers went from 0.100 to 0.200 above its worst",
        ),
        ("averaged_tit_for_tat", 3, "as its averaged tit-for-tat (window 3) waits, as it has not seen enough offers"),
        ("micro", 1, "demands 1.000 now, as its MiCRO begins with its best package"),
        ("micro", 3, "as its MiCRO goes on to its next package: it has put 2 different ones, the others 3"),
        ("zeuthen", 1, "demands 1.000 now, as by Zeuthen's strategy it begins with its best package"),
        ("zeuthen", 3, "it takes its next step: it would risk a failure up to a chance of 0.667, the others 0.857"),
        ("rubinstein", 1, "it plays Rubinstein's equilibrium: 50.0% of what the others could grant it, as delay"),
        (
            {"name": "mix", "of": {"linear": 3, "micro": 1}},
            1,
            "with 10% of the talks passed, so 0.900), 1 of micro (its MiCRO begins with its best package, so 1.000)",
        ),
    ],
)
def test_a_concession_policy_tells_its_name_and_numbers(policy: Any, turn: int, told: str) -> None:
    assert told in reasons({"concession": policy})[turn - 1]


@pytest.mark.parametrize(
    ("condition", "turn", "answer", "told"),
    [
        ("next", 3, "it demands 0.99 now", ""),
        ("previous", 3, "it accepts from 1.00 on now", "its own last offer to it, 1.000 now (AC_prev)"),
        ({"name": "constant", "share": 0.6}, 3, "from 0.60 on", "could gain whenever it comes, 0.600 now (AC_const)"),
        ({"name": "time", "after": 0.5}, 3, "it accepts nothing yet", "before 50% of the talks has passed (AC_time)"),
        (
            {"name": "time", "after": 0.5},
            5,
            "whatever it does not object to",
            "once 50% of the talks has passed (AC_time)",
        ),
        (
            {"name": "combined", "after": 0.5},
            3,
            "it demands 0.99 now",
            "best of the others' offers, 0.992 now (AC_combi)",
        ),
        (
            {"name": "combined", "after": 0.5},
            5,
            "it accepts from 0.50 on now",
            "best of the others' offers, 0.500 now (AC_combi)",
        ),
    ],
)
def test_an_acceptance_condition_tells_its_name_and_numbers(condition: Any, turn: int, answer: str, told: str) -> None:
    found = reasons({"acceptance": condition})[turn - 1]
    assert answer in found
    assert told in found


def test_members_who_differ_in_numbers_alone_are_told_together_and_others_by_their_policies() -> None:
    policies: list[Any] = [{"exponent": 2}, {"exponent": 4}, "boulware", "micro"]
    members = {
        f"m{k}": {"side": "s", "positions": {"it": "a"}, "reservation": 0, "concession": policy}
        for k, policy in enumerate(policies)
    }
    plain: dict[str, Any] = {
        "format": 1,
        "title": "Members",
        "issues": {"it": {"options": ["a", "b", "c"]}},
        "sides": {"s": {"decides": "consensus"}},
        "parties": {**members, "other": {"positions": {"it": "c"}, "reservation": 0}},
    }
    minutes = sim.trace(loads(json.dumps(plain)))
    reason = minutes.reason(minutes.meetings[0].rounds[2].moves[0])
    assert "m0 and 2 more as its boulware curve (exponent 2 to 4) gives up 0.6 to 7.4% of what it could gain" in reason
    assert "; m3 as its MiCRO goes on to its next package: it has put 1 different one, the others 1" in reason
    del plain["parties"]["m3"]
    minutes = sim.trace(loads(json.dumps(plain)))
    reason = minutes.reason(minutes.meetings[0].rounds[2].moves[0])
    assert "its members demand between 0.926 and 0.994 now, each as its boulware curve (exponent 2 to 4)" in reason


def test_what_delay_costs_is_told() -> None:
    told = "it accepts 0.500, since delay leaves it 0.5 of its gain by the time of a counter-offer"
    assert told in reasons({"concession": "hard_liner", "discount": {"round": 0.5}})[0]


def lease(opponents: Any) -> Traced:
    """Two issues, of which the landlord cares for one alone; what the tenant believes is said as given."""
    plain = {
        "format": 1,
        "title": "A lease",
        "issues": {i: {"title": i.title(), "options": ["a", "b", "c", "d"]} for i in ("rent", "years")},
        "parties": {
            "tenant": {"positions": {"rent": "a", "years": "a"}, "reservation": 0, "opponents": opponents},
            "landlord": {
                "positions": {"rent": "d", "years": "d"},
                "salience": {"rent": 9, "years": 1},
                "reservation": 0,
                "concession": "linear",
            },
        },
    }
    return sim.trace(loads(json.dumps(plain)))


@pytest.mark.parametrize("model", ["positions", "learned", {"learned": "frequency"}])
def test_what_a_side_believes_of_the_others_is_told(model: Any) -> None:
    minutes = lease(model)
    first, *_, last = [minutes.reason(one.moves[0]) for one in minutes.meetings[0].rounds]
    assert "it believes that the others care most for Rent 50%, Years 50%" in first
    assert ("it believes that the others care most for Rent 50%" in last) == (model == "positions")


def test_what_is_known_needs_no_telling() -> None:
    minutes = lease("known")
    assert not any("believes" in minutes.reason(move) for one in minutes.meetings[0].rounds for move in one.moves)


def test_numbers_without_end_are_no_numbers_of_the_json() -> None:
    minutes = played(10, LINEAR, {"acceptance": {"name": "time", "after": 0.5}}, rounds=9)
    text = json.dumps(minutes.as_json(), allow_nan=False)
    held_out = json.loads(text)["meetings"][0]["rounds"][0]["moves"][1]["holds_out"]
    assert held_out == [{"party": "second", "utility": pytest.approx(0.1), "demands": None}]


def test_the_written_minutes_tell_a_policy_that_follows_the_clock_once_and_one_that_reacts_whenever_it_moves() -> None:
    text = " ".join(minutes_plain(played(10, LINEAR, {"concession": "micro"}, rounds=9)).split())
    assert text.count("Its policy: it demands") == text.count("its MiCRO") + 1
    assert text.count("its linear curve (exponent 1)") == 1
    assert "its MiCRO goes on to its next package: it has put 3 different ones, the others 4" in text
