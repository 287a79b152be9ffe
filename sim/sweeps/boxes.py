"""Boxes: parts of what was varied, in plain conditions, and how well they hold what was looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools
from sim.sweeps.intervals import wilson
from sim.sweeps.reading import shown
from sim.sweeps.sweep import Sweep

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Limit:
    """One condition of a box: a path between two values, or among some words; an end that is not set is None.

    `p` is the probability of so dense a box if this path did not matter (quasi-p-value; PRIM only).
    """

    path: str
    low: float | str | None = None
    high: float | str | None = None
    words: tuple[str, ...] = ()
    p: float | None = None

    def __str__(self) -> str:
        if self.words:
            return f"{self.path} is {' or '.join(self.words)}"
        low, high = (None if end is None else shown(end) for end in (self.low, self.high))
        if low is None:
            return f"{self.path} at most {high}"
        return f"{self.path} at least {low}" if high is None else f"{self.path} from {low} to {high}"

    def numbers(self) -> tuple[float, float]:
        """Its ends as `varied_numbers` has them, infinite where they are not set."""
        low, high = _number(self.low), _number(self.high)
        return (-np.inf if low is None else low), (np.inf if high is None else high)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of what was varied.

    Attributes
    ----------
    limits
        Its conditions; all must hold.
    points
        Points in it.
    coverage, density
        Share of the points above the level that lie in it; share of its points that lie above the level.
    density_low, density_high
        95 % interval of the density (Wilson).
    mean
        Mean of the outcome over its points.
    """

    limits: tuple[Limit, ...]
    points: int
    coverage: float
    density: float
    density_low: float
    density_high: float
    mean: float

    def __str__(self) -> str:
        return " and ".join(map(str, self.limits)) or "everywhere"


def of_file(swept: Sweep, path: str, number: float | None) -> float | str | None:
    """A number of `varied_numbers` as it stands in the file."""
    if number is None or swept.points[path].dtype.is_numeric():
        return number
    return date.fromordinal(_EPOCH + round(number)).isoformat()


def inside_of(swept: Sweep, numbers: NDArray[np.float64], limits: Sequence[Limit]) -> Bools:
    """Which points fulfil the conditions; `numbers` as `varied_numbers` gives them, shape (points, paths)."""
    inside = np.ones(len(numbers), dtype=bool)
    for limit in limits:
        if limit.words:
            inside &= swept.points[limit.path].is_in(limit.words).to_numpy()
            continue
        column = numbers[:, swept.paths.index(limit.path)]
        low, high = limit.numbers()
        inside &= (column >= low) & (column <= high)
    return inside


def _number(end: float | str | None) -> float | None:
    return date.fromisoformat(end).toordinal() - float(_EPOCH) if isinstance(end, str) else end


def box_of(limits: tuple[Limit, ...], inside: Bools, wanted: Bools, values: NDArray[np.float64]) -> Box:
    """Measure a box: the points `inside` it against those `wanted`, and the mean of the outcome's `values`."""
    points, cases = int(inside.sum()), int((inside & wanted).sum())
    low, high = wilson(cases, points)
    mean = float(values[inside].mean()) if points else float("nan")
    return Box(limits, points, cases / int(wanted.sum()), cases / max(points, 1), low, high, mean)
