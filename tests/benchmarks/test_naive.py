"""Three programs of one set of rules play every world alike: the engine, the plain and the naive one."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import Any

import pytest
from benchmarks.differential import Found, search
from benchmarks.naive import play
from benchmarks.random_scenarios import random_scenario
from benchmarks.random_votes import with_votes
from plain import Ending, negotiate
from plain_file import read, read_tree

import sim
from sim.scenario.loading import load, loads
from sim.scenario.quantities import quantities

OUTCOMES = {"agreement", "partial", "talks_continue", "impasse", "breakdown"}
ACTS = {"offer", "counter", "accept", "defer", "reject"}


def assert_same(one: Ending, other: Ending, where: str) -> None:
    """Assert that a world went and ended alike in two programs."""
    assert other.moves == one.moves, where
    assert other.outcome == one.outcome, where
    assert other.package == one.package, where
    assert (other.day, other.meetings, other.rounds) == (one.day, one.meetings, one.rounds), where
    assert other.gap == pytest.approx(one.gap, abs=1e-9), where
    assert other.utilities == pytest.approx(one.utilities, abs=1e-9), where
    assert other.refusals == one.refusals, where


def plainly_alike(first: int, last: int, worlds: int, votes: bool = False) -> Counter[str]:
    """Assert that the plain and the naive program play random scenarios alike; outcomes and acts."""
    met: Counter[str] = Counter()
    for number in range(first, last):
        text = random_scenario(random.Random(number))
        if votes:
            text = with_votes(text, random.Random(number))
        file = read_tree(json.loads(text))
        for world, other in enumerate(play(file, number, 0, worlds)):
            ending = negotiate(file, world, number)
            assert_same(ending, other, f"scenario {number}, world {world}")
            met[ending.outcome] += 1
            met.update(move.act for move in ending.moves)
    return met


def found_in(first: int, count: int, worlds: int, votes: bool = False) -> Found:
    """What holding the engine against the plain program comes to."""
    found = Found()
    for found in search(first, count, worlds, votes=votes):
        told = [(number, *map(str, differences[:3]), text) for number, text, differences in found.differences]
        assert not told, "\n".join(map(str, told[0]))
    return found


@pytest.mark.parametrize("name", ["price_haggle", "four_issue_trade", "nato_russia_2022"])
def test_the_plain_programs_read_the_numbers_that_the_program_reads(name: str) -> None:
    scenario = load(name)
    read_plainly, theirs = read(scenario).numbers, quantities(scenario)
    shared = read_plainly.keys() & theirs.keys()
    assert {path: read_plainly[path] for path in shared} == {path: theirs[path] for path in shared}
    lines = {path for path in read_plainly if ".red_lines." in path}  # certain ones are no numbers to the program
    assert read_plainly.keys() - lines <= theirs.keys()


def test_the_plain_and_the_naive_program_play_random_scenarios_alike() -> None:
    assert plainly_alike(0, 60, 2).keys() == OUTCOMES | ACTS


def test_the_three_programs_play_random_scenarios_with_votes_alike() -> None:
    plainly_alike(0, 10, 1, votes=True)
    found = found_in(0, 6, 1, votes=True)
    assert found.outcomes["agreement"] > 0


@pytest.mark.slow
def test_they_play_many_more_random_scenarios_with_votes_alike() -> None:
    plainly_alike(10, 800, 3, votes=True)
    found_in(6, 500, 3, votes=True)


@pytest.mark.slow
def test_they_play_many_more_random_scenarios_alike() -> None:
    plainly_alike(60, 2000, 6)


def test_the_engine_plays_random_scenarios_by_the_rules() -> None:
    found = found_in(0, 24, 3)
    assert found.outcomes.keys() >= OUTCOMES - {"partial"}
    assert found.acts.keys() == ACTS
    assert found.rounding <= 5


@pytest.mark.slow
def test_the_engine_plays_many_more_random_scenarios_by_the_rules() -> None:
    found = found_in(24, 1000, 6)
    assert found.outcomes.keys() == OUTCOMES
    assert found.rounding <= 100


def engine_and_naive(name: str, seed: int, worlds: int) -> Counter[str]:
    """Assert that a bundled scenario ends alike in all worlds; how they ended."""
    scenario: Any = load(name)
    rows = sim.run(scenario, worlds, seed).worlds.to_dicts()
    for world, (row, ending) in enumerate(zip(rows, play(scenario, seed, 0, worlds), strict=True)):
        where = f"world {world}"
        package = [row[f"package.{issue.id}"] for issue in scenario.issues]
        ids = [issue.options[k].id for issue, k in zip(scenario.issues, ending.package or (), strict=False)]
        assert package == (ids or [None] * len(package)), where
        assert row["outcome"] == ending.outcome, where
        assert (row["day"], row["meetings"], row["rounds"]) == (ending.day, ending.meetings, ending.rounds), where
        assert row["gap"] == pytest.approx(ending.gap, abs=1e-9), where
        utilities = [row[f"utility.{party.id}"] for party in scenario.parties]
        assert utilities == pytest.approx(ending.utilities, abs=1e-9), where
    return Counter(row["outcome"] for row in rows)


@pytest.mark.parametrize(("name", "worlds"), [("price_haggle", 20), ("four_issue_trade", 20), ("nato_russia_2022", 8)])
def test_bundled_scenarios_end_alike_in_every_world(name: str, worlds: int) -> None:
    engine_and_naive(name, 5, worlds)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["price_haggle", "four_issue_trade"])
def test_small_scenarios_end_alike_in_hundreds_of_worlds(name: str) -> None:
    engine_and_naive(name, 5, 300)


@pytest.mark.slow
def test_the_founding_scenario_ends_alike_in_hundreds_of_worlds() -> None:
    assert len(engine_and_naive("nato_russia_2022", 0, 400)) >= 3


def test_a_change_on_the_command_line_reaches_the_plain_programs() -> None:
    scenario = loads(
        json.dumps(
            {
                "format": 1,
                "title": "Two",
                "issues": {"x": {"options": ["a", "b"], "status_quo": "a"}},
                "parties": {"one": {"positions": {"x": "a"}}, "two": {"positions": {"x": "b"}, "concession": "linear"}},
            }
        ),
        "two.yaml",
        ["parties.two.reservation=0.25", "parties.two.concession.exponent=2", "meetings.meeting_1.rounds=3"],
    )
    file = read(scenario)
    assert file.parties[1].reservation.parameters == (0.25,)
    assert file.parties[1].exponent.parameters == (2.0,)
    assert file.meetings[0].rounds.parameters == (3.0,)


def test_a_world_ends_alike_in_blocks_of_any_size() -> None:
    """Where worlds differ in the number of their follow-up on one day, each still meets but once on it."""
    scenario = load("nato_russia_2022")
    whole = sim.run(scenario, 104).worlds
    assert sim.run(scenario, 104, batch=26).worlds.equals(whole)
