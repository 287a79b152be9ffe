"""What every option is worth to every party, and below what a party prefers no deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.arrays.sums import share, total
from sim.scenario.distributions import LARGEST
from sim.worlds.coding import Coding
from sim.worlds.joint import Joint
from sim.worlds.packages import PACKAGE

_FEW = 256
"""In more worlds than this it is faster to go through options one by one than along an axis that is not the last."""


@dataclass(slots=True)
class Preferences:
    """Utilities in a block of worlds: additive over the issues, and bonuses for options that go together.

    Attributes
    ----------
    worth
        Salience times value of an option, shape (parties, issues, options, worlds); 0 where there is no option.
    reservation
        Shape (parties, worlds).
    most, least
        Worth of the best and of the worst option of an issue, shape (parties, issues, worlds).
    status_quo
        Utility of the status quo to those whose reservation value depends on it, shape (parties, worlds); 0 to others.
    joint
        What joins the issues, None where nothing does.
    bonus
        What each bonus is worth to each party, shape (parties, bonuses, worlds); None where there are none.
    """

    worth: Floats
    reservation: Floats
    most: Floats
    least: Floats
    status_quo: Floats
    joint: Joint | None = None
    bonus: Floats | None = None

    def utility(self, package: NDArray[np.integer], worlds: NDArray[np.intp] | None = None) -> Floats:
        """Utility of a package (issues, n) to every party, with all bonuses; arguments as `utility`; (parties, n)."""
        result = utility(self.worth, package, worlds)
        if self.bonus is not None:
            result += self.bonuses(package, worlds)
        return result

    def bonuses(
        self,
        package: NDArray[np.integer],
        worlds: NDArray[np.intp] | None = None,
        parties: Sequence[int] | slice = slice(None),
    ) -> Floats:
        """What packages (issues, ..., n) are worth to some parties beyond the sum of options; (parties, ..., n)."""
        assert self.bonus is not None
        assert self.joint is not None
        own = self.bonus[parties]
        return self.joint.bonus(own if worlds is None else own.take(worlds, axis=2), package)

    def amounts(self, party: int, worlds: NDArray[np.intp] | slice) -> Floats:
        """What each bonus is worth to a party in some worlds, shape (bonuses, n)."""
        if self.bonus is None:
            return np.zeros((0, self.worth.shape[3]))[:, worlds]
        return np.asarray(self.bonus[party][:, worlds])

    def stakes(self, worlds: NDArray[np.intp] | slice) -> Floats:
        """How much more the best option of an issue is worth than the worst, shape (parties, issues, n)."""
        return np.asarray(self.most[..., worlds] - self.least[..., worlds])


def preferences(coded: Coding) -> Preferences:
    """Work out worths and reservation values from raw numbers.

    With an ideal point, an option at x is worth salience * (1 - |x - ideal|^e), the saliences normalised to sum to 1
    (Enelow & Hinich, 1984, ch. 2, for the loss function); with scores, salience * score (Keeney & Raiffa, 1976).
    """
    parties, issues, _, worlds = coded.scores.shape
    worth = np.empty(coded.scores.shape)
    most, least = np.empty((parties, issues, worlds)), np.empty((parties, issues, worlds))
    status_quo = np.zeros((parties, worlds))
    missing = np.argwhere(~coded.exists)
    for p, own in enumerate(worth):
        _worth(coded, p, own)
        for j, k in missing:  # an option that is not there is neither the best nor the worst
            own[j, k] = own[j, 0]
        np.maximum.reduce(own, axis=1, out=most[p])
        np.minimum.reduce(own, axis=1, out=least[p])
        for j, k in missing:
            own[j, k] = 0.0
        if coded.reservation_from_status_quo[p]:
            status_quo[p] = total(own[np.arange(issues), coded.status_quo])
    if coded.bonus is not None and coded.joint is not None and coded.reservation_from_status_quo.any():
        held = np.repeat(coded.status_quo[:, None], worlds, axis=1)
        status_quo += np.where(coded.reservation_from_status_quo[:, None], coded.joint.bonus(coded.bonus, held), 0.0)
    reservation = reservations(coded, status_quo)
    return Preferences(worth, reservation, most, least, status_quo, coded.joint, coded.bonus)


def normalised_salience(coded: Coding, party: int) -> Floats:
    """Saliences of a party, normalised over the issues on which it has an ideal; factors where it has scores.

    Shape (issues, worlds).
    """
    salience = np.maximum(coded.salience[party], 0.0)
    by_ideal = coded.has_ideal[party]
    weights = np.where(by_ideal[:, None], salience, 0.0)
    return np.where(by_ideal[:, None], share(weights, total(weights)[None]), salience)


def _worth(coded: Coding, p: int, worth: Floats) -> None:
    """Fill in the worth of every option to party `p`, shape (issues, options, worlds)."""
    if coded.has_ideal[p].any():
        np.subtract(coded.place, np.clip(coded.ideal[p], 0.0, 1.0)[:, None], out=worth)
        np.abs(worth, out=worth)
        np.subtract(1.0, power(worth, np.clip(coded.loss[p], 1e-3, 100.0)), out=worth)
    for j in np.flatnonzero(~coded.has_ideal[p]):
        worth[j] = coded.scores[p, j] if coded.has_scores[p, j] else 0.0
    worth *= normalised_salience(coded, p)[:, None]


def power(base: Floats, exponent: Floats) -> Floats:
    """`base` ** `exponent` for base in [0, 1]; exponent has shape (worlds,). The common exponents need no power."""
    if (exponent == 1.0).all():
        return base
    if (exponent == 2.0).all():
        return base * base
    return np.ascontiguousarray(base) ** np.ascontiguousarray(np.broadcast_to(exponent, base.shape))


def reservations(coded: Coding, status_quo: Floats) -> Floats:
    """Reservation values after events, given the utility of the status quo as in `Preferences`; (parties, worlds)."""
    stated = coded.reservation + status_quo
    changed = (coded.reservation_times != 1.0) | (coded.reservation_plus != 0.0)
    if not changed.any():
        return stated
    moved = coded.reservation_times * stated + coded.reservation_plus
    scored = coded.has_scores.any(axis=1, keepdims=True)
    if coded.has_bonus is not None:
        scored = scored | coded.has_bonus[:, None]
    legal = np.clip(moved, np.where(scored, -LARGEST, 0.0), np.where(scored, LARGEST, 1.0))
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
    places = option_places(worth.shape, package, worlds)
    by_place = worth.reshape(len(worth), -1)
    result = np.zeros((len(worth), places.shape[1]))
    own = np.empty_like(result)
    for row in places:  # one issue after another for all parties at once: what is added stays in the cache
        by_place.take(row, axis=1, out=own, mode="clip")
        result += own
    return result


def option_places(
    shape: tuple[int, ...], package: NDArray[np.integer], worlds: NDArray[np.intp] | None = None
) -> NDArray[np.intp]:
    """Where the worth of a package's options stands in an array (issues, options, worlds) made flat; (issues, n).

    `shape` may have other axes before these three; the other arguments are those of `utility`.
    """
    issues, options, count = shape[-3:]
    if worlds is None:
        worlds = np.arange(count)
    return np.asarray((np.arange(issues)[:, None] * options + package) * count + worlds)


def first_option(marked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The first option marked, 0 where none is; shape (issues, options, worlds) to (issues, worlds)."""
    if marked.shape[2] <= _FEW:
        return np.asarray(marked.argmax(axis=1))
    found = np.zeros(marked.shape[::2], dtype=bool)
    before = np.zeros(found.shape, dtype=PACKAGE)
    for k in range(marked.shape[1]):
        found |= marked[:, k]
        before += ~found
    return np.where(found, before, 0).astype(np.intp)


def crosses_red_line(
    red: NDArray[np.bool_], package: NDArray[np.integer], worlds: NDArray[np.intp] | None = None
) -> NDArray[np.bool_]:
    """Whether a package crosses a red line of a party.

    Parameters
    ----------
    red
        Shape (parties, issues, options, worlds), or 1 for the worlds where all have the same.
    package
        Option per issue, shape (issues, n).
    worlds
        Places of the n worlds among those of `red`; None where they are all, in order.

    Returns
    -------
    Shape (parties, n).
    """
    result = np.zeros((red.shape[0], package.shape[1]), dtype=bool)
    column: NDArray[np.intp] | int = 0
    if red.shape[3] > 1:
        column = np.arange(red.shape[3]) if worlds is None else worlds
    for j, option in enumerate(package):
        if red[:, j].any():
            result |= red[:, j, option, column]
    return result


def red_lines_in(red: NDArray[np.bool_], worlds: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Red lines (..., worlds) in some worlds, to be read only; as they are where all worlds have the same."""
    return red if red.shape[-1] == 1 else red.take(worlds, axis=-1)


def spread(worth: Floats, exists: NDArray[np.bool_]) -> Floats:
    """How much more the best option of each issue is worth than the worst.

    `worth` has shape (issues, options, worlds), `exists` (issues, options), the answer (issues, worlds).
    """
    counts = exists.sum(axis=1)
    result = np.empty((worth.shape[0], worth.shape[2]))
    for j, count in enumerate(counts):
        own = worth[j, :count]
        np.subtract(np.maximum.reduce(own, axis=0), np.minimum.reduce(own, axis=0), out=result[j])
    return result
