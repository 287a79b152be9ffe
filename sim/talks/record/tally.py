"""Summaries over worlds that take no memory a world and come out the same whatever the batches.

Quantiles come from counts in a thousand fixed bins on [0, 1], means from sums of whole numbers (values in units of
2^-36), which add up the same in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats

BINS = 1000
_UNIT = 2.0**36


@dataclass(slots=True)
class Tally:
    """Counts and sums of several measures over worlds.

    Attributes
    ----------
    bins
        Shape (measures, BINS).
    count
        Values counted, shape (measures,).
    units
        Their sums in units of 2^-36, shape (measures,).
    """

    bins: NDArray[np.int32]
    count: NDArray[np.int64]
    units: NDArray[np.int64]

    @classmethod
    def empty(cls, measures: int) -> Tally:
        """A tally of nothing."""
        return cls(
            np.zeros((measures, BINS), dtype=np.int32),  # worlds are fewer (`sim.scenario.limits`)
            np.zeros(measures, dtype=np.int64),
            np.zeros(measures, dtype=np.int64),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without the bins that are empty: most are, and a run sends a tally for every round it has held."""
        bins = self.bins.reshape(-1)
        place = np.flatnonzero(bins)
        steps, counts = np.diff(place, prepend=0), bins[place]
        small = (one.astype(np.min_scalar_type(int(one.max(initial=0)))) for one in (steps, counts))
        return _full, (len(self.bins), *small, self.count, self.units)

    def add(self, values: Floats) -> None:
        """Count values in [0, 1], shape (measures, worlds); nan is not counted."""
        unknown = np.isnan(values)
        some = bool(unknown.any())
        if some:
            values = np.where(unknown, 0.0, values)
        place = (values * BINS).astype(np.intp)
        np.minimum(place, BINS - 1, out=place)
        place += np.arange(len(values))[:, None] * BINS
        counts = np.bincount((place[~unknown] if some else place).reshape(-1), minlength=self.bins.size)
        self.bins += counts.reshape(self.bins.shape).astype(np.int32)
        self.count += values.shape[1] - np.count_nonzero(unknown, axis=1) if some else values.shape[1]
        units = values * _UNIT
        np.rint(units, out=units)
        self.units += np.add.reduce(units, axis=1).astype(np.int64)  # exact below 2^53, which takes 131,072 worlds

    def merge(self, other: Tally) -> None:
        """Add another tally of the same measures."""
        self.bins += other.bins
        self.count += other.count
        self.units += other.units

    def means(self) -> Floats:
        """Mean of each measure, nan where nothing was counted."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.units / _UNIT / np.where(self.count > 0, self.count, np.nan))

    def quantile(self, share: float) -> Floats:
        """The middle of the bin in which the quantile lies, nan where nothing was counted."""
        reached = np.cumsum(self.bins, axis=1) >= np.ceil(np.maximum(share * self.count, 1))[:, None]
        middle = (np.argmax(reached, axis=1) + 0.5) / BINS
        return np.where(self.count > 0, middle, np.nan)


def _full(
    measures: int,
    steps: NDArray[np.unsignedinteger],
    counts: NDArray[np.unsignedinteger],
    count: NDArray[np.int64],
    units: NDArray[np.int64],
) -> Tally:
    """The tally that was pickled: how far it is from one bin that is not empty to the next, and what is in them."""
    tally = Tally(np.zeros((measures, BINS), dtype=np.int32), count, units)
    tally.bins.reshape(-1)[np.cumsum(steps, dtype=np.intp)] = counts
    return tally
