"""Going on without the worlds whose meeting is over, and valuing offers only when asked, change no outcome."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from benchmarks.made import bilateral, crowd
from benchmarks.random_scenarios import random_scenario

from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.talks.play import play
from sim.talks.protocols import live
from sim.talks.record.statistics import Statistics


def made(name: str) -> Scenario:
    if name == "two parties":
        return bilateral("ladder", rounds=30)
    if name == "five parties":
        return crowd(5, 3, 4, rounds=40)
    return loads(random_scenario(random.Random(int(name))), name)


def outcome(scenario: Scenario, watched: bool) -> dict[str, Any]:
    statistics = Statistics(scenario)
    ended = play(scenario, 3, np.arange(150), [statistics] if watched else [])
    found: dict[str, Any] = {name: getattr(ended, name) for name in ended.__dataclass_fields__}
    for key, slot in statistics.slots.items():
        found[f"bins {key}"], found[f"units {key}"] = slot.tally.bins, slot.tally.units
        found[f"worlds {key}"] = np.array(slot.worlds)
    return found


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    arrays = [name for name, value in one.items() if isinstance(value, np.ndarray)]
    return all(np.array_equal(one[name], other[name], equal_nan=True) for name in arrays)


NAMES = ["two parties", "five parties", *map(str, range(1200, 1225))]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_depends_on_going_on_without_worlds_that_have_agreed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = made(name)
    monkeypatch.setattr(live, "_LEAST_WORLDS", 10**9)
    whole = outcome(scenario, watched=True)
    monkeypatch.setattr(live, "_LEAST_WORLDS", 2)
    monkeypatch.setattr(live, "_LEAST_ROUNDS", 1)
    parted = outcome(scenario, watched=True)
    assert whole.keys() == parted.keys()
    assert same(whole, parted)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_depends_on_when_offers_are_valued(name: str) -> None:
    scenario = made(name)
    assert same(outcome(scenario, watched=False), outcome(scenario, watched=True))


def test_worlds_that_have_agreed_are_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    parted: list[tuple[int, int]] = []

    def part(sitting: Any, table: Any, at: Any) -> Any:
        parted.append((len(sitting.cohort), len(at)))
        return kept(sitting, table, at)

    kept = live.part
    monkeypatch.setattr("sim.talks.protocols.alternating.part", part)
    play(bilateral("ladder", rounds=30), 0, np.arange(2000))
    assert parted
    assert all(2 * left <= count for count, left in parted)
