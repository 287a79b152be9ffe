"""Bargaining solutions over the zone of agreement.

Surpluses are what sides get above their reservation values; a side's utility and reservation value are its members'
means by weight. Ties are broken by the largest smallest surplus, then the largest sum, then the order of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.analysis.game import Game, Packages, utilities
from sim.analysis.integer import SECONDS, SOLVER, largest_product
from sim.analysis.objective import Objective, product, smallest, total
from sim.analysis.optimum import HEADS, Also, maximise
from sim.analysis.survey import Effort, TooLarge, acceptance, shares
from sim.analysis.ties import as_good, decide
from sim.analysis.zone import concerned
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE

Name = Literal["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"]
NAMES: tuple[Name, ...] = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


@dataclass(frozen=True, slots=True)
class Solution:
    """A package that a solution concept picks.

    Attributes
    ----------
    package
        Shape (issues,).
    value
        What it maximises: the logarithm of the product of surpluses, the common share, the smallest surplus, the sum
        of the sides' utilities.
    gap
        By how much another package might be better; 0 where none is, infinite where nobody can tell.
    """

    package: Packages
    value: float
    gap: float


class Bargaining:
    """The solutions of one game, each worked out when it is asked for.

    Parameters
    ----------
    game
        Its zone of agreement must not be empty.
    start
        A package in the zone, if one is known.
    """

    def __init__(self, game: Game, start: Packages | None = None) -> None:
        self.game = game
        self.rows = acceptance(game)
        self.joint = game.joint
        self.sides = list(concerned(game))
        self.worth = game.side_worth()[self.sides]
        self.reservation = game.side_reservation()[self.sides]
        self._start = start
        self._egalitarian: Solution | None = None

    def solution(self, name: Name) -> Solution | None:
        """The package that a concept picks; None where the zone is empty."""
        match name:
            case "egalitarian":
                if self._egalitarian is None:
                    self._egalitarian = self._best(smallest(self.worth, self.reservation, joint=self.joint))
                return self._egalitarian
            case "utilitarian":
                return self._best(total(self.worth, joint=self.joint))
            case "kalai_smorodinsky":
                return self._kalai_smorodinsky()
            case "nash":
                return self._nash()

    def best_of_sides(self) -> tuple[Floats, bool] | None:
        """The best each side gets in the zone, shape (sides,), and whether it is certain; None where there is none.

        All sides together take as much effort and time as one other solution.
        """
        best = []
        certain = True
        number = len(self.sides)
        for own, effort in zip(self.worth, shares(Effort(HEADS), number), strict=True):
            objective = total(own[None], joint=self.joint)
            found = maximise(self.game, self.rows, objective, self._start, effort=effort, seconds=SECONDS / number)
            if found is None:
                return None
            best.append(found.value)
            certain &= found.gap <= TOLERANCE
        return np.array(best), certain

    def _kalai_smorodinsky(self) -> Solution | None:
        found = self.best_of_sides()
        if found is None:
            return None
        best, certain = found
        ranges = best - self.reservation
        counted = ranges > TOLERANCE
        if not counted.any():
            return self.solution("egalitarian")
        fair = self._best(smallest(self.worth[counted], self.reservation[counted], ranges[counted], joint=self.joint))
        return fair if fair is None or certain else replace(fair, gap=np.inf)

    def _nash(self) -> Solution | None:
        """Where no package gives every side something, all products are 0 and the first tie-break decides."""
        fair = self.solution("egalitarian")
        if fair is None or fair.value <= TOLERANCE:
            return fair if fair is None else replace(fair, value=-np.inf)
        package = fair.package
        for _ in range(8):  # a tangent nearer the best product rules out more
            tangent = utilities(self.worth, package[None], self.joint)[:, 0] - self.reservation
            objective = product(self.worth, self.reservation, tangent, self.joint)
            found = maximise(self.game, self.rows, objective, package, effort=Effort(20_000), seconds=0.0)
            assert found is not None
            if found.gap <= TOLERANCE or (found.package == package).all():
                break
            package = found.package
        tangent = utilities(self.worth, package[None], self.joint)[:, 0] - self.reservation
        best = self._best(product(self.worth, self.reservation, tangent, self.joint), package, exactly=True)
        if best is None or best.gap <= TOLERANCE:
            return best
        other = largest_product(self.game, self.worth, self.reservation, best.package)
        assert other.package is not None
        bound = min(other.bound, best.value + best.gap)
        return Solution(other.package, other.value, bound - other.value if bound - other.value > SOLVER else 0.0)

    def _best(self, objective: Objective, start: Packages | None = None, exactly: bool = False) -> Solution | None:
        """The best package with ties broken; `exactly` where the objective's limits do not say all of it."""
        start = self._start if start is None else start
        found = maximise(self.game, self.rows, objective, start)
        if found is None:
            return None
        if found.gap > TOLERANCE:
            return Solution(found.package, found.value, found.gap)
        rows, also = as_good(self.rows, objective, found), None
        if exactly:
            also = _worth_at_least(objective, found.value)
        return Solution(decide(self.game, rows, self.worth, self.reservation, found.package, also), found.value, 0.0)


def _worth_at_least(objective: Objective, value: float) -> Also:
    def check(packages: Packages) -> Bools:
        return np.asarray(objective.value(packages) >= value - TOLERANCE)

    return check


def solutions(game: Game, start: Packages | None = None, names: Sequence[Name] = NAMES) -> dict[Name, Solution | None]:
    """Nash (1950), Kalai-Smorodinsky (1975), egalitarian (Kalai, 1977) and utilitarian solutions.

    None where the zone of agreement is empty, or where it is too large to find a package in it.
    """
    bargaining = Bargaining(game, start)
    result: dict[Name, Solution | None] = {}
    for name in names:
        try:
            result[name] = bargaining.solution(name)
        except TooLarge:
            result[name] = None
    return result
