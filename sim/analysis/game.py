"""One world of a scenario as a game: what every option is worth to whom, and whose assent makes a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import Ballot, ballot_of
from sim.parties.council import council_of
from sim.rules.condition import Row
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding, central_coding
from sim.worlds.draws import central
from sim.worlds.joint import Joint
from sim.worlds.preferences import Preferences, preferences

Packages = NDArray[np.intp]
"""Packages one after another, shape (packages, issues): an option of every issue."""


@dataclass(frozen=True, slots=True)
class SideRule:
    """What must hold of the members of a side (indices of parties) who accept a package, for the side to assent.

    Each row has what every member's consent counts and what the sum must reach, as its decision rule says. There may be
    several ways: all rows of one of them must hold. Of the sides of a council, the members are the sides.
    """

    members: tuple[int, ...]
    ways: tuple[tuple[tuple[tuple[float, ...], float], ...], ...]

    @classmethod
    def of(cls, members: tuple[int, ...], ballot: Ballot) -> SideRule:
        """That of a side that decides in one world."""
        return cls.by(members, ballot.ways())

    @classmethod
    def by(cls, members: tuple[int, ...], ways: tuple[tuple[Row, ...], ...]) -> SideRule:
        """What these rows say of one world."""
        return cls(
            members,
            tuple(tuple((tuple(counts[:, 0].tolist()), float(needed[0])) for counts, needed in way) for way in ways),
        )

    @property
    def alone(self) -> bool:
        """Whether the side assents to exactly what its only member accepts."""
        return len(self.members) == 1 and any(counts[0] >= needed > 0.0 for counts, needed in self.ways[0])


@dataclass(frozen=True, slots=True)
class Game:
    """Utilities, limits and rules of decision in one world.

    Utilities are sums over the issues. A bonus for options that go together counts as an issue of its own, after the
    others: a question with the answers no and yes, to which a package gives the answer. Packages have no entry for it.

    Attributes
    ----------
    worth
        Worth of an option to a party, shape (parties, issues and bonuses, options); 0 where there is no option.
    exists
        Which options there are, shape (issues and bonuses, options).
    red
        Red lines, shape (parties, issues and bonuses, options).
    reservation, weight
        Shape (parties,).
    status_quo
        Option that holds if nothing is agreed, -1 where there is none; shape (issues,).
    sides
        In the order of the scenario.
    needed, side_veto
        How many sides must assent, and the sides that must be among them.
    council
        What must hold of the sides that assent where their votes are counted otherwise; then the two above say nothing.
    joint
        What is forbidden and what brings a bonus; None where nothing joins the issues.
    """

    worth: Floats
    exists: Bools
    red: Bools
    reservation: Floats
    weight: Floats
    status_quo: NDArray[np.intp]
    sides: tuple[SideRule, ...]
    needed: float
    side_veto: tuple[int, ...] = ()
    council: SideRule | None = None
    joint: Joint | None = None

    @property
    def issues(self) -> int:
        """How many issues there are."""
        return len(self.status_quo)

    @property
    def packages(self) -> int:
        """How many packages there are that are not forbidden."""
        if self.joint is not None:
            return self.joint.count()
        count = 1
        for options in self.exists.sum(axis=1).tolist():
            count *= options
        return count

    @property
    def parties(self) -> int:
        """How many parties there are."""
        return len(self.reservation)

    @property
    def status_quo_package(self) -> Packages | None:
        """The package in which nothing changes, shape (issues,); None where an issue has no status quo."""
        return self.status_quo if (self.status_quo >= 0).all() else None

    def side_shares(self) -> Floats:
        """Share of each party in its side's mean, shape (sides, parties); equal where all weights are 0."""
        result = np.zeros((len(self.sides), self.parties))
        for s, side in enumerate(self.sides):
            weights = np.maximum(self.weight[list(side.members)], 0.0)
            if weights.sum() <= 0.0:
                weights = np.ones(len(side.members))
            result[s, list(side.members)] = weights / weights.sum()
        return result

    def side_worth(self) -> Floats:
        """Worth of an option to a side, the mean of its members' by weight, shape (sides, issues, options)."""
        return np.asarray(np.einsum("sp,pjk->sjk", self.side_shares(), self.worth))

    def side_reservation(self) -> Floats:
        """Reservation value of a side, the mean of its members' by weight, shape (sides,)."""
        return np.asarray(self.side_shares() @ self.reservation)

    def utilities(self, packages: Packages) -> Floats:
        """Utility of packages (packages, issues) to the parties, shape (parties, packages)."""
        return utilities(self.worth, packages, self.joint)

    def side_utilities(self, packages: Packages) -> Floats:
        """Utility of packages (packages, issues) to the sides, shape (sides, packages)."""
        return utilities(self.side_worth(), packages, self.joint)

    def apart(self) -> Game:
        """The game of the issues one by one: nothing is forbidden, nothing brings a bonus."""
        own = self.issues
        return replace(self, worth=self.worth[:, :own], exists=self.exists[:own], red=self.red[:, :own], joint=None)

    def changed(self, **fields: Any) -> Game:
        """A copy with other values."""
        return replace(self, **fields)


def game(
    scenario: Scenario, coded: Coding, wants: Preferences | None = None, world: int = 0, needed: float | None = None
) -> Game:
    """The game in one world of a block.

    Parameters
    ----------
    coded, wants
        The numbers of a block of worlds and what follows from them; `wants` is worked out if it is left out.
    world
        Place of the world in the block.
    needed
        How many sides must assent there, where the scenario's agreement rule says `at_least`; its central value if
        left out.
    """
    wants = preferences(coded) if wants is None else wants
    agreement = scenario.agreement
    if agreement.at_least is None:
        needed = float(len(scenario.sides))
    elif needed is None:
        needed = central(agreement.at_least)
    sides = tuple(
        SideRule.of(side.members, ballot_of(side, s, coded, slice(world, world + 1)))
        for s, side in enumerate(scenario.sides)
    )
    worth, exists = np.ascontiguousarray(wants.worth[..., world]), coded.exists
    red = coded.red[..., world if coded.red.shape[3] > 1 else 0]
    if coded.joint is not None and wants.bonus is not None:
        worth, exists, red = _with_bonuses(worth, exists, red, wants.bonus[..., world])
    council = council_of(scenario, coded, slice(world, world + 1))
    every_side = tuple(range(len(sides)))
    return Game(
        council=None if council is None else SideRule.by(every_side, council.ways(len(sides))),
        worth=worth,
        exists=exists,
        red=red,
        reservation=wants.reservation[:, world].copy(),
        weight=coded.weight[:, world].copy(),
        status_quo=coded.status_quo,
        sides=sides,
        needed=needed,
        side_veto=agreement.veto,
        joint=coded.joint,
    )


def _with_bonuses(worth: Floats, exists: Bools, red: Bools, bonus: Floats) -> tuple[Floats, Bools, Bools]:
    """Worths, options and red lines with an issue more for each bonus, of which the second option is worth that much.

    `bonus` has shape (parties, bonuses).
    """
    parties, issues, options = worth.shape
    wide = max(options, 2)
    size = (issues + bonus.shape[1], wide)
    result, there, lines = (
        np.zeros((parties, *size)),
        np.zeros(size, dtype=bool),
        np.zeros((parties, *size), dtype=bool),
    )
    result[:, :issues, :options], there[:issues, :options], lines[:, :issues, :options] = worth, exists, red
    result[:, issues:, 1] = bonus
    there[issues:, :2] = True
    return result, there, lines


def central_game(scenario: Scenario) -> Game:
    """The game at the central values, before any event."""
    return game(scenario, central_coding(scenario))


def utilities(worth: Floats, packages: Packages, joint: Joint | None = None) -> Floats:
    """Utility of packages: worth of shape (rows, issues and bonuses, options), the answer (rows, packages)."""
    result = np.zeros((len(worth), len(packages)))
    issues = packages.shape[1]
    for j in range(issues):
        result += worth[:, j, packages[:, j]]
    if joint is not None:
        for b, holds in enumerate(joint.holds(packages.T)):
            result += np.where(holds, worth[:, issues + b, 1, None], 0.0)
    return result


def forbidden(packages: Packages, joint: Joint | None) -> Bools:
    """Which packages (packages, issues) no deal may be, shape (packages,)."""
    return np.zeros(len(packages), dtype=bool) if joint is None else joint.breaks(packages.T)


def accepts(game: Game, packages: Packages) -> Bools:
    """Which parties do not object: no red line crossed, worth the reservation value; (parties, packages)."""
    result = game.utilities(packages) >= (game.reservation - TOLERANCE)[:, None]
    for j in range(packages.shape[1]):
        if game.red[:, j].any():
            result &= ~game.red[:, j, packages[:, j]]
    return np.asarray(result)


def all_packages(exists: Bools) -> Packages:
    """Every package of these options, counting up with the last issue fastest; shape (packages, issues)."""
    sizes: Sequence[int] = exists.sum(axis=1).tolist()
    return np.stack(np.unravel_index(np.arange(np.prod(sizes, dtype=np.intp)), sizes), axis=1)
