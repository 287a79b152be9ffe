"""Playing a run block by block, in this process or on any executor of `concurrent.futures`."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np

from sim.scenario.model import Scenario
from sim.sweeps.summary import Summary, summarise
from sim.talks.calendar import talk
from sim.talks.endings import Endings, conclude
from sim.talks.statistics import Statistics

BATCH = 1024
"""Worlds that are played at once. Results do not depend on it."""


@dataclass(slots=True)
class Block:
    """Worlds that have been played together: a row a world, and their summary."""

    ended: Endings
    summary: Summary


def play(scenario: Scenario, seed: int, first: int, last: int) -> Block:
    """Play the worlds from `first` up to, not including, `last`."""
    statistics = Statistics(scenario)
    state = talk(scenario, seed, np.arange(first, last, dtype=np.int64), [statistics])
    ended = conclude(scenario, state)
    return Block(ended, summarise(scenario, ended, statistics.slots))


def blocks(
    scenario: Scenario, seed: int, worlds: int, executor: Executor | None = None, batch: int = BATCH, ahead: int = 4
) -> Iterator[Block]:
    """Play `worlds` worlds and yield the blocks in order.

    Parameters
    ----------
    scenario, seed, worlds
        What to play.
    executor
        Where to play it; None: here.
    batch
        Worlds in a block.
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
