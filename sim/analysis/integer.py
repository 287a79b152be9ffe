"""Packages and bounds by integer programming, where a survey of the packages is out of reach."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from sim.analysis.game import Game, Packages, utilities
from sim.analysis.objective import Objective
from sim.analysis.programme import Model, deals, packages
from sim.analysis.survey import Rows
from sim.analysis.zone import acceptable
from sim.arrays.kinds import Floats

SECONDS = 20.0
SOLVER = 1e-6
"""The solver's own tolerance: a bound this close to a value, relative to its size above 1, cannot be told from it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A package, shape (issues,) (None if none was found), its value, and the most there could be."""

    package: Packages | None
    value: float
    bound: float


def find_deal(game: Game, seconds: float = SECONDS) -> tuple[Packages | None, bool]:
    """A package in the zone of agreement, and whether it is certain that there is none if none was found."""
    model = deals(game)
    values, _, settled = model.programme.solve({}, seconds)
    if values is None:
        return None, settled
    package = model.package(values, game.issues)
    return (package, True) if acceptable(game, package[None])[0] else (None, False)


def largest(game: Game | None, rows: Rows, objective: Objective, seconds: float = SECONDS) -> Found:
    """The package with the largest value among those that meet the rows, for objectives whose limits are linear.

    Arguments as in `sim.analysis.optimum.maximise`. A package of value v has sums of at least `least(0) + slope * v`;
    v is a variable of the programme.
    """
    model = _model(game, rows)
    value = model.programme.variable(-np.inf, objective.most, whole=False)
    for own, least, slope in zip(objective.worth, objective.least(0.0).tolist(), objective.slope.tolist(), strict=True):
        model.programme.require({**model.worth(own), value: -slope}, low=least)
    values, bound, _ = model.programme.solve({value: -1.0}, seconds)
    if values is None:
        return Found(None, -np.inf, -bound)
    package = model.package(values, rows.issues)
    return Found(package, float(objective.value(package[None])[0]), -bound)


def largest_product(game: Game, worth: Floats, base: Floats, start: Packages, seconds: float = SECONDS) -> Found:
    """The largest product of (sum - base), by its logarithm, over deals that give every row something.

    The logarithm of a surplus lies below each of its tangents, so maximising the sum of their lower envelopes bounds
    the sum of the logarithms; every package found adds the tangents at its surpluses (outer approximation: Kelley,
    1960; Duran & Grossmann, 1986) until bound and value meet or the time is up.

    Parameters
    ----------
    worth, base
        Shapes (rows, issues, options) and (rows,).
    start
        A deal that gives every row something, shape (issues,).
    seconds
        For all programmes together.
    """
    model = deals(game)
    logs = [model.programme.variable(-1e3, 1e3, whole=False) for _ in base]

    def cut(surplus: Floats) -> None:
        for variable, own, least, at in zip(logs, worth, base.tolist(), surplus.tolist(), strict=True):
            # log(u - r) <= log(at) + (u - r - at) / at
            terms = {key: -value / at for key, value in model.worth(own).items()}
            model.programme.require({**terms, variable: 1.0}, high=float(np.log(at)) - 1.0 - least / at)

    for own, least in zip(worth, base.tolist(), strict=True):
        model.programme.require(model.worth(own), low=least)
    surplus = utilities(worth, start[None], game.joint)[:, 0] - base
    best = Found(start, float(np.log(surplus).sum()), np.inf)
    for factor in (0.25, 0.5, 1.0, 2.0):
        cut(np.maximum(surplus * factor, 1e-6))
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0.0:
        values, bound, _ = model.programme.solve(dict.fromkeys(logs, -1.0), left)
        best = Found(best.package, best.value, min(best.bound, -bound))
        if values is None:
            break
        package = model.package(values, game.issues)
        surplus = utilities(worth, package[None], game.joint)[:, 0] - base
        value = float(np.log(np.maximum(surplus, 1e-12)).sum())
        if value > best.value and acceptable(game, package[None])[0]:
            best = Found(package, value, best.bound)
        if best.bound - best.value <= SOLVER:
            break
        cut(np.maximum(surplus, 1e-6))
    return best


def _model(game: Game | None, rows: Rows) -> Model:
    """Packages of allowed options that meet the rows: the parties' own by the rules of decision, the others by all."""
    model = packages(rows.allowed, rows.joint) if game is None else deals(game)
    for variable in (v for (j, k), v in model.option.items() if not rows.allowed[j, k]):
        model.programme.require({variable: 1.0}, high=0.0)
    own = 0 if game is None else game.parties
    for worth, least in zip(rows.worth[own:], rows.least[own:].tolist(), strict=True):
        model.programme.require(model.worth(worth), low=least)
    return model
