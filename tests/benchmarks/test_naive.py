"""The engine and the naive program, written apart from one set of rules, play every world alike."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import numpy as np
import pytest
from benchmarks.naive import Ending, Move, play
from benchmarks.random_scenarios import random_scenario

from sim.scenario.loading import load, loads
from sim.scenario.model import Scenario
from sim.talks.calendar import talk
from sim.talks.record.endings import OUTCOMES, conclude
from sim.trace.minutes import Minutes
from sim.trace.recorder import trace


def engine(scenario: Scenario, seed: int, first: int, last: int) -> list[Ending]:
    """The same worlds as the engine plays them, in one block."""
    ended = conclude(scenario, talk(scenario, seed, np.arange(first, last)))
    return [
        Ending(
            OUTCOMES[ended.outcome[w]],
            int(ended.day[w]),
            tuple(ended.package[:, w].tolist()) if ended.settled[:, w].any() else None,
            int(ended.meetings[w]),
            int(ended.rounds[w]),
            None if np.isnan(ended.gap[w]) else float(ended.gap[w]),
            ended.utility[:, w].tolist(),
            set(zip(*map(list, ended.blocks[:, :, w].nonzero()), strict=True)),
            [],
        )
        for w in range(last - first)
    ]


def moves(minutes: Minutes) -> list[Move]:
    """What the sides did in a traced world, but for walking out."""
    scenario = minutes.scenario
    sides = [side.id for side in scenario.sides]
    told = []
    for meeting in minutes.as_json()["meetings"]:
        day = (date.fromisoformat(meeting["date"]) - scenario.start).days
        for one in meeting["rounds"]:
            for move in one["moves"]:
                offer = None
                if move["act"] in ("offer", "counter"):
                    offer = tuple(
                        [option.id for option in issue.options].index(move["package"][issue.id])
                        for issue in scenario.issues
                    )
                told.append(Move(day, one["round"], sides.index(move["side"]), move["act"], offer))
    return [move for move in told if move.act != "walk_out"]


def assert_same(scenario: Scenario, seed: int, first: int, last: int) -> list[Ending]:
    """Assert that both end all worlds alike; how they ended."""
    plain, ours = play(scenario, seed, first, last), engine(scenario, seed, first, last)
    for world, (one, other) in enumerate(zip(plain, ours, strict=True), first):
        where = f"world {world}"
        assert other.outcome == one.outcome, where
        assert other.day == one.day, where
        assert other.package == one.package, where
        assert (other.meetings, other.rounds) == (one.meetings, one.rounds), where
        assert other.gap == pytest.approx(one.gap, abs=1e-9), where
        assert other.utilities == pytest.approx(one.utilities, abs=1e-9), where
        assert other.blockers == one.blockers, where
    return ours


@pytest.mark.parametrize("name", ["price_haggle", "four_issue_trade"])
def test_the_teaching_scenarios_end_alike_in_every_world(name: str) -> None:
    assert_same(load(name), 5, 0, 60)


def test_the_founding_scenario_ends_alike_in_every_world() -> None:
    assert_same(load("nato_russia_2022"), 0, 0, 60)


@pytest.mark.slow
def test_the_founding_scenario_ends_alike_in_hundreds_of_worlds() -> None:
    outcomes = Counter(ending.outcome for ending in assert_same(load("nato_russia_2022"), 0, 60, 500))
    assert len(outcomes) >= 3


def test_random_scenarios_end_alike() -> None:
    outcomes: Counter[str] = Counter()
    for number in range(150):
        scenario = loads(random_scenario(random.Random(number)), f"random_{number}")
        outcomes.update(ending.outcome for ending in assert_same(scenario, number, 0, 6))
    assert outcomes.keys() >= {"agreement", "partial", "talks_continue", "impasse", "breakdown"}


def test_minutes_of_random_scenarios_tell_the_same_moves() -> None:
    acts: Counter[str] = Counter()
    for number in range(60):
        scenario = loads(random_scenario(random.Random(number)), f"random_{number}")
        told = moves(trace(scenario, 3, number))
        assert told == play(scenario, number, 3, 4)[0].moves, f"scenario {number}"
        acts.update(move.act for move in told)
    assert acts.keys() == {"offer", "counter", "accept", "defer", "reject"}


@pytest.mark.slow
def test_many_more_random_scenarios_end_alike() -> None:
    for number in range(150, 1000):
        scenario = loads(random_scenario(random.Random(number)), f"random_{number}")
        assert_same(scenario, number, 0, 16)


def test_a_world_ends_alike_in_blocks_of_any_size() -> None:
    """Where worlds differ in the number of their follow-up on one day, each still meets but once on it."""
    scenario = load("nato_russia_2022")
    apart = [ending for first in range(0, 208, 16) for ending in engine(scenario, 0, first, first + 16)]
    assert engine(scenario, 0, 0, 208) == apart
