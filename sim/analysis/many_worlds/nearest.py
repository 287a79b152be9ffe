"""The package that comes closest to all parties of a case but for those whose limits do not count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.branches import WIDTHS, Bounds, Ends, Pruning, bounds, walks, with_hub
from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.narrowing import Reach, reach_of
from sim.analysis.many_worlds.pairs import pairs
from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE

_STEPS = 4
"""So many steps an issue are taken at most on the way up."""
_LITTLE = 1e-3


def nearest(cases: Cases, counted: Bools, whose: Ints) -> Packages:
    """The package that crosses the fewest red lines, then has the largest smallest surplus, then the largest sum.

    The surplus of a party is what a package is worth to it less its reservation value. Where a walk through all
    packages would take too long, it is the best that was found.

    Parameters
    ----------
    counted
        Whose red lines and surpluses these are, shape (parties, cases).
    whose
        Another party, shape (cases,): what is the same to all others is chosen as it likes best (in the sum its worths
        count for a thousandth).

    Returns
    -------
    Shape (issues, cases).
    """
    crossed = np.zeros((*cases.exists.shape, cases.count), dtype=np.int16)
    for p in cases.with_red_lines:
        crossed += cases.red[p] & counted[p]
    crossed[~cases.exists] = np.iinfo(np.int16).max
    allowed = crossed == crossed.min(axis=1, keepdims=True)
    summed = _LITTLE * cases.worths(whose, cases.everywhere)
    for p, counts in enumerate(counted):
        summed += cases.worth[p] if counts.all() else cases.worth[p] * counts
    here = _with_the_sum(cases, counted, summed)
    reached = reach_of(here, allowed)
    package = _raised(here, reached)
    limits = bounds(here, reached)
    smallest = _surplus(here, package, here.everywhere).min(axis=0)
    smallest[here.broken(package)] = -np.inf
    _improve(here, reached, limits, package, smallest)
    _improve_sum(here, reached, limits, package, smallest)
    return package


def _with_the_sum(cases: Cases, counted: Bools, summed: Floats) -> Cases:
    """The cases without red lines, and the sum (issues, options, cases) as if it were one more party, without limit."""
    return replace(
        cases,
        worth=np.concatenate([cases.worth, summed[None]]),
        least=np.concatenate([np.where(counted, cases.least + TOLERANCE, -np.inf), np.full((1, cases.count), -np.inf)]),
        must=np.concatenate([counted, np.zeros((1, cases.count), dtype=bool)]),
        red=np.zeros((len(counted) + 1, *summed.shape[:2], 1), dtype=bool),
        bonus=None if cases.bonus is None else np.concatenate([cases.bonus, np.zeros((1, *cases.bonus.shape[1:]))]),
    )


def _surplus(cases: Cases, package: Packages, places: Ints) -> Floats:
    """By how much each party that counts is above its limit, inf for the others; shape (parties, n)."""
    return cases.values(package, places) - cases.least[:, places]


def _raised(cases: Cases, reached: Reach) -> Packages:
    """Change one issue after another so that the smallest surplus rises, or else the sum; shape (issues, cases)."""
    package: Packages = np.where(reached.allowed, cases.worth[-1], -np.inf).argmax(axis=1)
    left, here, allowed = cases.everywhere, cases, reached.allowed
    for _ in range(_STEPS * len(cases.exists)):
        now = package[:, left]
        lowest = _surplus(here, now, here.everywhere).min(axis=0)
        smallest = _after_a_change(here, now)
        smallest[~allowed] = -np.inf
        best = smallest.reshape(-1, len(left)).max(axis=0)
        rises = best > lowest + TOLERANCE
        # Of the steps that raise the smallest surplus most, or leave it where none raises it, the one with most in all.
        more = here.worth[-1] - np.take_along_axis(here.worth[-1], now[:, None], axis=1)
        more[smallest < np.where(rises, best, lowest) - TOLERANCE] = -np.inf
        more = more.reshape(-1, len(left))
        step = more.argmax(axis=0)
        gains = rises | (more[step, here.everywhere] > TOLERANCE)
        issue, option = np.divmod(step[gains], allowed.shape[1])
        package[issue, left[gains]] = option
        places = np.flatnonzero(gains)
        if not len(places):
            break
        if len(places) < len(left):
            left, here, allowed = left[places], here.of(places), allowed[..., places]
    return package


def _after_a_change(cases: Cases, package: Packages) -> Floats:
    """The smallest surplus after a change of one issue, shape (issues, options, cases)."""
    shape = cases.worth.shape[1:]
    smallest, own = np.full(shape, np.inf), np.empty(shape)
    issues = np.arange(shape[0])[:, None]
    surplus = _surplus(cases, package, cases.everywhere)
    for p in np.flatnonzero(cases.must.any(axis=1)):
        np.subtract(cases.worth[p], cases.worth[p, issues, package, cases.everywhere][:, None] - surplus[p], out=own)
        np.minimum(smallest, own, out=smallest)
    return smallest


def _improve(cases: Cases, reached: Reach, limits: Bounds, package: Packages, smallest: Floats) -> None:
    """Walk through all packages whose smallest surplus may be larger; at first without, then with bounds on pairs."""

    def prune(level: int, surplus: Floats, case: Ints) -> tuple[Ints, Floats]:
        most = (surplus + limits.own[level][:, case]).min(axis=0)
        keep = np.flatnonzero(most > smallest[case] + TOLERANCE)
        return keep, most[keep]

    left = np.flatnonzero(~_take_better(cases, reached, limits, package, smallest, WIDTHS[0], prune))
    if not len(left):
        return
    here, room = cases.of(left), reached.of(left)
    bound, best, value = bounds(here, room), package[:, left], smallest[left]
    both = with_hub(here, room, pairs(here, room), bound)
    factor = both.mine + both.theirs

    def strict(level: int, surplus: Floats, case: Ints) -> tuple[Ints, Floats]:
        most = (surplus + bound.own[level][:, case]).min(axis=0)
        goal = value[case] + TOLERANCE
        together = both.most(level, surplus, case) > factor[:, case] * goal
        keep = np.flatnonzero((most > goal) & together.all(axis=0))
        return keep, most[keep]

    _take_better(here, room, bound, best, value, WIDTHS[-1], strict)
    package[:, left], smallest[left] = best, value


def _take_better(
    cases: Cases, reached: Reach, limits: Bounds, package: Packages, smallest: Floats, width: int, prune: Pruning
) -> Bools:
    """Walk, take over the packages with larger smallest surpluses, and tell where there are no better, (cases,)."""
    whole = np.zeros(cases.count, dtype=bool)
    for ends in walks(cases, reached, limits, cases.everywhere, width, prune):
        whole[ends.whole] = True
        value = _surplus(cases, ends.package, ends.where).min(axis=0)
        if cases.joint is not None:
            better = (value > smallest[ends.where]) & ~cases.broken(ends.package)
            value, ends = value[better], Ends(ends.whole, ends.where[better], ends.package[:, better])
        order = np.argsort(value, kind="stable")  # of a case the largest comes last, and stays
        where = ends.where[order]
        package[:, where] = ends.package[:, order]
        smallest[where] = value[order]
    return whole


def _improve_sum(cases: Cases, reached: Reach, limits: Bounds, package: Packages, smallest: Floats) -> None:
    """Walk through all packages whose smallest surplus is as large, and whose sum may be larger."""
    issues = np.arange(len(package))
    summed = cases.values(package, cases.everywhere)[-1]
    rest = np.zeros((len(package) + 1, cases.count))
    for level in reversed(issues):
        rest[level] = rest[level + 1] + reached.best[-1, limits.order[level], cases.everywhere]

    def prune(level: int, surplus: Floats, case: Ints) -> tuple[Ints, Floats]:
        enough = (surplus + limits.own[level][:, case]).min(axis=0) >= smallest[case] - TOLERANCE
        most = surplus[-1] + rest[level, case]
        keep = np.flatnonzero(enough & (most > summed[case] + TOLERANCE))
        return keep, most[keep]

    for ends in walks(cases, reached, limits, cases.everywhere, WIDTHS[-1], prune):
        order = np.argsort(cases.values(ends.package, ends.where)[-1], kind="stable")
        if cases.joint is not None:
            enough = _surplus(cases, ends.package, ends.where).min(axis=0) >= smallest[ends.where] - TOLERANCE
            order = order[(enough & ~cases.broken(ends.package))[order]]
        package[:, ends.where[order]] = ends.package[:, order]
