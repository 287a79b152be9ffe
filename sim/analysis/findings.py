"""What an analysis has found, as data."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.analysis.closest import Closest
from sim.analysis.conflict import Conflict
from sim.analysis.counting import Census
from sim.analysis.frontier import Frontier
from sim.analysis.game import Game, Packages
from sim.analysis.relax import RedLine, Repairs
from sim.analysis.solutions import Name, Solution
from sim.analysis.trades import Move, Trade
from sim.analysis.weightings import Weighed
from sim.analysis.worlds import InWorlds
from sim.arrays.kinds import Floats
from sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """What can be said about a scenario without playing it.

    Attributes
    ----------
    scenario, game
        What was analysed.
    place
        Places of the options on their scales, shape (issues, options).
    feasible
        Whether a zone of agreement exists; None where that could not be told.
    census
        The zone in numbers; None where it is too large to count.
    beyond_status_quo
        Packages in the zone other than the status quo itself.
    reason
        Why something could not be told, "" where all could.
    party_win_sets, side_win_sets
        Packages that each accepts.
    without_party, without_red_line
        Size of the zone if a party objected to nothing, or gave up a red line (party, issue, option).
    solutions
        By name.
    frontier
        Between two sides, else None.
    closest
        The package that comes closest to a deal for all parties.
    conflict, repairs
        Where there is no zone: an irreducible conflict, and the smallest sets of changes that open it.
    moves
        The least each side must move on each issue: to an option that some deal holds, or, where there is no zone, to
        that of the closest package.
    trades
        Between two sides over two issues, the largest joint gain first.
    worlds
        Answers over drawn worlds, None if none were asked for. The packages asked about are those of the solutions, or
        the closest where there is none.
    ratifiable
        Packages of the zone that each who ratifies would, and all of them; None where nobody does, or by chance alone.
    weighed
        Of more than two sides, a sample of their frontier; None where constraints or bonuses join issues.
    """

    scenario: Scenario
    game: Game
    place: Floats
    feasible: bool | None
    census: Census | None
    beyond_status_quo: int | None
    reason: str
    party_win_sets: list[int | None]
    side_win_sets: list[int | None]
    without_party: list[int | None]
    without_red_line: dict[RedLine, int | None]
    solutions: dict[Name, Solution | None]
    frontier: Frontier | None
    closest: Closest
    conflict: Conflict | None
    repairs: Repairs
    moves: list[Move]
    trades: list[Trade]
    worlds: InWorlds | None
    ratifiable: tuple[list[int | None], int | None] | None = None
    weighed: Weighed | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.scenario.title!r}>"

    @property
    def asked(self) -> list[Packages]:
        """The packages that `worlds` tells of, each once."""
        return asked_of(self.solutions, self.closest)


def asked_of(solved: dict[Name, Solution | None], nearest: Closest) -> list[Packages]:
    """The packages of the solutions, or the closest where there is none, each once."""
    found = [s.package for s in solved.values() if s is not None] or [nearest.package]
    return list({tuple(package.tolist()): package for package in found}.values())


def side_utilities(analysis: Findings, package: Packages) -> Floats:
    """What a package is worth to the sides, shape (sides,)."""
    return analysis.game.side_utilities(package[None])[:, 0]


def finite(value: float) -> float | None:
    """The number, None where it is infinite: JSON has no word for that."""
    return float(value) if math.isfinite(value) else None
