"""Trades across issues: what to give for what (logrolling), and the least that each side must move on an issue."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.analysis.game import Game
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE


@dataclass(frozen=True, slots=True)
class Trade:
    """Each of two sides has its way on the issue that it cares more about.

    Compared with meeting halfway on both issues. Utilities are scaled so that a side's best package is worth 1 more
    than its worst.

    Attributes
    ----------
    first, second
        The sides.
    first_gives, second_gives
        The issue on which the first side lets the second have its way, and the other.
    first_gains, second_gains
        What the trade brings them; both positive: both are better off than halfway.
    """

    first: int
    second: int
    first_gives: int
    second_gives: int
    first_gains: float
    second_gains: float

    @property
    def gain(self) -> float:
        """What both gain together."""
        return self.first_gains + self.second_gains


def best_options(worth: Floats, exists: Bools) -> NDArray[np.intp]:
    """Best option of each side on each issue, ties: the first in the file; shape (sides, issues)."""
    found = np.where(exists, worth, -np.inf)
    return np.asarray((found >= found.max(axis=2, keepdims=True) - TOLERANCE).argmax(axis=2))


def trades(game: Game) -> list[Trade]:
    """All pairs of issues that two sides can trade, the largest joint gain first.

    A side's stake on an issue is what it loses if the other has its way there. Of two issues the side for whom the
    ratio of stakes is higher should win the one, the other the other: then the joint gain over meeting halfway is half
    of (own stake won - own stake given) for both together.
    """
    worth = _scaled(game)
    best = best_options(worth, game.exists)
    issues = np.arange(len(game.exists))
    result = []
    for a, b in combinations(range(len(worth)), 2):
        stake_a = worth[a, issues, best[a]] - worth[a, issues, best[b]]
        stake_b = worth[b, issues, best[b]] - worth[b, issues, best[a]]
        contested = np.flatnonzero((stake_a > TOLERANCE) & (stake_b > TOLERANCE))
        for i, j in combinations(contested.tolist(), 2):
            # The first side gives the issue on which its stake is smaller compared with the other side's.
            gives, gets = (i, j) if stake_a[i] * stake_b[j] < stake_a[j] * stake_b[i] else (j, i)
            trade = Trade(
                a, b, gives, gets,
                0.5 * float(stake_a[gets] - stake_a[gives]), 0.5 * float(stake_b[gives] - stake_b[gets]),
            )  # fmt: skip
            if trade.gain > TOLERANCE:
                result.append(trade)
    return sorted(result, key=lambda t: (-round(t.gain, 9), t.first, t.second, t.first_gives, t.second_gives))


def _scaled(game: Game) -> Floats:
    worth = game.side_worth()
    highest = np.max(worth, axis=2, where=game.exists, initial=-np.inf)
    lowest = np.min(worth, axis=2, where=game.exists, initial=np.inf)
    span = (highest - lowest).sum(axis=1)
    return worth / np.where(span > TOLERANCE, span, 1.0)[:, None, None]


@dataclass(frozen=True, slots=True)
class Move:
    """The least that a side must move on an issue: from its best option to the nearest one that a deal can hold."""

    side: int
    issue: int
    start: int
    to: int
    distance: float


def least_moves(game: Game, place: Floats, reachable: Bools) -> list[Move]:
    """For each issue and side the least move from its best option to a reachable one.

    Parameters
    ----------
    place
        Places of the options on their scales, shape (issues, options).
    reachable
        Options that some deal holds, shape (issues, options).
    """
    worth = game.side_worth()
    result = []
    for j, options in enumerate(reachable):
        ends = np.flatnonzero(options)
        if not len(ends):
            continue
        for s in range(len(worth)):
            own = np.where(game.exists[j], worth[s, j], -np.inf)
            starts = np.flatnonzero(own >= own.max() - TOLERANCE)
            if len(starts) == game.exists[j].sum():
                continue  # the side does not care
            distance = np.abs(place[j, starts][:, None] - place[j, ends])
            start, end = np.unravel_index(np.argmin(distance), distance.shape)
            result.append(Move(s, j, int(starts[start]), int(ends[end]), float(distance[start, end])))
    return result
