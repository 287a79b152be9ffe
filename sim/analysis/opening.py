"""What would open the zone of agreement with least, and whose limits close it: the first answers of the analysis."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.closest import closest
from sim.analysis.conflict import Conflict, conflict
from sim.analysis.existence import existing_deal
from sim.analysis.game import Game, central_game
from sim.analysis.relax import Repair, repairs
from sim.scenario.model import Scenario

_MOST, _SECONDS = 3, 5.0
"""Sets of changes among which the smallest fall is sought, and time for them."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a deal exists at the central values, and what would open the zone with fewest changes where none does.

    Attributes
    ----------
    game
        The game at the central values, before any event.
    feasible
        Whether it has a zone of agreement; None where that could not be told.
    repair
        Fewest changes and, of these, the smallest largest fall of a reservation value; None where there is a zone, or
        none was found.
    conflict
        Limits that cannot be met together, of which none could be left out; None where there is a zone.
    """

    game: Game
    feasible: bool | None
    repair: Repair | None
    conflict: Conflict | None = None


def opening(scenario: Scenario) -> Opening:
    """Ask what would open the zone of agreement at the central values, and what closes it."""
    played = central_game(scenario)
    feasible, _ = existing_deal(played)
    if feasible is not False:
        return Opening(played, feasible, None)
    found_sets = repairs(played, closest(played).package, _MOST, _SECONDS).sets
    return Opening(played, False, found_sets[0] if found_sets else None, conflict(played, alike=False))
