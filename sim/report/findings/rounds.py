"""The table of rounds, arranged for drawing: a column for every round held, meeting by meeting."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.arrays.kinds import Floats

Key = tuple[str, str | None, str | None, str | None]
"""Measure, issue, side, party; None where not meant."""

LEVELS = ("mean", "q05", "q25", "q50", "q75", "q95")
_STEP = 0.0005
"""Quantiles are middles of bins of twice this: what is no more than this is zero."""


@dataclass(frozen=True, slots=True)
class Track:
    """One measure over the rounds; every array has shape (rounds,) and is nan where nothing was counted."""

    counted: NDArray[np.int64]
    levels: dict[str, Floats]

    @property
    def mean(self) -> Floats:
        """Mean over worlds."""
        return self.levels["mean"]

    def deviation(self, column: int) -> float:
        """The standard deviation over worlds in a round, from the quartiles as if it were normal."""
        return float(self.levels["q75"][column] - self.levels["q25"][column]) / 1.35


@dataclass(frozen=True, slots=True)
class Rounds:
    """Rounds in the order of the talks.

    Attributes
    ----------
    meetings
        Id of the meeting of each column.
    numbers
        Round within the meeting, from 1.
    worlds
        Worlds that held it.
    tracks
        Measures by key.
    """

    meetings: list[str]
    numbers: list[int]
    worlds: list[int]
    tracks: dict[Key, Track] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.meetings)

    @property
    def late(self) -> int:
        """The last round that at least half of the worlds held: what comes after is about the few that go on."""
        most = max(self.worlds)
        return max(k for k, held in enumerate(self.worlds) if 2 * held >= most)

    def track(self, measure: str, issue: str | None = None, side: str | None = None, party: str | None = None) -> Track:
        """One measure; all nan if it was not recorded."""
        found = self.tracks.get((measure, issue, side, party))
        if found is None:
            nothing = np.full(len(self), np.nan)
            return Track(np.zeros(len(self), dtype=np.int64), dict.fromkeys(LEVELS, nothing))
        return found

    def sittings(self) -> list[tuple[str, int, int]]:
        """Meetings as (id, first column, columns)."""
        result: list[tuple[str, int, int]] = []
        for k, (meeting, number) in enumerate(zip(self.meetings, self.numbers, strict=True)):
            if not result or result[-1][0] != meeting or number <= self.numbers[k - 1]:
                result.append((meeting, k, 0))
            name, first, columns = result[-1]
            result[-1] = (name, first, columns + 1)
        return result


def arrange(table: pl.DataFrame) -> Rounds:
    """Read the table of rounds (see `sim.sweeps.tables.round_table`)."""
    if table.is_empty():
        return Rounds([], [], [])
    held = table.select("meeting", "order", "round", "worlds").unique(["order", "round"], maintain_order=True)
    place = {(order, number): k for k, (_, order, number, _) in enumerate(held.iter_rows())}
    columns = table.select("order", "round").rows()
    at = np.array([place[column] for column in columns])
    values = {level: table[level].cast(pl.Float64).to_numpy().copy() for level in LEVELS}
    for level in LEVELS[1:]:
        values[level][values[level] <= _STEP + 1e-9] = 0.0
    counted = table["counted"].to_numpy()
    rows: dict[Key, list[int]] = {}
    for i, key in enumerate(table.select("measure", "issue", "side", "party").iter_rows()):
        rows.setdefault(key, []).append(i)
    tracks = {}
    for key, own in rows.items():
        where = at[own]
        counts = np.zeros(len(place), dtype=np.int64)
        counts[where] = counted[own]
        levels = {level: np.full(len(place), np.nan) for level in LEVELS}
        for level in LEVELS:
            levels[level][where] = values[level][own]
        tracks[key] = Track(counts, levels)
    return Rounds(held["meeting"].to_list(), held["round"].to_list(), held["worlds"].to_list(), tracks)
