"""Playing a run block by block, in this process or on any executor of `concurrent.futures`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from math import ceil, prod

import numpy as np
from numpy.typing import NDArray

from sim.scenario.model import Scenario
from sim.sweeps.possible import Asking, count_possible, zone_of
from sim.sweeps.summary import Summary, summarise
from sim.talks.play import play as play_worlds
from sim.talks.record.endings import Endings
from sim.talks.record.statistics import Statistics

_LEAST, _MOST = 512, 8192
_OF_ONE, _OF_ALL = 300_000, 8_400_000
"""Fewest and most worlds that are played at once, and how many numbers it takes at most to hold what options are worth
in them to one party (2.4 MB) and to all (67 MB)."""


@dataclass(slots=True)
class Block:
    """Worlds that have been played together.

    Attributes
    ----------
    ended
        How each ended.
    zone
        Whether there was a deal to be had in each before any event: 1 or 0, -1 where it was not asked or could not be
        told; shape (worlds,).
    summary
        Counts over them.
    """

    ended: Endings
    zone: NDArray[np.int8]
    summary: Summary


def play(scenario: Scenario, seed: int, first: int, last: int) -> Block:
    """Play the worlds from `first` up to, not including, `last`."""
    statistics, asking = Statistics(scenario), Asking(scenario)
    ended = play_worlds(scenario, seed, np.arange(first, last, dtype=np.int64), [statistics, asking])
    return Block(
        ended,
        zone_of(ended, asking),
        summarise(scenario, ended, statistics.slots, count_possible(scenario, ended, asking)),
    )


def fitting(scenario: Scenario, worlds: int, workers: int = 1) -> int:
    """How many of so many worlds to play at once; results do not depend on it.

    Enough that what a step costs whatever the number of worlds is spread over many, few enough for the caches; and as
    many blocks for every worker.
    """
    counts = [len(issue.options) for issue in scenario.issues]
    by_ladder = all(side.offering == "ladder" for side in scenario.sides)
    options = sum(counts) if by_ladder else sum(counts) + prod(counts)
    room = min(_OF_ONE // options, _OF_ALL // (options * len(scenario.parties)))
    most = min(max(room, _LEAST), _MOST)
    rounds = ceil(worlds / (most * workers))
    return ceil(worlds / (rounds * workers))


def blocks(
    scenario: Scenario, seed: int, worlds: int, batch: int, executor: Executor | None = None, ahead: int = 4
) -> Iterator[Block]:
    """Play `worlds` worlds and yield the blocks in order.

    Parameters
    ----------
    scenario, seed, worlds
        What to play.
    batch
        Worlds in a block.
    executor
        Where to play it; None: here.
    ahead
        Blocks that may wait to be taken, so that memory stays bounded.
    """
    ranges = ((first, min(first + batch, worlds)) for first in range(0, worlds, batch))
    if executor is None:
        for first, last in ranges:
            yield play(scenario, seed, first, last)
        return
    waiting: deque[Future[Block]] = deque()
    try:
        for first, last in ranges:
            waiting.append(executor.submit(play, scenario, seed, first, last))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
