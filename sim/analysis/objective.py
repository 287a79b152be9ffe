"""What may be maximised over packages, with the limits that any package as good as a given value must meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages, utilities
from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.joint import Joint


@dataclass(frozen=True, slots=True)
class Objective:
    """A concave function of additive sums over a package.

    Attributes
    ----------
    worth
        The additive parts, shape (rows, issues and bonuses, options), see `Game`.
    of
        The value from sums of shape (rows, packages) to shape (packages,).
    least
        The sums that a package of a given value must have at least, shape (rows,).
    slope
        How fast `least` rises with the value, shape (rows,).
    most
        The highest value there can be.
    bound
        The value of a package that exceeds `least(0)` by so much in units of `slope`, at most.
    joint
        What is forbidden and what brings a bonus.
    """

    worth: Floats
    of: Callable[[Floats], Floats]
    least: Callable[[float], Floats]
    slope: Floats
    most: float = np.inf
    bound: Callable[[float], float] = float
    joint: Joint | None = None

    def value(self, packages: Packages) -> Floats:
        """Value of packages, shape (packages,)."""
        return self.of(utilities(self.worth, packages, self.joint))


def smallest(
    worth: Floats, base: Floats, scale: Floats | None = None, most: float = np.inf, joint: Joint | None = None
) -> Objective:
    """The smallest of (sum - base) / scale over the rows, counted up to `most`."""
    step = np.ones(len(base)) if scale is None else scale
    return Objective(
        worth,
        lambda sums: np.minimum(((sums - base[:, None]) / step[:, None]).min(axis=0, initial=np.inf), most),
        lambda value: base + step * value,
        step,
        most,
        joint=joint,
    )


def total(worth: Floats, base: float = 0.0, joint: Joint | None = None) -> Objective:
    """The sum of all rows less `base`."""
    summed = worth.sum(axis=0, keepdims=True)
    return Objective(
        summed, lambda sums: sums[0] - base, lambda value: np.array([value + base]), np.ones(1), joint=joint
    )


def product(worth: Floats, base: Floats, tangent: Floats, joint: Joint | None = None) -> Objective:
    """The logarithm of the product of (sum - base), -inf where one of them is not above 0.

    By the inequality of the means, a product of at least P needs sum(x / x*) >= n (P / prod(x*)) ** (1 / n) for any
    positive x*: that is the tangent of its logarithm at x*, given in `tangent`, shape (rows,).
    """
    count = len(base)
    row = (worth / tangent[:, None, None]).sum(axis=0, keepdims=True)
    start = float(np.log(tangent).sum())

    def of(sums: Floats) -> Floats:
        gain = sums[:count] - base[:, None]
        gains = gain > TOLERANCE
        return np.where(gains.all(axis=0), np.log(np.where(gains, gain, 1.0)).sum(axis=0), -np.inf)

    def least(value: float) -> Floats:
        mean = np.exp((value - start) / count)
        return np.append(base, (base / tangent).sum() + count * mean)

    def bound(slack: float) -> float:
        mean = np.exp(-start / count) + slack / count
        return start + count * float(np.log(mean)) if mean > 0.0 else -np.inf

    slope = np.append(np.zeros(count), 1.0)
    return Objective(np.concatenate([worth, row]), of, least, slope, bound=bound, joint=joint)
