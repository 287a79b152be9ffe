"""Trades across issues: what to give for what (logrolling), and the least that each side must move on an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.analysis.at_home import Home
from sim.analysis.game import Game
from sim.analysis.zone import counted, deal, decision
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.joint import Joint


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
        What the trade brings them, more than 0: both are better off than halfway.
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


def trades(game: Game, homes: Sequence[Home] = ()) -> list[Trade]:
    """All pairs of issues that two sides can trade so that both gain, the largest joint gain first.

    A side's stake on an issue is what it loses if the other has its way there. Of two issues the side for whom the
    ratio of stakes is higher should win the one, the other the other: then the joint gain over meeting halfway is half
    of (own stake won - own stake given) for both together.

    A side has its way at the best option that could pass. Options that cross a red line (at the table or at home) of
    somebody who could stop it are left out; who can be outvoted, or is not needed, cannot. A trade is left out too if
    its two options together could not pass, whatever the other issues bring those at home, or if it takes away from
    one of the two. Sides and members whose assent never counts have no part in it.

    Parameters
    ----------
    homes
        Those who ratify.

    Bonuses play no part; of two options that are forbidden together, or leave no package, no trade is made.
    """
    joint, game = game.joint, game.apart()
    passable = _passable(game, homes)
    worth = _scaled(game)
    if not passable.any(axis=1).all():
        return []
    best = best_options(worth, passable)
    issues = np.arange(len(game.exists))
    found: list[Trade] = []
    options: list[tuple[int, int]] = []
    for a, b in combinations(np.flatnonzero(sides_that_count(game)).tolist(), 2):
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
            if min(trade.first_gains, trade.second_gains) > TOLERANCE:
                found.append(trade)
                options.append((int(best[b, gives]), int(best[a, gets])))
    if not found:
        return []
    held = [
        (np.array([getattr(one, issue) for one in found]), np.array([pair[k] for pair in options]))
        for k, issue in enumerate(("first_gives", "second_gives"))
    ]
    passes = _passes(game, homes, held, [(one.first, one.second) for one in found])
    if joint is not None:
        passes &= [
            _together(joint, game, pair) for pair in zip(*([*zip(*one, strict=True)] for one in held), strict=True)
        ]
    kept = [trade for trade, stands in zip(found, passes.tolist(), strict=True) if stands]
    return sorted(kept, key=lambda t: (-round(t.gain, 9), t.first, t.second, t.first_gives, t.second_gives))


def _together(joint: Joint, game: Game, held: Sequence[tuple[int, int]]) -> bool:
    """Whether a package with these options, pairs of issue and option, is not forbidden."""
    allowed = game.exists.copy()
    for issue, option in held:
        allowed[issue] = np.arange(allowed.shape[1]) == option
    return joint.count(allowed) > 0


def members_that_count(game: Game) -> Bools:
    """Which parties have a say in their side's decision, and it in the deal; shape (parties,)."""
    result = np.zeros(game.parties, dtype=bool)
    for side, counts in zip(game.sides, sides_that_count(game).tolist(), strict=True):
        for own, _ in (row for way in side.ways for row in way):
            for member, carries in zip(side.members, own, strict=True):
                result[member] |= counts and carries > 0.0
    return result


def sides_that_count(game: Game) -> Bools:
    """Which sides' assent can matter: all, unless those with a veto are enough by themselves; shape (sides,)."""
    result = np.ones(len(game.sides), dtype=bool)
    if game.council is not None:
        result[:] = False
        result[list(counted(game.council))] = True
        return result
    if game.side_veto and ceil(game.needed) <= len(game.side_veto):
        result[:] = False
        result[list(game.side_veto)] = True
    return result


def _passable(game: Game, homes: Sequence[Home]) -> Bools:
    """Options that no red line rules out whose owner could stop them, shape (issues, options)."""
    issue, option = np.nonzero(game.exists)
    result = np.zeros_like(game.exists)
    result[issue, option] = _passes(game, homes, [(issue, option)])
    return result


def _passes(
    game: Game,
    homes: Sequence[Home],
    held: Sequence[tuple[NDArray[np.intp], NDArray[np.intp]]],
    between: Sequence[tuple[int, int]] | None = None,
) -> Bools:
    """Whether packages that hold these options (issues, options of each) could pass, as far as red lines and homes go.

    With `between`, the whole of what two sides trade, those at home must find enough in it, and the two sides assent.
    """
    count = len(held[0][0])
    votes = np.ones((game.parties, count), dtype=bool)
    for issue, option in held:
        votes &= ~game.red[:, issue, option]
    for home in homes:
        most = np.max(home.worth, axis=1, where=game.exists & ~home.red, initial=-np.inf)
        refuses, worth = np.zeros(count, dtype=bool), np.full(count, float(most.sum()))
        for issue, option in held:
            refuses |= home.red[issue, option]
            worth += home.worth[issue, option] - most[issue]
        if between is not None:
            refuses |= ~(worth >= home.least - TOLERANCE)
        votes[list(home.parties)] &= ~refuses
    result = deal(game, list(votes))
    if between is not None:
        assent = np.stack([decision(side, list(votes)) for side in game.sides])
        pairs, at = np.array(between), np.arange(count)
        result = result & assent[pairs[:, 0], at] & assent[pairs[:, 1], at]
    return np.asarray(result)


def _scaled(game: Game) -> Floats:
    """Worth of options to sides, by those members who have a say; a side's best package 1 above its worst."""
    counts = members_that_count(game)
    shares = game.side_shares() * counts
    alike = np.array([[p in side.members and counts[p] for p in range(game.parties)] for side in game.sides])
    shares = np.where(shares.sum(axis=1, keepdims=True) > 0.0, shares, alike)
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), TOLERANCE)
    worth = np.asarray(np.einsum("sp,pjk->sjk", shares, game.worth))
    highest = np.max(worth, axis=2, where=game.exists, initial=-np.inf)
    lowest = np.min(worth, axis=2, where=game.exists, initial=np.inf)
    span = (highest - lowest).sum(axis=1)
    return np.asarray(worth / np.where(span > TOLERANCE, span, 1.0)[:, None, None])


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
