"""The course of one world: the sides' offers round by round, and the game in which they were made."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.analysis.existence import witness
from sim.analysis.frontier import Frontier, frontier
from sim.analysis.game import Game, game, utilities
from sim.analysis.solutions import Name, Solution, solutions
from sim.analysis.survey import Effort, TooLarge
from sim.arrays.kinds import Bools, Floats
from sim.scenario.model import Scenario
from sim.talks.calendar import talk
from sim.talks.observer import Observer, Occasion
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State
from sim.trace.minutes import Minutes
from sim.trace.recorder import trace
from sim.worlds.packages import Packages

_HEADS = 100_000
"""Effort for the zone of agreement of one world."""
_PACKAGES = 10**10
"""Most packages for which solutions are worked out for a page."""


@dataclass(slots=True)
class Course:
    """How one world went.

    Attributes
    ----------
    game
        Worths and reservation values as they stood at the end of the talks.
    offers
        Last offers of the sides after each round, `NONE` where a side has made none; each of shape (sides, issues).
    deal
        The whole or partial deal, shape (issues,), or None.
    zone
        Whether a package was acceptable to all whose agreement is needed; None if that is not known.
    solutions
        Bargaining solutions where there is a zone.
    """

    game: Game
    offers: list[Packages]
    deal: Packages | None
    zone: bool | None = None
    solutions: dict[Name, Solution] = field(default_factory=dict)

    def pair(self, side: int) -> Floats:
        """Worth of options to a side and, on average, to the others; (2, issues and bonuses, options)."""
        worth = self.game.side_worth()
        return np.stack([worth[side], np.delete(worth, side, axis=0).mean(axis=0)])

    def reservations(self, side: int) -> Floats:
        """Reservation values of a side and, on average, of the others; shape (2,)."""
        values = self.game.side_reservation()
        return np.array([values[side], np.delete(values, side).mean()])

    def frontier(self, side: int) -> Frontier:
        """The Pareto frontier between a side and the others."""
        return frontier(self.pair(side), self.game.exists, self.game.joint)

    def path(self, side: int, of: int) -> Floats:
        """What the offers of the side `of` were worth to `side` and the others, one point an offer; (2, offers)."""
        made = [packages[of] for packages in self.offers if packages[of, 0] != NONE]
        changed = [package for k, package in enumerate(made) if not k or (package != made[k - 1]).any()]
        if not changed:
            return np.zeros((2, 0))
        return utilities(self.pair(side), np.stack(changed).astype(np.intp), self.game.joint)


def course(scenario: Scenario, world: int, seed: int) -> Course:
    """Play one world again and note its offers.

    Parameters
    ----------
    scenario, world, seed
        As in the run: the same numbers play the same world.
    """
    watch = _Watch()
    talk(scenario, seed, np.array([world], dtype=np.int64), [watch])
    return _course(scenario, watch)


def course_and_minutes(scenario: Scenario, world: int, seed: int) -> tuple[Course, Minutes]:
    """The course of one world and its minutes, from playing it once."""
    watch = _Watch()
    minutes = trace(scenario, world, seed, [watch])
    return _course(scenario, watch), minutes


def _course(scenario: Scenario, watch: _Watch) -> Course:
    state = watch.state
    played = game(scenario, state.coded, state.wants)
    some = not state.open[:, 0].all()
    result = Course(played, watch.offers, state.standing()[:, 0] if some else None)
    try:
        found = witness(played, Effort(_HEADS))
    except TooLarge:
        return result
    result.zone = found is not None
    if found is not None and played.packages <= _PACKAGES:
        solved = solutions(played, found)
        result.solutions = {name: solution for name, solution in solved.items() if solution is not None}
    return result


class _Watch(Observer):
    def __init__(self) -> None:
        self.offers: list[Packages] = []
        self.state: State

    def begins(self, state: State) -> None:
        self.state = state

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:  # noqa: ARG002
        if active[0]:
            self.offers.append(sitting.last_offer[..., 0].copy())
