"""What every option is worth to every party, and below what a party prefers no deal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.worlds.coding import Coding
from sim.worlds.draws import Floats
from sim.worlds.sums import share, total

TOLERANCE = 1e-9
"""Differences of utility up to this count as none; for ratios and shares of weight, relative to their size."""


@dataclass(slots=True)
class Preferences:
    """Additive utilities in a block of worlds.

    Attributes
    ----------
    worth
        Salience times value of an option, shape (parties, issues, options, worlds); 0 where there is no option.
    reservation
        Shape (parties, worlds).
    """

    worth: Floats
    reservation: Floats


def preferences(coded: Coding) -> Preferences:
    """Work out worths and reservation values from raw numbers.

    With an ideal point, an option at x is worth salience * (1 - |x - ideal|^e), the saliences normalised to sum to 1
    (Enelow & Hinich, 1984, ch. 2, for the loss function); with scores, salience * score (Keeney & Raiffa, 1976).
    """
    worth = np.zeros(coded.scores.shape)
    for p in range(len(worth)):
        worth[p] = _worth(coded, p)
    return Preferences(worth, reservations(coded, worth))


def normalised_salience(coded: Coding, party: int) -> Floats:
    """Saliences of a party, normalised over the issues on which it has an ideal; factors where it has scores.

    Shape (issues, worlds).
    """
    salience = np.maximum(coded.salience[party], 0.0)
    by_ideal = coded.has_ideal[party]
    weights = np.where(by_ideal[:, None], salience, 0.0)
    return np.where(by_ideal[:, None], share(weights, total(weights)[None]), salience)


def _worth(coded: Coding, p: int) -> Floats:
    """Worth of every option to party `p`, shape (issues, options, worlds)."""
    salience = normalised_salience(coded, p)
    value = np.zeros(coded.place.shape)
    for j in range(len(value)):
        if coded.has_ideal[p, j]:
            distance = np.abs(coded.place[j] - np.clip(coded.ideal[p, j], 0.0, 1.0))
            value[j] = 1.0 - power(distance, np.clip(coded.loss[p], 1e-3, 100.0))
        elif coded.has_scores[p, j]:
            value[j] = coded.scores[p, j]
    value *= salience[:, None]
    value[~coded.exists] = 0.0
    return value


def power(base: Floats, exponent: Floats) -> Floats:
    """`base` ** `exponent` for base in [0, 1]; exponent has shape (worlds,). The common exponents need no power."""
    if (exponent == 1.0).all():
        return base
    if (exponent == 2.0).all():
        return base * base
    return np.ascontiguousarray(base) ** np.ascontiguousarray(np.broadcast_to(exponent, base.shape))


def reservations(coded: Coding, worth: Floats) -> Floats:
    """Reservation values after events, shape (parties, worlds)."""
    stated = coded.reservation.copy()
    for p in np.flatnonzero(coded.reservation_from_status_quo):
        stated[p] += total(worth[p][np.arange(len(coded.status_quo)), coded.status_quo])
    changed = (coded.reservation_times != 1.0) | (coded.reservation_plus != 0.0)
    if not changed.any():
        return stated
    moved = coded.reservation_times * stated + coded.reservation_plus
    scored = coded.has_scores.any(axis=1, keepdims=True)
    legal = np.where(scored, moved, np.clip(moved, 0.0, 1.0))
    return np.where(changed, legal, stated)


def utility(worth: Floats, package: NDArray[np.integer], worlds: NDArray[np.intp] | None = None) -> Floats:
    """Utility of a package, one per world.

    Parameters
    ----------
    worth
        Shape (parties, issues, options, worlds).
    package
        Option per issue, shape (issues, n).
    worlds
        Places of the n worlds among those of `worth`; None where they are all, in order.

    Returns
    -------
    Shape (parties, n).
    """
    parties, issues, options, count = worth.shape
    if worlds is None:
        worlds = np.arange(count)
    rows = (np.arange(issues)[:, None] * options + package) * count + worlds
    gathered = worth.reshape(parties, -1).take(rows, axis=1)
    return total(gathered.transpose(1, 0, 2))


def crosses_red_line(red: NDArray[np.bool_], package: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whether a package crosses a red line of a party.

    `red` has shape (parties, issues, options), `package` (issues, worlds), the answer (parties, worlds).
    """
    result = np.zeros((red.shape[0], package.shape[1]), dtype=bool)
    for j, option in enumerate(package):
        if red[:, j].any():
            result |= red[:, j, option]
    return result


def spread(worth: Floats, exists: NDArray[np.bool_]) -> Floats:
    """How much more the best option of each issue is worth than the worst.

    `worth` has shape (issues, options, worlds), `exists` (issues, options), the answer (issues, worlds).
    """
    missing = ~exists[:, :, None]
    return np.asarray(np.where(missing, -np.inf, worth).max(axis=1) - np.where(missing, np.inf, worth).min(axis=1))
