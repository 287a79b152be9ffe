"""How far apart packages and sides are.

Distances are city-block on each issue's scale (Enelow & Hinich, 1984), weighted by what the sides care about; see
CONTRACT 2 of the rules of play ("Gap") and docs/model.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.coding import Coding
from sim.worlds.preferences import Preferences, first_option, normalised_salience, option_places

Members = Sequence[Sequence[int]]
"""Indices of the parties of each side."""


def side_saliences(coded: Coding, wants: Preferences, members: Members) -> Floats:
    """What each side cares about: the mean of its members' saliences by weight, each normalised to sum to 1.

    With scores, an issue's salience is the spread of what its options are worth. Shape (sides, issues, worlds).
    """
    result = []
    for side in members:
        cares, weights = [], []
        for p in side:
            own = np.where(coded.has_ideal[p][:, None], normalised_salience(coded, p), wants.most[p] - wants.least[p])
            cares.append(share(own, total(own)[None]))
            weights.append(np.maximum(coded.weight[p], 0.0))
        mean = total(np.stack([care * weight for care, weight in zip(cares, weights, strict=True)]))
        result.append(share(mean, total(np.stack(weights))[None]))
    return np.stack(result)


def package_gaps(place: Floats, packages: NDArray[np.integer], saliences: Floats) -> tuple[Floats, Floats]:
    """Gap between the sides' packages: by issue, and in total; the mean over the pairs of sides that have one.

    Parameters
    ----------
    place
        Places of the options, shape (issues, options, worlds).
    packages
        One per side, shape (sides, issues, worlds); -1 where a side has none.
    saliences
        Shape (sides, issues, worlds).

    Returns
    -------
    By issue (issues, worlds) and in total (worlds,), in [0, 1]; nan where fewer than two sides have a package.
    """
    at = option_places_of(place, packages)
    has = packages[:, 0] >= 0
    return _mean_over_pairs(
        ((np.abs(at[a] - at[a + 1 :]), saliences[a] + saliences[a + 1 :]) for a in range(len(packages) - 1)),
        None if has.all() else [has[a] & has[a + 1 :] for a in range(len(packages) - 1)],
    )


def option_places_of(place: Floats, packages: NDArray[np.integer]) -> Floats:
    """Where the options of packages lie, shape (sides, issues, worlds); of a missing one any place.

    `place` has shape (issues, options, worlds), `packages` that of the answer.
    """
    return place.reshape(-1).take(option_places(place.shape, np.maximum(packages, 0)), mode="clip")


def position_gaps(
    coded: Coding, wants: Preferences, members: Members, saliences: Floats
) -> tuple[Floats, Floats, Floats]:
    """Gap between the sides' positions, their members' best options, and the spread within each side.

    A member to whom an issue's options are all worth the same has no position on it and is not counted there.

    Returns
    -------
    Between sides by issue (issues, worlds) and in total (worlds,), within each side in total (sides, worlds).
    """
    mass, squares = zip(*(_mass(coded, wants, side) for side in members), strict=True)
    weights = [total(one.transpose(1, 0, 2)) for one in mass]

    def apart_of(a: int, b: int) -> Floats:
        return share(_distance(coded.place, mass[a], mass[b]), weights[a] * weights[b])

    by_issue, overall = _mean_over_pairs(
        (np.stack([apart_of(a, b) for b in range(a + 1, len(members))]), saliences[a] + saliences[a + 1 :])
        for a in range(len(members) - 1)
    )
    within = []
    for own, whole, square, salience in zip(mass, weights, squares, saliences, strict=True):
        pairs_weight = np.where(whole * whole - square > TOLERANCE, whole * whole - square, 0.0)
        apart = share(_distance(coded.place, own, own), pairs_weight)
        within.append(share(total(apart * salience), total(salience)))
    return by_issue, overall, np.stack(within)


def _mean_over_pairs(
    pairs: Iterable[tuple[Floats, Floats]], counted: Sequence[NDArray[np.bool_]] | None = None
) -> tuple[Floats, Floats]:
    """Mean of gaps by issue (issues, worlds) and in total (worlds,).

    `pairs` gives for one side after another its gaps to all that follow and their weights, (sides, issues, worlds);
    `counted` which of these pairs count, (sides, worlds) each; None: all. Where none does, the mean is nan.
    """
    by_issue, overall, count = np.zeros(()), np.zeros(()), np.zeros((), dtype=np.intp)
    for a, (gaps, weights) in enumerate(pairs):
        together = share(total((gaps * weights).transpose(1, 0, 2)), total(weights.transpose(1, 0, 2)))
        if counted is not None:
            gaps, together = gaps * counted[a][:, None], together * counted[a]
        for gap, in_all in zip(gaps, together, strict=True):
            by_issue = by_issue + gap
            overall = overall + in_all
        count = count + (len(gaps) if counted is None else np.add.reduce(counted[a], axis=0, dtype=np.intp))
    some = np.where(count > 0, count, np.nan)
    return by_issue / some, overall / some


def _mass(coded: Coding, wants: Preferences, side: Sequence[int]) -> tuple[Floats, Floats]:
    """Weight of the members by their best option (issues, options, worlds), and sum of squared weights."""
    mass = np.zeros(coded.place.shape)
    squares = np.zeros((coded.place.shape[0], coded.place.shape[2]))
    for p in side:
        near = (wants.worth[p] >= wants.most[p][:, None] - TOLERANCE) & coded.exists[:, :, None]
        best = first_option(near)
        minds = wants.most[p] - wants.least[p] > TOLERANCE
        weight = np.where(minds, np.maximum(coded.weight[p], 0.0), 0.0)
        mass.reshape(-1)[option_places(mass.shape, best)] += weight
        squares += weight * weight
    return mass, squares


def _distance(place: Floats, one: Floats, other: Floats) -> Floats:
    """Sum of weight * weight * distance over all pairs of options; shape (issues, worlds)."""
    result = np.zeros((place.shape[0], place.shape[2]))
    ours, theirs = (np.flatnonzero(mass.any(axis=(0, 2))) for mass in (one, other))
    for a in ours:
        for b in theirs:
            if a != b:
                result += one[:, a] * other[:, b] * np.abs(place[:, a] - place[:, b])
    return result
