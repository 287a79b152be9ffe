"""A stretch of worlds as an executor plays it: block after block, gathered where it is played and sent back small.

What comes back is rows, compressed, and one merged summary: most of its counts are zero, and it is as large for one
world as for many. So the longer a stretch, the fewer bytes a world reach the process that gathers.
"""

from __future__ import annotations

import pickle
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
import polars as pl

from sim.scenario.model import Scenario
from sim.sweeps.blocks import Block, blocks

_PARTS = 4
"""Stretches for every worker, at least, where there are blocks enough: none waits long for the last."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A block on its way.

    Attributes
    ----------
    rows
        Arrow, compressed by Zstandard, but for the columns of numbers.
    numbers
        These, each with what it knows, byte by byte: first bytes of all, then second ones. The last bytes of a number
        are as good as random, the first ones are alike, and only what is alike lies together can be compressed.
    summary
        Pickled, compressed by zlib.
    """

    rows: bytes
    numbers: bytes
    summary: bytes

    @classmethod
    def of(cls, block: Block) -> Packed:
        """Pack a block."""
        table = block.rows
        numbers = [column for column in table.iter_columns() if column.dtype == pl.Float64]
        known = np.concatenate([column.drop_nulls().to_numpy() for column in numbers] or [np.zeros(0)])
        kept = table.with_columns(column.is_not_null() for column in numbers)
        rows = BytesIO()
        kept.write_ipc(rows, compression="zstd")
        # First bytes of all numbers together, then the second ones: alike bytes side by side pack to half the size.
        # Nothing is rounded; `unpacked` must take them apart in the same order, on a machine of the same byte order.
        bytes_ = np.ascontiguousarray(known.view(np.uint8).reshape(-1, 8).T).tobytes()
        return cls(
            rows.getvalue(),
            zlib.compress(bytes_, 1),
            zlib.compress(pickle.dumps((table.schema, block.summary), pickle.HIGHEST_PROTOCOL)),
        )

    def unpacked(self) -> Block:
        """The block as it was."""
        schema, summary = pickle.loads(zlib.decompress(self.summary))
        kept = pl.read_ipc(self.rows)
        planes = np.frombuffer(zlib.decompress(self.numbers), dtype=np.uint8).reshape(8, -1)
        known = np.ascontiguousarray(planes.T).view(np.float64).reshape(-1)
        columns, first = [], 0
        for name, kind in schema.items():
            column = kept[name]
            if kind == pl.Float64:
                there = column.to_numpy()
                last = first + int(np.count_nonzero(there))
                values = np.zeros(len(there))
                values[there] = known[first:last]
                column = (
                    pl.Series(name, values).set(~column, None) if last - first < len(there) else pl.Series(name, values)
                )
                first = last
            columns.append(column)
        return Block(pl.DataFrame(columns), summary)


def play_stretch(scenario: bytes, seed: int, first: int, last: int, batch: int) -> Packed:
    """Play the worlds of a pickled scenario from `first` up to, not including, `last`, so many at once."""
    played = list(blocks(_unpickled(scenario), seed, first, last, batch))
    summary = played[0].summary
    for block in played[1:]:
        summary.merge(block.summary)
    return Packed.of(Block(pl.concat([block.rows for block in played]), summary))


def stretch(worlds: int, batch: int, workers: int, most: int) -> int:
    """How many worlds, whole batches of them, to give a worker at a time, at most about so many."""
    return batch * max(1, min(most // batch, worlds // (batch * workers * _PARTS)))


def stretches(
    scenario: Scenario, seed: int, worlds: int, batch: int, executor: Executor, workers: int, most: int
) -> Iterator[Block]:
    """Play `worlds` worlds on an executor and yield what comes back, in order.

    Parameters
    ----------
    scenario, seed, worlds
        What to play.
    batch
        Worlds in a block.
    executor, workers
        Where to play it, and how many tasks are done there at a time. Twice as many and two wait to be taken, so that
        memory stays bounded.
    most
        Worlds in a stretch.
    """
    length, text = stretch(worlds, batch, workers, most), pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL)
    waiting: deque[Future[Packed]] = deque()
    try:
        for first in range(0, worlds, length):
            waiting.append(executor.submit(play_stretch, text, seed, first, min(first + length, worlds), batch))
            if len(waiting) >= 2 * workers + 2:
                yield waiting.popleft().result().unpacked()
        while waiting:
            yield waiting.popleft().result().unpacked()
    finally:
        for future in waiting:
            future.cancel()


@lru_cache(maxsize=4)
def _unpickled(scenario: bytes) -> Scenario:
    """One object for one text, so that what is worked out of a scenario once is known again."""
    found: Scenario = pickle.loads(scenario)
    return found
