"""Ties between packages: the largest smallest surplus, then the largest sum, then the order of the file."""

from __future__ import annotations

from sim.analysis.game import Game, Packages
from sim.analysis.objective import Objective, smallest, total
from sim.analysis.optimum import Also, Optimum, first, maximise
from sim.analysis.survey import Effort, Rows, TooLarge
from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE

_HEADS = 1_000_000
_SECONDS = 5.0
"""Effort and time for one rule of the tie."""


def as_good(rows: Rows, objective: Objective, found: Optimum) -> Rows:
    """These rows and those of being as good as what was found."""
    return rows.and_also(objective.worth, objective.least(found.value - TOLERANCE) - 1e-12)


def decide(
    game: Game | None, rows: Rows, worth: Floats, reservation: Floats, package: Packages, also: Also | None = None
) -> Packages:
    """Of the packages that meet the rows the one that the rule for ties picks, shape (issues,).

    Parameters
    ----------
    game, rows, also
        As in `sim.analysis.optimum.maximise`: what the tied packages have in common.
    worth, reservation
        Of the sides whose surpluses are compared, shapes (sides, issues, options) and (sides,).
    package
        One of the tied packages, shape (issues,); it is the answer where the rest of the search is out of reach.
    """
    try:
        for objective in (smallest(worth, reservation, joint=rows.joint), total(worth, joint=rows.joint)):
            found = maximise(game, rows, objective, package, also, Effort(_HEADS), _SECONDS)
            assert found is not None
            package = found.package
            if found.gap > TOLERANCE:
                return package
            rows = as_good(rows, objective, found)
        earliest = first(game, rows, also)
    except TooLarge:
        return package
    return package if earliest is None else earliest
