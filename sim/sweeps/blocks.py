"""Playing a run block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, prod

import numpy as np
import polars as pl

from sim.scenario.model import Scenario
from sim.sweeps.aside import Second
from sim.sweeps.possible import Asking, ask, count_possible, zone_of
from sim.sweeps.summary import Summary, summarise
from sim.sweeps.tables import world_table
from sim.talks.play import play as play_worlds
from sim.talks.record.statistics import Statistics

_LEAST, _MOST = 512, 8192
_OF_ONE, _OF_ALL = 300_000, 8_400_000
"""Fewest and most worlds that are played at once, and how many numbers it takes at most to hold what options are worth
in them to one party (2.4 MB) and to all (67 MB)."""

_EVER_OF_ONE, _EVER_OF_ALL = 10_240_000, 50_000_000
"""The same, beyond which not even the fewest worlds are played at once (82 MB, 400 MB)."""


@dataclass(slots=True)
class Block:
    """Worlds that have been played together: a row a world, and their summary."""

    rows: pl.DataFrame
    summary: Summary


def play(scenario: Scenario, seed: int, first: int, last: int, second: Second | None = None) -> Block:
    """Play the worlds from `first` up to, not including, `last`; what was possible is asked by a second process."""
    statistics, worlds = Statistics(scenario), np.arange(first, last, dtype=np.int64)
    if not second:
        asking = Asking(scenario)
        ended = play_worlds(scenario, seed, worlds, [statistics, asking])
    else:
        asked = second.begin(ask, scenario, seed, first, last)
        ended = play_worlds(scenario, seed, worlds, [statistics])
        asking = asked()
    summary = summarise(scenario, ended, statistics.slots, count_possible(scenario, ended, asking))
    return Block(world_table(scenario, ended, zone_of(ended, asking)), summary)


def fitting(scenario: Scenario, worlds: int, workers: int = 1) -> int:
    """How many of so many worlds to play at once; results do not depend on it.

    Enough that what a step costs whatever the number of worlds is spread over many, few enough for the caches; and as
    many blocks for every worker.
    """
    options = _options(scenario)
    room = min(_OF_ONE // options, _OF_ALL // (options * len(scenario.parties)))
    most = min(max(room, _LEAST), _MOST, bearable(scenario))
    rounds = ceil(worlds / (most * workers))
    return ceil(worlds / (rounds * workers))


def bearable(scenario: Scenario) -> int:
    """How many worlds memory bears at once, whatever is asked for."""
    options = _options(scenario)
    return max(1, min(_EVER_OF_ONE // options, _EVER_OF_ALL // (options * len(scenario.parties))))


def _options(scenario: Scenario) -> int:
    """How many numbers it takes to say what there is to choose from is worth to a party in a world."""
    counts = [len(issue.options) for issue in scenario.issues]
    by_ladder = all(side.offering == "ladder" for side in scenario.sides)
    return sum(counts) if by_ladder else sum(counts) + prod(counts)


def blocks(
    scenario: Scenario, seed: int, first: int, last: int, batch: int, second: Second | None = None
) -> Iterator[Block]:
    """Play the worlds from `first` up to, not including, `last`, so many at once, and yield the blocks in order.

    What was possible in them is asked by a second process, if there is one.
    """
    for start in range(first, last, batch):
        yield play(scenario, seed, start, min(start + batch, last), second)
