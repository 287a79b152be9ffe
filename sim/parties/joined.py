"""What a side may put where options of several issues are forbidden together, or worth a bonus together.

A ladder is planned as if the issues were apart. Where that makes a rung of a package that is forbidden, another takes
its place: of those that are not, the one with the largest sum of what it is worth to the side and, at the price that
the side pays on that rung, to the others. So a rung stays what it is, a best package at a price. Everything is judged
as a whole: what a rung is worth to the members has all bonuses in it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints, Some
from sim.arrays.sums import share
from sim.arrays.tolerance import TOLERANCE
from sim.parties.repertoire import Repertoire
from sim.worlds.preferences import Preferences, crosses_red_line, utility

_FIRST, _LAST = 1e-3, 1e3
"""Prices on the first and the last rung: what is left of the others' worth, and of the side's own."""


def join_ladder(
    rungs: Repertoire,
    worth: Floats,
    red: Bools,
    scaled: tuple[Floats, Floats],
    allowed: Bools,
    wants: Preferences,
    members: Sequence[int],
    pick: Some,
) -> Repertoire:
    """The repertoire of a ladder, every package as a whole.

    Parameters
    ----------
    rungs
        The ladder, planned issue by issue.
    worth, red
        Of the members, (members, issues, options, n) and (members, issues, options, n or 1).
    scaled
        What options are worth to the side and, as it believes, to the others; (issues, options, n) each.
    allowed
        Options that the side may offer, same shape.
    wants, members, pick
        The preferences of the block, the members' places in it and those of the n worlds.
    """
    assert wants.joint is not None
    packages = np.moveaxis(rungs.options, 1, 0)
    breaks = wants.joint.breaks(packages) & rungs.valid
    forbidden: Bools | None = None
    if breaks.any():
        forbidden = np.zeros_like(breaks)
        price = _prices(rungs, *scaled)
        for r in np.flatnonzero(breaks.any(axis=1)):
            at = np.flatnonzero(breaks[r])
            sums = scaled[0][..., at] + price[r, at] * scaled[1][..., at]
            sums = np.where(allowed[..., at], sums, -np.inf)
            package, there = wants.joint.best(sums, np.zeros((len(wants.joint.bonuses), len(at))))
            rungs.options[r][:, at] = np.where(there, package, rungs.options[r][:, at])
            forbidden[r, at] = ~there
            rungs.value[:, r, at] = utility(worth, rungs.options[r][:, at], at)
        if rungs.crossed is not None:
            rungs.crossed = np.stack([crosses_red_line(red, package) for package in rungs.options], axis=1)
    if wants.bonus is not None:
        rungs.value += wants.joint.bonus(wants.bonus[list(members)][..., pick], packages)
    rungs.forbidden = forbidden
    return rungs


def join_all(
    packages: Repertoire, weight: Floats, wants: Preferences, members: Sequence[int], pick: Some
) -> Repertoire:
    """The repertoire of all packages, every one as a whole.

    Parameters
    ----------
    packages
        All of them, valued issue by issue.
    weight
        Of the members, shape (members, n).
    wants, members, pick
        As for `join_ladder`.
    """
    assert wants.joint is not None
    options = np.moveaxis(packages.options, 1, 0)
    packages.forbidden = wants.joint.breaks(options)
    if wants.bonus is not None:
        packages.value += wants.joint.bonus(wants.bonus[list(members)][..., pick], options)
    can_be = packages.valid & ~packages.forbidden
    rank, counted = np.zeros(packages.valid.shape), np.zeros(packages.valid.shape[1])
    for value, influence in zip(packages.value, weight, strict=True):
        most = np.where(can_be, value, -np.inf).max(axis=0)
        span = most - np.where(can_be, value, np.inf).min(axis=0)
        counts = span > TOLERANCE
        rank += value * np.where(counts, share(influence, np.where(counts, span, 0.0)), 0.0)
        counted += np.where(counts, influence, 0.0)
    packages.rank = rank * share(np.ones_like(counted), counted)
    return packages


def _prices(rungs: Repertoire, own: Floats, others: Floats) -> Floats:
    """What the side pays for what it gives the others on each rung, shape (rungs, worlds).

    Between what the step to the rung cost and what the next one will, per unit of the others' worth.
    """
    count, worlds = rungs.valid.shape
    column = np.arange(worlds)
    result = np.zeros((count, worlds))
    cost = np.zeros((count + 1, worlds))
    held = rungs.options[0].astype(np.intp)
    for r in range(count - 1):
        issue, to = rungs.issue[r], rungs.option_to[r]
        at = held[issue, column]
        gain = others[issue, to, column] - others[issue, at, column]
        paid = np.maximum(own[issue, at, column] - own[issue, to, column], 0.0)
        cost[r + 1] = share(paid, gain)
        held[issue, column] = np.where(rungs.valid[r + 1], to, at)
    last: Ints = np.add.reduce(rungs.valid, axis=0, dtype=np.intp) - 1
    for r in range(count):
        result[r] = np.where(r == last, _LAST, 0.5 * (cost[r] + cost[r + 1]))
    result[0] = _FIRST
    return result
