"""Bargaining solutions by integer programming, where a survey of the packages is out of reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Game, Packages, utilities
from sim.analysis.programme import Model, deals
from sim.analysis.zone import acceptable
from sim.worlds.draws import Floats

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Found:
    """A package in the zone, shape (issues,) (None if none was found), its value, and the most there could be."""

    package: Packages | None
    value: float
    bound: float


def find_deal(game: Game, seconds: float = SECONDS) -> tuple[Packages | None, bool]:
    """A package in the zone of agreement, and whether it is certain that there is none if none was found."""
    model = deals(game)
    values, _, settled = model.programme.solve({}, seconds)
    package = _package(game, model, values)
    return package, settled and (values is None or package is not None)


def largest_sum(game: Game, worth: Floats, seconds: float = SECONDS) -> Found:
    """The largest sum over rows of worth, shape (rows, issues, options)."""
    model = deals(game)
    cost = {variable: -value for variable, value in model.worth(worth.sum(axis=0)).items()}
    values, bound, _ = model.programme.solve(cost, seconds)
    package = _package(game, model, values)
    return Found(package, -np.inf if package is None else _sums(worth, package).sum(), -bound)


def largest_smallest(game: Game, worth: Floats, base: Floats, scale: Floats, seconds: float = SECONDS) -> Found:
    """The largest smallest (sum - base) / scale over rows of worth."""
    model = deals(game)
    most = model.programme.variable(-np.inf, np.inf, whole=False)
    for own, start, step in zip(worth, base.tolist(), scale.tolist(), strict=True):
        model.programme.require({**model.worth(own), most: -step}, low=start)
    values, bound, _ = model.programme.solve({most: -1.0}, seconds)
    package = _package(game, model, values)
    value = -np.inf if package is None else float(((_sums(worth, package) - base) / scale).min())
    return Found(package, value, -bound)


def largest_product(game: Game, worth: Floats, base: Floats, start: Packages, seconds: float = SECONDS) -> Found:
    """The largest product of (sum - base), by its logarithm, over packages that give every row something.

    The logarithm of a surplus lies below each of its tangents, so maximising the sum of their lower envelopes bounds
    the sum of the logarithms; every package found adds the tangents at its surpluses (outer approximation: Kelley,
    1960; Duran & Grossmann, 1986) until bound and value meet.

    Parameters
    ----------
    start
        A package that gives every row something, shape (issues,).
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
    surplus = _sums(worth, start) - base
    best = Found(start, float(np.log(surplus).sum()), np.inf)
    for factor in (0.25, 0.5, 1.0, 2.0):
        cut(np.maximum(surplus * factor, 1e-6))
    for _ in range(50):
        values, bound, _ = model.programme.solve(dict.fromkeys(logs, -1.0), seconds)
        package = _package(game, model, values)
        best = Found(best.package, best.value, min(best.bound, -bound))
        if package is None:
            break
        surplus = _sums(worth, package) - base
        value = float(np.log(np.maximum(surplus, 1e-12)).sum())
        if value > best.value:
            best = Found(package, value, best.bound)
        if best.bound - best.value <= 1e-7:
            break
        cut(np.maximum(surplus, 1e-6))
    return best


def _sums(worth: Floats, package: Packages) -> Floats:
    return utilities(worth, package[None])[:, 0]


def _package(game: Game, model: Model, values: Floats | None) -> Packages | None:
    """The package found, None where it is no deal after all (limits are met but up to the solver's tolerance)."""
    if values is None:
        return None
    package = model.package(values, len(game.exists))
    return package if acceptable(game, package[None])[0] else None
