"""The ladder: the order in which a side gives way, from its own best package to the others' best.

For every issue the side's options from its own best to the others' best form a concave frontier (the options that give
the others most per what they cost the side); all steps of all issues, sorted by gain per cost, are the rungs. With
additive values the rungs are the vertices of the Pareto frontier's concave hull (the greedy of Raiffa, 1982, ch. 11,
for trading issues; as for the fractional knapsack, Dantzig, 1957).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import first_option


def scaled_worth(worth: Floats, stakes: Floats, members: list[int], on_table: Bools, weight: Floats) -> Floats:
    """A side's worth of options: the weighted mean of its members', each scaled by its range over the packages.

    Parameters
    ----------
    worth
        Of all parties, shape (parties, issues, options, worlds).
    stakes
        How much more the best option of an issue is worth than the worst, shape (parties, issues, worlds).
    members
        Indices of the side's members.
    on_table
        Shape (issues, worlds).
    weight
        Of all parties, shape (parties, worlds).

    Returns
    -------
    Shape (issues, options, worlds). A member to whom all packages are worth the same does not count.
    """
    result = np.zeros(worth.shape[1:])
    counted = np.zeros(worth.shape[-1])
    for member in members:
        own, influence = worth[member], weight[member]
        span = total(stakes[member] * on_table)
        counts = span > TOLERANCE
        result += own * np.where(counts, share(influence, span), 0.0)
        counted += np.where(counts, influence, 0.0)
    return result * share(np.ones_like(counted), counted)


_CACHED = 1 << 16
"""Of so many options steps are worked out at once: what is computed on the way stays near the processor."""


@dataclass(slots=True)
class Ladder:
    """Rungs of a side in every world.

    Attributes
    ----------
    options
        The packages, shape (rungs, issues, worlds).
    issue, option_from, option_to
        The step that leads to rung r + 1, shape (rungs - 1, worlds).
    length
        Number of rungs, shape (worlds,); 0 where an issue has no option left.
    """

    options: Packages
    issue: NDArray[np.intp]
    option_from: NDArray[np.intp]
    option_to: NDArray[np.intp]
    length: NDArray[np.intp]


def ladder(own: Floats, others: Floats, allowed: Bools) -> Ladder:
    """Build the ladder.

    Parameters
    ----------
    own, others
        Scaled worth of options to the side and to the others, as the side believes; shape (issues, options, worlds).
    allowed
        Options that the side may offer, same shape; of an issue that is not on the table only the one that holds.
    """
    issues, _, worlds = own.shape
    start = _start(own, others, allowed)
    to, ratio = _steps(own, others, allowed, start)
    steps = to.shape[0]
    # Steps of an issue one after another, issues in the order of the file: the order in which ties are taken.
    ratio = np.ascontiguousarray(ratio.transpose(1, 0, 2)).reshape(issues * steps, worlds)
    anywhere = np.flatnonzero(np.logical_or.reduce(ratio >= 0.0, axis=1))
    order = anywhere[_sorted_by_ratio(ratio[anywhere])]
    count = np.add.reduce(ratio >= 0.0, axis=0, dtype=np.intp)
    longest = int(count.max(initial=0))
    order = order[:longest]
    column = np.arange(worlds)
    issue = order // steps if steps else order
    came_from = np.concatenate([start[None], to])  # before and after each step
    step = order - issue * steps
    option_from, option_to = came_from[step, issue, column], came_from[step + 1, issue, column]
    rungs = np.empty((longest + 1, issues, worlds), dtype=PACKAGE)
    rungs[0] = start
    for r in range(longest):
        rungs[r + 1] = rungs[r]
        rungs[r + 1][issue[r], column] = option_to[r]  # where there is no further step it is the option held already
    length = np.where(allowed.any(axis=1).all(axis=0), count + 1, 0)
    return Ladder(rungs, issue, option_from, option_to, length)


def _start(own: Floats, others: Floats, allowed: Bools) -> NDArray[np.intp]:
    """The allowed option worth most to the side; ties: worth more to the others, then earlier. (issues, worlds)."""
    mine = np.where(allowed, own, -np.inf)
    best = mine >= np.maximum.reduce(mine, axis=1, keepdims=True) - TOLERANCE
    theirs = np.where(best & allowed, others, -np.inf)
    return first_option(theirs >= np.maximum.reduce(theirs, axis=1, keepdims=True) - TOLERANCE)


def _steps(own: Floats, others: Floats, allowed: Bools, start: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats]:
    """Options stepped to and their gain per cost, shape (steps, issues, worlds); a ratio of -1 marks no step."""
    issues, options, worlds = own.shape
    to = np.empty((options - 1, issues, worlds), dtype=np.intp)
    ratio = np.full(to.shape, -1.0)
    together = max(1, _CACHED // (options * worlds)) if worlds else issues
    most = 0
    for first in range(0, issues, together):
        some = slice(first, first + together)
        taken = _steps_on(own[some], others[some], allowed[some], start[some], to[:, some], ratio[:, some])
        most = max(most, taken)
    return to[:most], ratio[:most]


def _steps_on(
    own: Floats, others: Floats, allowed: Bools, start: NDArray[np.intp], to: NDArray[np.intp], ratio: Floats
) -> int:
    """Steps on some of the issues, written into `to` and `ratio` as in `_steps`; how many there are at most."""
    options = own.shape[1]
    # A column is an issue in a world; one in which no step is left has none later either.
    mine, theirs = own.swapaxes(0, 1).reshape(options, -1), others.swapaxes(0, 1).reshape(options, -1)
    may = allowed.swapaxes(0, 1).reshape(options, -1)
    going = np.arange(mine.shape[1])
    left = np.flatnonzero(np.add.reduce(may, axis=0, dtype=np.intp) > 1)
    at = start.reshape(-1)
    for k in range(options - 1):
        if len(left) < len(going):
            going = going.take(left)
            mine, theirs, may = mine.take(left, axis=1), theirs.take(left, axis=1), may.take(left, axis=1)
        here = at.take(going) * len(going) + np.arange(len(going))
        gain = theirs - theirs.take(here)
        cost = mine.take(here) - mine
        np.maximum(cost, 0.0, out=cost)
        better = may & (gain > TOLERANCE)
        if not better.any():
            to[k:] = at.reshape(start.shape)
            return k
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            gain /= cost
        np.copyto(gain, -1.0, where=~better)
        most = np.maximum.reduce(gain, axis=0)
        tied = better & (gain >= most * (1.0 - TOLERANCE))
        cheapest = np.where(tied, cost, np.inf)
        tied &= cheapest <= np.minimum.reduce(cheapest, axis=0) + TOLERANCE
        left = np.flatnonzero(most >= 0.0)
        moving, chosen = going.take(left), first_option(tied[None])[0].take(left)
        at = at.copy()
        at[moving] = chosen
        to[k] = at.reshape(start.shape)
        gained = np.full(len(at), -1.0)
        gained[moving] = gain[chosen, left]
        ratio[k] = gained.reshape(start.shape)
    return int(options) - 1


def _sorted_by_ratio(ratio: Floats) -> NDArray[np.intp]:
    """Order of the steps from high to low ratio; ratios that differ by rounding only keep the order given.

    `ratio` has shape (steps, worlds), with -1 for no step; those come last, in any order.
    """
    order = np.argsort(-ratio, axis=0)
    if len(order) < 2:
        return order
    ranked = np.take_along_axis(ratio, order, axis=0)
    with np.errstate(invalid="ignore"):
        falls = (ranked[:-1] - ranked[1:]) > TOLERANCE * np.abs(ranked[:-1])
    falls |= np.isinf(ranked[:-1]) & ~np.isinf(ranked[1:])
    falls |= ranked[1:] < 0.0
    disordered = (~falls & (order[:-1] > order[1:])).any(axis=0)
    if disordered.any():
        columns = np.flatnonzero(disordered)
        group = np.zeros((len(order), len(columns)), dtype=np.intp)
        np.cumsum(falls[:, columns], axis=0, out=group[1:])
        picked = order[:, columns]
        again = np.argsort(group * len(order) + picked, axis=0, kind="stable")
        order[:, columns] = np.take_along_axis(picked, again, axis=0)
    return order
