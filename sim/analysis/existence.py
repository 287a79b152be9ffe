"""Whether a zone of agreement exists at all in one game."""

from __future__ import annotations

import numpy as np

from sim.analysis.game import Game, Packages
from sim.analysis.integer import find_deal
from sim.analysis.objective import Objective, smallest
from sim.analysis.optimum import climb, roundings
from sim.analysis.relaxation import Relaxed, relaxed
from sim.analysis.survey import Effort, Rows, Survey, TooLarge, acceptance, narrowed
from sim.analysis.zone import acceptable
from sim.arrays.kinds import Floats

_SMALL = 20_000


def party_ranges(game: Game) -> Floats:
    """From the worst package to the best, at least a little above 0; shape (parties,)."""
    highest = np.max(game.worth, axis=2, where=game.exists, initial=-np.inf)
    lowest = np.min(game.worth, axis=2, where=game.exists, initial=np.inf)
    return np.asarray(np.maximum((highest - lowest).sum(axis=1), 1e-6))


def witness(game: Game, effort: Effort | None = None) -> Packages | None:
    """A package in the zone of agreement, shape (issues,); None where it is proven empty.

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
        return None
    must = np.flatnonzero(rows.must)
    if len(must) and game.packages > _SMALL:
        mixed = relaxed(rows, party_ranges(game))
        if mixed is not None:
            if mixed.slack < -1e-9:
                return None
            found = _near(game, rows, mixed)
            if found is not None:
                return found
            worth = np.where(np.isfinite(rows.worth), rows.worth, 0.0)
            rows = rows.and_also(
                np.einsum("r,rjk->jk", mixed.multipliers, worth)[None],
                np.array([mixed.multipliers @ rows.least - 1e-12]),
            )
    for packages in Survey(rows, game, effort or Effort()).packages():
        return np.asarray(packages[0])
    return None


def existing_deal(game: Game) -> tuple[bool | None, Packages | None]:
    """Whether there is a zone, None where that cannot be told, and a package in it if one is known.

    Where a search takes too long integer programming is asked.
    """
    try:
        found = witness(game)
    except TooLarge:
        found, settled = find_deal(game)
        if found is None:
            return (False if settled else None), None
    return found is not None, found


def _near(game: Game, rows: Rows, mixed: Relaxed) -> Packages | None:
    """A package in the zone near a mixture of options, if one is found."""
    must = np.flatnonzero(rows.must)
    ranges = party_ranges(game)[must]
    objective: Objective = smallest(game.worth[must], game.reservation[must], ranges, joint=game.joint)
    best, highest = None, -np.inf
    for packages in roundings(mixed.mixture[: rows.issues], rows.allowed[: rows.issues]):
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
