"""What is left to choose from once options are struck out that no deal can hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.many_worlds.cases import Cases
from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total

SLACK = 1e-12
"""What sums in another order may differ by: nothing is ruled out that is that close."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What is left to choose from.

    Attributes
    ----------
    allowed
        Options, shape (issues, options, cases).
    best, worst
        Worth of the best and of the worst of them to each party, shape (parties, issues, cases).
    possible
        Where a deal is not ruled out, shape (cases,).
    """

    allowed: Bools
    best: Floats
    worst: Floats
    possible: Bools

    @property
    def spread(self) -> Floats:
        """Worth of the best package less that of the worst, at least a little above 0; shape (parties, cases)."""
        best, worst = (total(one.transpose(1, 0, 2)) for one in (self.best, self.worst))
        return np.where(np.isfinite(best - worst), np.maximum(best - worst, 1e-6), 1.0)

    def of(self, places: Ints) -> Reach:
        """The cases at these places."""
        return Reach(self.allowed[..., places], self.best[..., places], self.worst[..., places], self.possible[places])


def reach(cases: Cases) -> Reach:
    """Strike out what crosses a red line of one without whom there is no deal."""
    crossed = np.zeros((*cases.exists.shape, cases.count), dtype=bool)
    for p in cases.with_red_lines:
        crossed |= cases.red[p] & cases.must[p]
    return reach_of(cases, cases.exists[..., None] & ~crossed)


def reach_but_for_one(cases: Cases) -> Reach:
    """Strike out only what crosses red lines of two such parties: whoever gave way alone would not bring it back."""
    crossed = np.zeros((*cases.exists.shape, cases.count), dtype=np.int16)
    for p in cases.with_red_lines:
        crossed += cases.red[p] & cases.must[p]
    return reach_of(cases, cases.exists[..., None] & (crossed < 2))


def narrowed(cases: Cases, found: Reach) -> Reach:
    """Strike out options that fall short of the best of their issue by more than the best package has to spare.

    By the limits of those without whom there is no deal, again and again until nothing more goes.
    """
    while True:
        allowed = found.allowed.copy()
        for p in np.flatnonzero(cases.must.any(axis=1)):
            counts = cases.must[p] & found.possible & np.isfinite(cases.least[p])
            over = np.where(counts, total(found.best[p]) - np.where(counts, cases.least[p], 0.0), np.inf)
            allowed &= cases.worth[p] >= (found.best[p] - over - SLACK)[:, None]
        if not (found.allowed & ~allowed).any():
            return found
        found = reach_of(cases, allowed)


def reach_of(cases: Cases, allowed: Bools) -> Reach:
    """What is left where these options (issues, options, cases) are."""
    shape = (*cases.worth.shape[:2], cases.count)
    best, worst = np.empty(shape), np.empty(shape)
    possible = np.asarray(allowed.any(axis=1).all(axis=0))
    own, ruled_out = np.empty(allowed.shape), ~allowed
    for p, worth in enumerate(cases.worth):
        np.copyto(own, worth)
        own[ruled_out] = -np.inf
        np.maximum.reduce(own, axis=1, out=best[p])
        own[ruled_out] = np.inf
        np.minimum.reduce(own, axis=1, out=worst[p])
        possible &= ~cases.must[p] | (total(best[p]) >= cases.least[p] - SLACK)
    return Reach(allowed, best, worst, possible)
