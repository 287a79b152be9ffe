"""What one number of a sweep tells of the outcome, whatever the others are: means over tenths of the points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats

TENTHS = 10
"""So many groups of points; a number with fewer values has one group a value."""

FEWEST = 5
"""Of fewer points than this no interval is given."""


def means(numbers: Floats, values: Floats) -> tuple[Floats, Floats, Floats]:
    """Where each group lies, its mean, and half of the 95 % interval of that over its points; each (groups,).

    The interval is by the central limit theorem; NaN where there are fewer than `FEWEST` points in a group.

    Parameters
    ----------
    numbers
        What was varied, shape (points,).
    values
        The outcome, shape (points,).
    """
    levels, place = _groups(numbers)
    count = np.bincount(place)
    mean = np.bincount(place, values) / count
    squares = np.bincount(place, (values - mean[place]) ** 2)
    half = 1.96 * np.sqrt(squares / np.maximum(count - 1, 1) / count)
    return levels, mean, np.where(count >= FEWEST, half, np.nan)


def explained(numbers: Floats, values: Floats) -> float:
    """Share of the variance of the outcome that lies between groups of points."""
    _, place = _groups(numbers)
    count = np.bincount(place)
    mean = np.bincount(place, values) / count
    whole = float(np.sum((values - values.mean()) ** 2))
    return float(np.sum(count * (mean - values.mean()) ** 2) / max(whole, 1e-30))


def _groups(numbers: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Where each group lies, and the group of each point: by value, or by tenths of the points where these are many."""
    levels, place = np.unique(numbers, return_inverse=True)
    if len(levels) <= TENTHS:
        return levels, np.asarray(place, dtype=np.intp)
    rank = np.argsort(np.argsort(numbers, kind="stable"), kind="stable")
    tenth = np.asarray(rank * TENTHS // len(numbers), dtype=np.intp)
    return np.bincount(tenth, numbers) / np.bincount(tenth), tenth
