"""Deadlines and the pace: when a side's patience is used up, and how much of it must be content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.loading import examine, loads
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities

Edit = Callable[..., str]
Complaints = Callable[..., list[str]]

NATO = "decides: consensus"
RUS = "reservation: {status_quo: 0.05}"


def test_without_a_deadline_there_is_none_and_the_end_stands_for_it(sample: str) -> None:
    s = loads(sample)
    assert s.deadline is None
    assert [side.deadline for side in s.sides] == [None, None]
    assert "deadline.days" not in quantities(s)


@pytest.mark.parametrize(
    ("written", "parameters"),
    [("2022-03-01", (50.0,)), ("{days: 50}", (50.0,)), ("{days: {uniform: [40, 90]}}", (40.0, 90.0))],
)
def test_a_deadline_is_a_date_or_days_and_may_lie_after_the_end(written: str, parameters: tuple[float, ...]) -> None:
    text = """
format: 1
title: T
start: 2022-01-10
end: 2022-02-23
deadline: WRITTEN
issues: {i: {options: [a, b]}}
sides: {pair: {deadline: WRITTEN}}
parties:
  x: {side: pair, positions: {i: a}, reservation: 0.1}
  y: {side: pair, positions: {i: a}, reservation: 0.1}
  z: {positions: {i: b}, reservation: 0.1, deadline: WRITTEN, pace: 1}
"""
    s = loads(text.replace("WRITTEN", written))
    found = [s.deadline, *(side.deadline for side in s.sides)]
    assert [one and one.path for one in found] == [
        "deadline.days",
        "sides.pair.deadline.days",
        "parties.z.deadline.days",
    ]
    assert {one.parameters for one in found if one} == {parameters}
    assert all(one.whole for one in found if one)
    assert {one.path for one in found if one} <= quantities(s).keys()


@pytest.mark.parametrize(
    ("decides", "pace"),
    [
        ("consensus", 0.5),
        ("unanimity", 1.0),
        ("{quorum: 2}", 0.5),
        ("{majority: 0.6}", 0.5),
        ("unanimity, pace: 0.7", 0.7),
        ("consensus, pace: 1", 1.0),
    ],
)
def test_the_pace_is_half_the_weight_if_nothing_is_said_and_all_under_unanimity(
    sample: str, edit: Edit, decides: str, pace: float
) -> None:
    s = loads(edit(sample, (NATO, f"decides: {decides}")))
    assert s.sides[0].pace is not None
    assert (s.sides[0].pace.path, s.sides[0].pace.parameters) == ("sides.nato.pace", (pace,))
    assert s.sides[1].pace is not None
    assert (s.sides[1].pace.path, s.sides[1].pace.parameters) == ("parties.RUS.pace", (0.5,))


def test_a_leader_has_no_pace_and_one_that_is_stated_is_odd(sample: str, edit: Edit) -> None:
    text = edit(sample, (NATO, "decides: {leader: USA}, pace: 0.7"), ("parties: [USA, RUS], ", ""))
    assert loads(text).sides[0].pace is None
    assert "sides.nato.pace" not in quantities(loads(text))


def test_the_odd_pace_is_told_with_its_place(sample: str, edit: Edit, tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(edit(sample, (NATO, "decides: {leader: USA}, pace: 0.7")), encoding="utf-8")
    scenario, errors, warnings = examine(file)
    assert isinstance(scenario, Scenario)
    assert errors == ()
    assert "17:53: pace has no effect: the side 'nato' decides by its leader, and nobody else must be content" in [
        str(one).rpartition("f.yaml:")[2] for one in warnings
    ]


MISTAKES = {
    "pace above 1": (
        [(NATO, f"{NATO}, pace: 1.5")],
        "17:49: expected a number from 0 to 1 for the pace (the share of the weight that must be content), found 1.5",
    ),
    "pace of a party that has a side": (
        [("weight: 0.5", "weight: 0.5, pace: 1")],
        "25:45: 'pace' belongs to the side 'nato', not to a party that has a side",
    ),
    "deadline of a party that has a side": (
        [("weight: 0.5", "weight: 0.5, deadline: 2022-02-01")],
        "25:45: 'deadline' belongs to the side 'nato', not to a party that has a side",
    ),
    "deadline before the start": (
        [("issues:", "deadline: 2022-01-09\nissues:")],
        "6:11: the deadline 2022-01-09 lies before the start 2022-01-10",
    ),
    "deadline of a side before the start": (
        [(NATO, f"{NATO}, deadline: 2021-01-09")],
        "17:53: the deadline of 'nato' 2021-01-09 lies before the start 2022-01-10",
    ),
    "deadline that is no date": (
        [("issues:", "deadline: soon\nissues:")],
        "6:11: expected a date YYYY-MM-DD or {days: N} for the deadline, found 'soon'",
    ),
    "distribution without days": (
        [("issues:", "deadline: {uniform: [40, 90]}\nissues:")],
        "6:11: expected a date (YYYY-MM-DD) or {days: ...} for the deadline, found a mapping (uniform); put it inside",
    ),
    "misspelt": (
        [("issues:", "dedline: 2022-03-01\nissues:")],
        "6:1: unknown key 'dedline' in a scenario; did you mean 'deadline'?",
    ),
    "effect on a deadline that nobody stated": (
        [("RUS.reservation: 0.03", "deadline: {days: 5}")],
        "32:34: there is no deadline for the effect on it; state one, or change 'end'",
    ),
    "effect on the deadline of a side that has none": (
        [("RUS.reservation: 0.03", "nato.deadline: {days: 5}")],
        "32:34: 'nato' has no deadline of its own for the effect on 'nato.deadline'; state one",
    ),
    "effect on the pace under a leader": (
        [("RUS.reservation: 0.03", "nato.pace: 0.1"), (NATO, "decides: {leader: USA}")],
        "32:34: the side 'nato' decides by its leader, so it has no pace to change",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_place(name: str, sample: str, edit: Edit, complaints: Complaints) -> None:
    edits, expected = MISTAKES[name]
    assert complaints(edit(sample, *edits)) == [f"f.yaml:{expected}"]


@pytest.mark.parametrize(
    ("effect", "path", "how", "amount"),
    [
        ("deadline: {days: 5}", "deadline.days", "add", 5.0),
        ("deadline: -5", "deadline.days", "add", -5.0),
        ("deadline: {set: 2022-02-01}", "deadline.days", "set", 22.0),
        ("nato.deadline: {set: {days: 9}}", "sides.nato.deadline.days", "set", 9.0),
        ("sides.nato.deadline: 3", "sides.nato.deadline.days", "add", 3.0),
        ("RUS.deadline: {days: 3}", "parties.RUS.deadline.days", "add", 3.0),
        ("parties.RUS.deadline: {days: 3}", "parties.RUS.deadline.days", "add", 3.0),
        ("nato.pace: 0.2", "sides.nato.pace", "add", 0.2),
        ("nato.pace: {set: 1}", "sides.nato.pace", "set", 1.0),
        ("RUS.pace: {times: 2}", "parties.RUS.pace", "times", 2.0),
    ],
)
def test_events_reach_deadlines_and_the_pace(
    sample: str, edit: Edit, effect: str, path: str, how: str, amount: float
) -> None:
    text = edit(
        sample,
        ("RUS.reservation: 0.03", effect),
        ("issues:", "deadline: {days: 60}\nissues:"),
        (NATO, f"{NATO}, deadline: 2022-03-01"),
        (RUS, f"{RUS}\n    deadline: {{days: {{uniform: [30, 60]}}}}"),
    )
    (made,) = loads(text).events[0].effects
    assert (made.path, made.how, made.amount.parameters) == (path, how, (amount,))


@pytest.mark.parametrize(
    ("change", "path", "parameters"),
    [
        ("deadline=2022-03-01", "deadline.days", (50.0,)),
        ("deadline.days={uniform: [40, 90]}", "deadline.days", (40.0, 90.0)),
        ("sides.nato.deadline=2022-03-01", "sides.nato.deadline.days", (50.0,)),
        ("sides.nato.deadline.days=12", "sides.nato.deadline.days", (12.0,)),
        ("parties.RUS.deadline={days: 12}", "parties.RUS.deadline.days", (12.0,)),
        ("sides.nato.pace=0.8", "sides.nato.pace", (0.8,)),
        ("parties.RUS.pace={uniform: [0.4, 1]}", "parties.RUS.pace", (0.4, 1.0)),
    ],
)
def test_a_change_reaches_them(sample: str, change: str, path: str, parameters: tuple[float, ...]) -> None:
    assert quantities(loads(sample, changes=[change]))[path].parameters == parameters
