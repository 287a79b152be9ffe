"""Steps towards a deal from a package that is good on average: they find one in most cases where there is one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.narrowing import Reach
from sim.arrays.kinds import Bools, Floats

_STEPS = 3
"""So many steps an issue are taken at most."""
_GAIN = 1e-12
"""A step that gains less is none."""


def climbed(cases: Cases, reached: Reach, steps: int | None = None) -> tuple[Packages, Bools]:
    """Change one issue after another so that what is lacking to a deal shrinks most, until it is one or none helps.

    What is lacking is the sum of the parties' shortfalls, each against the spread of its utilities, over those without
    whom there is no deal and as many of the others, those who lack least first, as a deal takes. At most so many
    `steps`, if these are given.

    Returns
    -------
    The packages (issues, cases), and where they are deals (cases,).
    """
    spread = reached.spread
    here, scale, allowed = _with_red_lines(cases, spread), 1.0 / spread, reached.allowed
    package = balanced(here, reached)
    found = np.zeros(cases.count, dtype=bool)
    left = cases.everywhere
    for _ in range(_STEPS * len(cases.exists) if steps is None else steps):
        if not len(left):
            break
        now = package[:, left]
        over = here.values(now, here.everywhere) - here.least
        done = here.acceptable(now, here.everywhere)
        found[left[done]] = True
        gains = _gains(here, now, over, scale, _sought(here, over * scale))
        gains[~allowed] = -np.inf
        flat = gains.reshape(-1, len(left))
        step = flat.argmax(axis=0)
        moves = ~done & (flat[step, here.everywhere] > _GAIN)
        issue, option = np.divmod(step[moves], allowed.shape[1])
        package[issue, left[moves]] = option
        if not moves.all():
            places = np.flatnonzero(moves)
            left, here, scale, allowed = left[places], here.of(places), scale[:, places], allowed[..., places]
    return package, found


def balanced(cases: Cases, reached: Reach) -> Packages:
    """The package with the largest sum of the sides' means, each party's worths against its spread; (issues, cases).

    Only those with a limit count.
    """
    summed = np.zeros(reached.allowed.shape)
    factor = np.where(np.isneginf(cases.least), 0.0, 1.0 / reached.spread)
    for side in cases.scenario.sides:
        for p in side.members:
            if factor[p].any():
                summed += cases.worth[p] * (factor[p] / len(side.members))
    summed[~reached.allowed] = -np.inf
    return np.asarray(summed.argmax(axis=1))


def _with_red_lines(cases: Cases, spread: Floats) -> Cases:
    """Options that cross a red line of one whom the others may outvote are worth less by all its utility's spread."""
    lines = [p for p in cases.with_red_lines if not cases.must[p].all()]
    if not lines:
        return cases
    worth = cases.worth.copy()
    for p in lines:
        worth[p] -= cases.red[p] * spread[p]
    return replace(cases, worth=worth)


def _sought(cases: Cases, over: Floats) -> Bools:
    """Those whose acceptance is sought, given by how much they are satisfied; shape (parties, cases)."""
    if cases.unanimous.all():
        return cases.must
    order = np.argsort(np.where(cases.must, -np.inf, -over), axis=0, kind="stable")
    sought, enough = cases.must.copy(), cases.unanimous.copy()
    for p in order:
        sought[p, cases.everywhere] |= ~enough
        enough |= cases.deal(sought, cases.everywhere)
        if enough.all():
            break
    return sought


def _gains(cases: Cases, package: Packages, over: Floats, scale: Floats, sought: Bools) -> Floats:
    """By how much less is lacking after a change of one issue, shape (issues, options, cases)."""
    shape = cases.worth.shape[1:]
    result, own, before = np.zeros(shape), np.empty(shape), np.zeros(cases.count)
    issues = np.arange(shape[0])[:, None]
    counts = sought & np.isfinite(over)
    for p in np.flatnonzero(counts.any(axis=1)):
        factor = np.where(counts[p], scale[p], 0.0)
        has = np.where(counts[p], over[p], 0.0)
        np.subtract(cases.worth[p], (cases.worth[p, issues, package, cases.everywhere] - has)[:, None], out=own)
        np.minimum(own, 0.0, out=own)
        own *= factor
        result += own
        before += np.minimum(has, 0.0) * factor
    result -= before
    return result
