"""Efficient packages of more than two sides: those that come out best for one weighting of the sides or another.

What maximises a sum in which every side has a positive weight is efficient (Geoffrion, 1968). The converse does not
hold: efficient packages that no weighting prefers are missed, so this is a sample of the frontier.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages
from sim.arrays.kinds import Bools, Floats

MOST_WEIGHTINGS, LEAST_WEIGHTINGS = 1_000, 50
_WORK = 100_000_000
"""Weightings times numbers that say what options are worth, at most; but never fewer than the least weightings."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What came out best.

    Attributes
    ----------
    weightings
        How many were tried.
    packages
        What came out best for one of them, each once, in the order of their options; shape (packages, issues).
    """

    weightings: int
    packages: Packages


def weighed(worth: Floats, exists: Bools) -> Weighed:
    """Try weightings of the sides, spread evenly over all that there are, the same ones every time.

    Parameters
    ----------
    worth
        Worth of options to the sides, which adds up over issues; shape (sides, issues, options).
    exists
        Shape (issues, options).
    """
    sides, issues, _ = worth.shape
    count = int(np.clip(_WORK // worth.size, LEAST_WEIGHTINGS, MOST_WEIGHTINGS))
    most = np.where(exists, worth, -np.inf).max(axis=2)
    least = np.where(exists, worth, np.inf).min(axis=2)
    span = (most - least).sum(axis=1)
    weights = _weights(count, sides) / np.where(span > 0.0, span, 1.0)
    packages = np.empty((count, issues), dtype=np.intp)
    for j in range(issues):
        total = weights @ worth[:, j]
        packages[:, j] = np.where(exists[j], total, -np.inf).argmax(axis=1)
    return Weighed(count, np.unique(packages, axis=0))


def _weights(count: int, sides: int) -> Floats:
    """Evenly spread over positive weights that sum to 1, shape (count, sides)."""
    raw = np.random.Philox(key=0).random_raw(count * sides).reshape(count, sides)
    drawn = -np.log((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 2.0**-54)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))
