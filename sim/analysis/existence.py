"""Whether a zone of agreement exists at all: the quick question, asked of many worlds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Game, Packages
from sim.analysis.objective import Objective, smallest
from sim.analysis.optimum import climb, roundings
from sim.analysis.relaxation import Relaxed, relaxed
from sim.analysis.survey import Effort, Rows, Survey, acceptance, narrowed
from sim.analysis.zone import acceptable
from sim.worlds.draws import Floats

_SMALL = 20_000
_KEPT = 64
"""Packages and proofs that are remembered."""


def party_ranges(game: Game) -> Floats:
    """From the worst package to the best, at least a little above 0; shape (parties,)."""
    highest = np.max(game.worth, axis=2, where=game.exists, initial=-np.inf)
    lowest = np.min(game.worth, axis=2, where=game.exists, initial=np.inf)
    return np.asarray(np.maximum((highest - lowest).sum(axis=1), 1e-6))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is a zone of agreement, and how that is known.

    Attributes
    ----------
    package
        A package in it, shape (issues,); None where it is proven empty.
    proof
        Where it is empty by the linear relaxation: weights on the parties' limits, shape (parties,), whose weighted sum
        no package reaches.
    """

    package: Packages | None
    proof: Floats | None = None


def witness(game: Game, effort: Effort | None = None) -> Packages | None:
    """A package in the zone of agreement, shape (issues,); None where it is proven empty. As `verdict`."""
    return verdict(game, effort).package


def verdict(game: Game, effort: Effort | None = None) -> Verdict:
    """Find a package in the zone of agreement, or prove that there is none.

    Tried in turn, from cheap to dear: options that no deal can hold are struck out; the linear relaxation either
    proves that the limits contradict each other (its multipliers are a certificate, Farkas, 1902) or suggests packages;
    these are improved step by step; a survey settles what is left.

    Raises
    ------
    TooLarge
        If even the survey does not settle it.
    """
    rows = acceptance(game)
    rows.allowed = narrowed(rows)
    if not rows.allowed.any(axis=1).all():
        return Verdict(None)
    must = np.flatnonzero(rows.must)
    if len(must) and game.packages > _SMALL:
        mixed = relaxed(rows, party_ranges(game))
        if mixed is not None:
            if mixed.slack < -1e-9:
                return Verdict(None, mixed.multipliers)
            found = _near(game, rows, mixed)
            if found is not None:
                return Verdict(found)
            worth = np.where(np.isfinite(rows.worth), rows.worth, 0.0)
            rows = rows.and_also(
                np.einsum("r,rjk->jk", mixed.multipliers, worth)[None],
                np.array([mixed.multipliers @ rows.least - 1e-12]),
            )
    for packages in Survey(rows, game, effort or Effort()).packages():
        return Verdict(np.asarray(packages[0]))
    return Verdict(None)


class Experience:
    """What was learnt in one world, tried first in the next: packages that were deals, and proofs that there is none.

    Both are checked against the world at hand, so no answer depends on the worlds that came before.
    """

    def __init__(self) -> None:
        self.packages: deque[Packages] = deque(maxlen=_KEPT)
        self.proofs: deque[Floats] = deque(maxlen=_KEPT)

    def exists(self, game: Game, effort: Effort | None = None) -> bool:
        """Whether there is a zone of agreement. Raises `TooLarge` where that can't be told."""
        if self.packages and acceptable(game, np.stack(self.packages)).any():
            return True
        if self.proofs and self._disproves(game):
            return False
        found = verdict(game, effort)
        if found.package is not None:
            self.packages.append(found.package)
        elif found.proof is not None:
            self.proofs.append(found.proof)
        return found.package is not None

    def _disproves(self, game: Game) -> bool:
        """Whether some weights on limits that all must be met ask for more than any package gives."""
        rows = acceptance(game)
        weights = np.where(rows.must, np.stack(self.proofs), 0.0)
        worth = np.tensordot(weights, game.worth, axes=1)
        given = np.max(worth, axis=2, where=rows.allowed, initial=-np.inf).sum(axis=1)
        asked = weights @ rows.least
        return bool((given < asked - 1e-9 * (weights @ party_ranges(game))).any())


def _near(game: Game, rows: Rows, mixed: Relaxed) -> Packages | None:
    """A package in the zone near a mixture of options, if one is found."""
    must = np.flatnonzero(rows.must)
    ranges = party_ranges(game)[must]
    objective: Objective = smallest(game.worth[must], game.reservation[must], ranges)
    best, highest = None, -np.inf
    for packages in roundings(mixed.mixture, rows.allowed):
        good = acceptable(game, packages)
        if good.any():
            return np.asarray(packages[np.argmax(good)])
        values = objective.value(packages)
        if len(values) and values.max() > highest:
            best, highest = packages[np.argmax(values)], float(values.max())
    if best is None:
        return None
    best = climb(objective, rows.allowed, best)
    return best if acceptable(game, best[None])[0] else None
