"""The package that comes closest to a deal, and what each party lacks there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Game, Packages
from sim.analysis.objective import smallest
from sim.analysis.optimum import maximise
from sim.analysis.survey import Rows
from sim.analysis.ties import as_good, decide
from sim.analysis.zone import concerned
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE


@dataclass(frozen=True, slots=True)
class Closest:
    """A package and what is missing.

    Attributes
    ----------
    package
        Shape (issues,).
    shortfalls
        What each party lacks to its reservation value, shape (parties,).
    crossings
        Red lines that it crosses, as (party, issue).
    gap
        By how much the largest shortfall of another package might be smaller; 0 where none is.
    """

    package: Packages
    shortfalls: Floats
    crossings: tuple[tuple[int, int], ...]
    gap: float


def shortfalls(game: Game, packages: Packages) -> Floats:
    """What each party lacks to its reservation value, 0 if nothing; shape (parties, packages)."""
    lacking = game.reservation[:, None] - game.utilities(packages)
    return np.where(lacking > TOLERANCE, lacking, 0.0)


def least_crossed(game: Game) -> Bools:
    """Options that cross the fewest red lines of their issue, shape (issues, options)."""
    crossed = np.where(game.exists, game.red.sum(axis=0), np.iinfo(np.int64).max)
    return np.asarray(game.exists & (crossed == crossed.min(axis=1, keepdims=True)))


def _crossing_fewest(game: Game) -> Rows:
    """The packages that cross the fewest red lines."""
    if game.joint is None or not game.joint.forbidden:
        none = np.empty(0)
        return Rows(np.empty((0, *game.exists.shape)), none, none.astype(bool), least_crossed(game), game.joint)
    crossed = np.where(game.exists, -game.red.sum(axis=0, dtype=np.float64), -np.inf)
    nothing = np.zeros((len(game.joint.bonuses), 1))
    fewest = game.joint.most(crossed[: game.issues, :, None], nothing)
    return Rows(crossed[None], fewest - 0.5, np.ones(1, dtype=bool), game.exists, game.joint)


def closest(game: Game) -> Closest:
    """The package that crosses the fewest red lines, then has the smallest largest shortfall, then wins the tie.

    Red lines are counted over all parties and issues. Since each belongs to one issue, the fewest are crossed by
    taking on every issue only options that cross fewest (where something is forbidden, packages that cross fewest of
    those that are not); among the packages left the largest shortfall of any party is minimised. Ties are broken as
    between solutions, by the surpluses of the sides that must agree.
    """
    free = _crossing_fewest(game)
    objective = smallest(game.worth, game.reservation, most=0.0, joint=game.joint)
    found = maximise(None, free, objective)
    assert found is not None
    package = found.package
    if found.gap <= TOLERANCE:
        sides = list(concerned(game))
        tied = as_good(free, objective, found)
        package = decide(None, tied, game.side_worth()[sides], game.side_reservation()[sides], package)
    crossings = tuple((int(p), int(j)) for p, j in np.argwhere(game.red[:, np.arange(len(package)), package]))
    return Closest(package, shortfalls(game, package[None])[:, 0], crossings, found.gap)
