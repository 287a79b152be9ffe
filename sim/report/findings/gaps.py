"""The total gap between the sides' offers over worlds, from its counts in bins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Counts
from sim.talks.record.tally import BINS


@dataclass(frozen=True, slots=True)
class Gaps:
    """Mean and standard deviation of the gap, and in how many worlds there is one; nan where there is none."""

    mean: float
    deviation: float
    worlds: int


def gaps(bins: Counts, closed: int = 0) -> Gaps:
    """The gap from its bins, shape (BINS,); `closed` worlds of the first bin, in which the gap closed, are left out."""
    counts = bins.copy()
    counts[0] -= closed
    worlds = int(counts.sum())
    if not worlds:
        return Gaps(float("nan"), float("nan"), 0)
    middle = (np.arange(BINS) + 0.5) / BINS
    middle[[0, -1]] = 0.0, 1.0
    mean = float(counts @ middle / worlds)
    return Gaps(mean, float(np.sqrt(counts @ (middle - mean) ** 2 / worlds)), worlds)
