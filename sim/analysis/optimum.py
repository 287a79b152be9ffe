"""The best package under additive limits and decision rules, proven best by a survey, else by integer programming.

A good package is found first, by rounding the linear relaxation and improving one or two issues at a time; the survey
then looks for a better one. What it would have to meet (`Objective.least`) and the weighted sum of all limits from the
relaxation's multipliers rule out most branches near the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.analysis.game import Game, Packages, forbidden
from sim.analysis.integer import SECONDS, SOLVER, largest
from sim.analysis.objective import Objective
from sim.analysis.relaxation import relaxed
from sim.analysis.survey import Effort, Rows, Survey, TooLarge
from sim.analysis.zone import deal
from sim.arrays.kinds import Bools, Floats

Also = Callable[[Packages], Bools]

HEADS = 5_000_000
"""Partial packages that a survey looks at before integer programming takes over: a few seconds with thirty parties."""

_STEP = 1e-12
_SMALL = 200_000


@dataclass(frozen=True, slots=True)
class Optimum:
    """A best package, shape (issues,), its value, and the highest value that any package may have."""

    package: Packages
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How much better another package might be; 0 where none is."""
        return max(0.0, self.bound - self.value)


def maximise(
    game: Game | None,
    rows: Rows,
    objective: Objective,
    start: Packages | None = None,
    also: Also | None = None,
    effort: Effort | None = None,
    seconds: float = SECONDS,
) -> Optimum | None:
    """The best package by `objective` among those that meet `rows`.

    Parameters
    ----------
    game
        For its decision rules, where the first rows are its parties' own; None where the rows are all.
    start
        A package that meets the rows, shape (issues,), if one is known.
    also
        A further condition that no row can tell, from packages to booleans.
    effort
        Of the survey; by default `HEADS`.
    seconds
        Time for the integer programme that takes over where the survey gives up; 0 for none. What only that has
        settled is best up to the solver's tolerance.

    Returns
    -------
    None where no package meets the rows.

    Raises
    ------
    TooLarge
        Where not even one package that meets the rows was found, nor shown that there is none.
    """
    best = _Best(game, rows, objective, also)
    if start is not None:
        best.see(start[None])
    limit = np.inf
    multipliers = None
    if np.prod(rows.allowed.sum(axis=1, dtype=float)) > _SMALL:
        slope = np.append(np.zeros(len(rows.least)), objective.slope)
        mixed = relaxed(rows.and_also(objective.worth, objective.least(0.0)), slope)
        if mixed is not None:
            limit = min(objective.bound(mixed.slack), objective.most)
            multipliers = mixed.multipliers
            for packages in roundings(mixed.mixture[: rows.issues], rows.allowed[: rows.issues]):
                best.see(packages)
        best.improve()
    if best.value >= objective.most:
        assert best.package is not None
        return Optimum(best.package, best.value, best.value)
    search = _Search(game, rows, objective, best, multipliers)
    try:
        search.run(effort or Effort(HEADS))
    except TooLarge:
        if seconds > 0.0:
            found = largest(game, rows, objective, seconds)
            if found.package is not None:
                best.see(found.package[None])
            limit = min(limit, objective.bound(found.bound))
        if best.package is None:
            raise
        settled = limit - best.value <= SOLVER * max(1.0, abs(best.value))
        return Optimum(best.package, best.value, best.value if settled else limit)
    return None if best.package is None else Optimum(best.package, best.value, best.value)


class _Search:
    """A survey whose limits rise with the best package seen."""

    def __init__(
        self, game: Game | None, rows: Rows, objective: Objective, best: _Best, multipliers: Floats | None
    ) -> None:
        self.objective, self.best, self.game = objective, best, game
        self.count = len(rows.least)
        self.multipliers = None
        self.rows = rows.and_also(objective.worth, self._least())
        if multipliers is not None and multipliers.any():
            self.multipliers = multipliers
            worth = np.where(self.rows.allowed, self.rows.worth, 0.0)
            worth = np.where(np.isfinite(worth), worth, 0.0)
            self.rows = self.rows.and_also(np.einsum("r,rjk->jk", multipliers, worth)[None], np.zeros(1))
        self._raise()

    def _least(self) -> Floats:
        if self.best.known:
            value = self.best.value
            return self.objective.least(value + _STEP * max(1.0, abs(value)))
        return np.full(len(self.objective.slope), -1e300)

    def _raise(self) -> None:
        end = self.count + len(self.objective.slope)
        self.rows.least[self.count : end] = self._least()
        if self.multipliers is not None:
            known = self.best.known
            self.rows.least[end] = self.multipliers @ self.rows.least[:end] if known else -1e300

    def run(self, effort: Effort) -> None:
        survey = Survey(self.rows, self.game, effort)
        for packages in survey.packages():
            if self.best.see(packages):
                self.best.improve()
                if self.best.value >= self.objective.most:
                    return
                self._raise()


class _Best:
    """The best package seen so far."""

    def __init__(self, game: Game | None, rows: Rows, objective: Objective, also: Also | None) -> None:
        self.game, self.rows, self.objective, self.also = game, rows, objective, also
        self.package: Packages | None = None
        self.value = -np.inf

    @property
    def known(self) -> bool:
        """Whether there is a package with a value to beat."""
        return bool(np.isfinite(self.value))

    def see(self, packages: Packages) -> bool:
        """Look at packages; whether one of them is better. Those that do not meet the rows are passed over."""
        values = self.objective.value(packages)
        better = np.flatnonzero(values > self.value if self.package is not None else values >= self.value)
        if not len(better):
            return False
        better = better[self._meets(packages[better])]
        if not len(better):
            return False
        at = better[np.argmax(values[better])]
        self.package, self.value = packages[at], float(values[at])
        return True

    def _meets(self, packages: Packages) -> Bools:
        sums = self.rows.sums(packages)
        meets = sums >= self.rows.least[:, None]
        allowed = self.rows.allowed[np.arange(packages.shape[1]), packages].all(axis=1)
        result = meets[self.rows.must].all(axis=0) & allowed
        if self.game is not None:
            result &= deal(self.game, list(meets[: self.game.parties]))
        if self.rows.joint is not None:
            result &= ~forbidden(packages, self.rows.joint)
        if self.also is not None:
            result &= self.also(packages)
        return np.asarray(result)

    def improve(self) -> None:
        """Climb by changes of one issue, then of two, until none helps."""
        while self.package is not None:
            allowed = self.rows.allowed[: self.rows.issues]
            if not any(self.see(near) for near in neighbours(self.package, allowed)):
                return


def neighbours(package: Packages, allowed: Bools) -> Iterator[Packages]:
    """Packages that differ on one issue, then those that differ on two; each (packages, issues)."""
    options = [np.flatnonzero(own) for own in allowed]
    for size in (1, 2):
        blocks = []
        for issues in combinations(range(len(package)), size):
            changes = np.meshgrid(*(options[j] for j in issues), indexing="ij")
            near = np.repeat(package[None], changes[0].size, axis=0)
            for j, change in zip(issues, changes, strict=True):
                near[:, j] = change.reshape(-1)
            blocks.append(near)
        if blocks:
            yield np.concatenate(blocks)


def climb(objective: Objective, allowed: Bools, start: Packages) -> Packages:
    """Improve a package by changes of one issue, then of two, until none helps."""
    free = Rows(np.empty((0, *allowed.shape)), np.empty(0), np.empty(0, dtype=np.bool_), allowed, objective.joint)
    best = _Best(None, free, objective, None)
    best.see(start[None])
    best.improve()
    return start if best.package is None else best.package


def roundings(mixture: Floats, allowed: Bools) -> Iterator[Packages]:
    """Packages near a mixture: the largest shares, and draws from it (with a fixed seed)."""
    yield np.where(allowed, mixture, -1.0).argmax(axis=1)[None]
    random = np.random.Generator(np.random.Philox(key=20220112))
    shares = np.maximum(mixture, 0.0)
    cumulated = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    draws = (random.random((2000, len(mixture), 1)) > cumulated[None]).sum(axis=2)
    packages = np.minimum(draws, mixture.shape[1] - 1)
    yield packages[allowed[np.arange(len(mixture)), packages].all(axis=1)]


def first(game: Game | None, rows: Rows, also: Also | None = None) -> Packages | None:
    """The first package in the order of the file that meets the rows, shape (issues,); None where there is none.

    Raises `TooLarge` where that takes too long.
    """
    for packages in Survey(rows, game, Effort(HEADS), in_order=True).packages():
        found = packages if also is None else packages[also(packages)]
        if len(found):
            return np.asarray(found[0])
    return None
