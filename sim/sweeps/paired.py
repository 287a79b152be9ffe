"""Differences between two runs, with 95 % intervals: of shares and of means, paired world by world or not."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.sweeps.intervals import wilson

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more the second has than the first, with its 95 % interval (nan where a sample is too small)."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves 0 out."""
        return self.low > 0.0 or self.high < 0.0


def paired_shares(both: int, first: int, second: int, neither: int) -> Difference:
    """Second share minus first share, of the same worlds.

    Newcombe (1998), "Improved confidence intervals for the difference between binomial proportions based on paired
    data", *Statistics in Medicine* 17, 2635-2650, method 10: the squared distances of the shares to the ends of their
    Wilson intervals are added as variances are, with the correlation phi of the two, of which a positive numerator is
    made smaller by half the number of worlds (not below 0).

    Parameters
    ----------
    both, first, second, neither
        Worlds in both, in the first alone, in the second alone, in neither.
    """
    total = both + first + second + neither
    if total == 0:
        return Difference(float("nan"), float("nan"), float("nan"))
    ones, others = both + first, both + second
    one, other = ones / total, others / total
    (low, high), (other_low, other_high) = wilson(ones, total), wilson(others, total)
    margins = ones * (total - ones) * others * (total - others)
    agreement = float(both * neither - first * second)
    if agreement > 0:
        agreement = max(agreement - total / 2, 0.0)
    phi = agreement / sqrt(margins) if margins else 0.0
    difference = other - one
    down = _added(other - other_low, high - one, phi)
    up = _added(other_high - other, one - low, phi)
    return Difference(difference, max(difference - down, -1.0), min(difference + up, 1.0))


def unpaired_shares(first: int, of_first: int, second: int, of_second: int) -> Difference:
    """Second share minus first share, of different worlds.

    Newcombe (1998), "Interval estimation for the difference between independent proportions", *Statistics in
    Medicine* 17, 873-890, method 10: as `paired_shares` without correlation.
    """
    if not of_first or not of_second:
        return Difference(float("nan"), float("nan"), float("nan"))
    one, other = first / of_first, second / of_second
    (low, high), (other_low, other_high) = wilson(first, of_first), wilson(second, of_second)
    difference = other - one
    down, up = _added(other - other_low, high - one, 0.0), _added(other_high - other, one - low, 0.0)
    return Difference(difference, difference - down, difference + up)


def paired_means(first: NDArray[np.float64], second: NDArray[np.float64]) -> Difference:
    """Mean of second minus first, world by world; nan in either is left out.

    The interval is the mean's by the central limit theorem, so it is wide of the mark for a handful of worlds.
    """
    change = second - first
    change = change[~np.isnan(change)]
    if not len(change):
        return Difference(float("nan"), float("nan"), float("nan"))
    error = _standard_error(change)
    mean = float(change.mean())
    return Difference(mean, mean - _Z * error, mean + _Z * error)


def unpaired_means(first: NDArray[np.float64], second: NDArray[np.float64]) -> Difference:
    """Mean of second minus mean of first, of different worlds; nan is left out. Variances add (Welch, 1938)."""
    first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    if not len(first) or not len(second):
        return Difference(float("nan"), float("nan"), float("nan"))
    error = sqrt(_standard_error(first) ** 2 + _standard_error(second) ** 2)
    mean = float(second.mean() - first.mean())
    return Difference(mean, mean - _Z * error, mean + _Z * error)


def _added(one: float, other: float, phi: float) -> float:
    """Two distances added as standard errors of a difference are, with their correlation."""
    return sqrt(max(one * one - 2.0 * phi * one * other + other * other, 0.0))


def _standard_error(values: NDArray[np.float64]) -> float:
    return float(values.std(ddof=1) / sqrt(len(values))) if len(values) > 1 else float("nan")
