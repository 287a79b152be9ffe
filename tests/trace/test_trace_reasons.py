"""The reason of every answer is true: who objects and why, who holds out, who is for it; worked out in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from plain import TOLERANCE, Package, PlainWorld
from strategies import Plain, load_plain, patient, scenarios

from sim.report.words.world.effects import subject
from sim.report.words.world.moves import answered
from sim.report.words.world.verdicts import needed
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.trace.minutes import MeetingMinutes, Minutes, Move
from sim.trace.notes import Called, Happened, Note
from sim.trace.recorder import trace

EXPONENTIAL = ("boulware", "linear", "conceder", "exponent", "time")


def codes(scenario: Scenario, package: dict[str, str]) -> Package:
    return tuple(issue.index(package[issue.id]) for issue in scenario.issues)


def as_it_went(minutes: Minutes) -> Iterator[tuple[MeetingMinutes | Note, PlainWorld]]:
    """Meetings and notes, each with the world as it was then; for an event, as it is after it."""
    world = PlainWorld(minutes.scenario, minutes.world, minutes.seed)
    events = {event.title: event for event in minutes.scenario.events}
    for entry in minutes.entries:
        if isinstance(entry, Happened):
            world.happens(events[entry.title])
        yield entry, world


def answers(meeting: MeetingMinutes) -> Iterator[tuple[Move, dict[str, str] | None, float]]:
    """Every move of a meeting with the offer that lay on the table before it, and the time by its side's clock."""
    table: dict[str, str] | None = None
    for one in meeting.rounds:
        for move in one.moves:
            yield move, table, one.clocks.get(move.side, one.time)
            if move.act in ("offer", "counter"):
                table = move.package


def demand(world: PlainWorld, p: int, time: float) -> float | None:
    """What a party demands with all issues on the table; None where its policy is another."""
    party = world.scenario.parties[p]
    numbers = dict(party.concession.numbers)
    if party.concession.name not in EXPONENTIAL or set(numbers) != {"exponent"}:
        return None
    allowed = [
        [world.worth(p, j, k) for k in range(len(issue.options)) if not world.red_line(p, j, k)]
        for j, issue in enumerate(world.scenario.issues)
    ]
    if not all(allowed):
        return None
    best, reservation = sum(map(max, allowed)), world.reservation(p)
    floor = max(reservation, sum(map(min, allowed)))
    exponent = max(world.values[numbers["exponent"].path], 0.0)
    return max(reservation, best - (best - floor) * time**exponent)


def check_verdict(world: PlainWorld, told: Any, package: Package, present: set[int], whole: bool, time: float) -> None:
    scenario = world.scenario
    index = {party.id: p for p, party in enumerate(scenario.parties)}
    assert [index[name] for name in told.members] == sorted(index[name] for name in told.members)
    members = {index[name] for name in told.members}
    assert members <= present
    judged = [one.party for one in (*told.objections, *told.holds_out)] + list(told.in_favour)
    assert sorted(judged) == sorted(told.members)
    assert {index[one.party] for one in told.objections} == {p for p in members if world.objects(p, package)}
    for one in told.objections:
        p = index[one.party]
        crossed = {
            issue.id: issue.options[package[j]].id
            for j, issue in enumerate(scenario.issues)
            if world.red_line(p, j, package[j])
        }
        assert one.red_lines == crossed
        assert one.utility == pytest.approx(world.utility(p, package), abs=1e-9)
        assert one.reservation == pytest.approx(world.reservation(p), abs=1e-9)
        assert one.shortfall == pytest.approx(max(world.reservation(p) - world.utility(p, package), 0.0), abs=1e-9)
        assert crossed or one.shortfall > TOLERANCE
    for one in told.holds_out:
        assert one.utility == pytest.approx(world.utility(index[one.party], package), abs=1e-9)
        assert one.utility < one.demands - TOLERANCE / 2
        known = demand(world, index[one.party], time) if whole else None
        assert known is None or one.demands == pytest.approx(known, abs=1e-9)
    for name in told.in_favour:
        known = demand(world, index[name], time) if whole else None
        assert known is None or world.utility(index[name], package) >= known - 2 * TOLERANCE
    weights = {p: max(0.0, world.values[scenario.parties[p].weight.path]) for p in members}
    backing = sum(weights[index[name]] for name in told.in_favour)
    assert told.support == pytest.approx(backing / sum(weights.values()) if any(weights.values()) else 0.0, abs=1e-9)


def check(minutes: Minutes) -> None:
    """Every answer and every reason of one world."""
    scenario = minutes.scenario
    index = {party.id: p for p, party in enumerate(scenario.parties)}
    side_of = {side.id: s for s, side in enumerate(scenario.sides)}
    for entry, world in as_it_went(minutes):
        if not isinstance(entry, MeetingMinutes):
            for change in entry.changes if isinstance(entry, Happened) else ():
                title, what = subject(scenario, change.path)
                if what == "reservation value":
                    owner = next(p for p, party in enumerate(scenario.parties) if party.title == title)
                    assert change.after == pytest.approx(world.reservation(owner), abs=1e-9)
            continue
        if entry.protocol != "alternating":
            continue
        present = {index[name] for name in entry.present}
        whole = len(entry.agenda) == len(scenario.issues)
        for move, table, time in answers(entry):
            side = side_of[move.side]
            here = [p for p in scenario.sides[side].members if p in present]
            if move.verdict is not None:
                assert table is not None
                package = codes(scenario, table)
                check_verdict(world, move.verdict, package, present, whole, time)
                objecting = {index[one.party] for one in move.verdict.objections}
                favouring = {index[name] for name in move.verdict.in_favour}
                assert (move.act == "accept") == world.decides(side, here, objecting, favouring)
                if move.act in ("defer", "reject"):
                    assert (move.act == "defer") == world.acceptable(side, package, here)
                told_of(scenario, move)
            if move.ground is not None and move.ground.verdict is not None:
                verdict, refused = move.ground.verdict, move.ground.refused
                assert refused is not None
                check_verdict(world, verdict, codes(scenario, refused), present, whole, time)
                objecting = {index[one.party] for one in verdict.objections}
                favouring = {index[name] for name in verdict.in_favour}
                assert not world.decides(side, here, objecting, favouring)


def told_of(scenario: Scenario, move: Move) -> None:
    """The words say what the numbers say."""
    assert move.verdict is not None
    answer = answered(scenario, move)
    titles = {party.id: party.title for party in scenario.parties}
    objections, count = move.verdict.objections, len(move.verdict.members)
    if not objections:
        assert "object" not in answer.replace(needed(move.verdict.needs), "")
    elif count == 1:
        assert answer.startswith("objects, as ")
        assert ("red line" in answer) == bool(objections[0].red_lines)
    elif len(objections) == count:
        assert answer.startswith("both object" if count == 2 else f"all {count} object")
    else:
        absent = [titles[name] for name in move.verdict.members if name not in {one.party for one in objections}]
        named = [titles[one.party] for one in objections]
        assert all(name in answer for name in named) or all(name in answer for name in absent)
    if move.verdict.holds_out:
        assert "out" in answer


@given(scenarios())
@patient(80)
def test_every_reason_is_true_in_generated_scenarios(plain: Plain) -> None:
    scenario = load_plain(plain)
    for world in range(3):
        check(trace(scenario, world))


@pytest.mark.parametrize(("name", "worlds"), [("nato_russia_2022", 4), ("price_haggle", 10), ("four_issue_trade", 10)])
def test_every_reason_is_true_in_bundled_scenarios(name: str, worlds: int, bundled: Path) -> None:
    scenario = load(bundled / f"{name}.yaml")
    for world in range(worlds):
        check(trace(scenario, world))


@given(scenarios())
@patient(60)
def test_who_puts_the_call_off_has_no_acceptable_rung_left(plain: Plain) -> None:
    scenario = load_plain(plain)
    ladders = all(side.offering == "ladder" and side.opponents.noise is None for side in scenario.sides)
    for k in range(2):
        minutes = trace(scenario, k)
        offers: dict[str, dict[str, str]] = {}
        for entry, world in as_it_went(minutes):
            if isinstance(entry, MeetingMinutes):
                for move in (move for one in entry.rounds for move in one.moves if move.act in ("offer", "counter")):
                    assert move.package is not None
                    offers[move.side] = move.package
                continue
            if not isinstance(entry, Called):
                continue
            assert set(entry.unwilling) == {side for side, said in entry.answers.items() if said == "defer"}
            assert entry.agreed == (not entry.unwilling)
            for s, side in enumerate(scenario.sides):
                if ladders and not minutes.settled and side.id in entry.unwilling:
                    rungs = world.ladder(s)
                    last = codes(scenario, offers[side.id]) if side.id in offers else None
                    later = rungs[rungs.index(last) + 1 :] if last in rungs else rungs[1:] if last else rungs
                    assert not any(world.acceptable(s, rung) for rung in later)
