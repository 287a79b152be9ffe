"""All packages in the order of their worth to a lone party: the one that it puts is found without looking at all.

Parties begin high and seldom concede far, so only the upper end is put in order at first, and more of it where a demand
falls below that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats, Ints
from sim.arrays.tolerance import TOLERANCE

_STRETCH = 1 << 15
"""Candidates over worlds that are put in order at once: they stay in the cache."""

_FIRST, _SHARE, _FURTHER = 512, 64, 8
"""The candidates put in order at first: so many, or one in so many if that is more; how much further each time."""


@dataclass(slots=True)
class Ranking:
    """Candidates of a lone party by what they are worth to it, in every world.

    Attributes
    ----------
    utility, worth
        To the party, and to the side on its scale; shape (candidates, worlds).
    keys
        In any order, shape (worlds, candidates): the leading bits of a candidate's utility above `low`, as they stand
        in a floating-point number, and its place in the others; -1 for those that it can't put.
    upper
        The largest of them, rising, shape (worlds, so many).
    low
        The least utility, shape (worlds,).
    bits
        How many bits the places take.
    """

    utility: Floats
    worth: Floats
    keys: NDArray[np.int64]
    upper: NDArray[np.int64]
    low: Floats
    bits: int

    @classmethod
    def of(cls, utility: Floats, worth: Floats, can_be: NDArray[np.bool_]) -> Ranking:
        """Rank the candidates that can be put; all arguments have shape (candidates, worlds)."""
        count, worlds = utility.shape
        bits = int(count).bit_length()
        low = np.minimum.reduce(utility, axis=0)
        keys = np.empty((worlds, count), dtype=np.int64)
        for some in _stretches(count, worlds):
            key = _leading(utility[:, some] - low[some], bits) | np.arange(count)[:, None]
            keys[some] = np.where(can_be[:, some], key, -1).T
        ranking = cls(utility, worth, keys, keys[:, :0], low, bits)
        ranking._order(max(_FIRST, count // _SHARE))
        return ranking

    def _order(self, many: int) -> None:
        """Put so many of the largest keys in order."""
        worlds, count = self.keys.shape
        many = min(many, count)
        self.upper = np.empty((worlds, many), dtype=np.int64)
        for some in _stretches(count, worlds):
            keys = self.keys[some]
            self.upper[some] = keys if many == count else np.partition(keys, count - many, axis=1)[:, count - many :]
            self.upper[some].sort(axis=1)

    def least(self, demand: Floats, at: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """The candidate worth least to the side of those worth at least its demand, and whether there is one.

        Of several within the tolerance the first. `demand` has shape (worlds,), the answers are for the worlds at
        these places, shape (n,).
        """
        demand, low = demand[at], self.low[at]
        # Bits that keys leave out are less than this: from a little below the demand on, utilities are compared.
        above = demand - low
        unsure = (np.abs(above) + np.abs(low) + 1.0) * 2.0 ** (self.bits - 48)
        sought = _leading(np.maximum(above - unsure, 0.0), self.bits)
        many, every = self.upper.shape[1], self.keys.shape[1]
        while many < every and (self.upper[at, 0] >= sought).any():
            self._order(many * _FURTHER)
            many = self.upper.shape[1]
        keys, start = self.upper.reshape(-1), at * many
        place = _first_not_below(keys, start, many, sought)
        found, limit = np.full(len(at), every), np.full(len(at), np.inf)
        left = np.flatnonzero(place < many)
        while len(left):
            key = keys[start[left] + place[left]]
            candidate = key & ((1 << self.bits) - 1)
            passes = self.utility[candidate, at[left]] >= demand[left]
            worth = self.worth[candidate, at[left]]
            limit[left] = np.where(passes, np.minimum(limit[left], worth + TOLERANCE), limit[left])
            near = worth <= limit[left]
            found[left] = np.where(passes & near, np.minimum(found[left], candidate), found[left])
            place[left] += 1
            left = left[near & (place[left] < many)]
        some = found < every
        return np.where(some, found, 0), some


def _stretches(count: int, worlds: int) -> list[slice]:
    """Worlds of so many candidates each, a few at a time."""
    step = max(_STRETCH // max(count, 1), 1)
    return [slice(first, first + step) for first in range(0, worlds, step)]


def _leading(positive: Floats, bits: int) -> NDArray[np.int64]:
    """Numbers that are not negative as whole numbers in the same order, with so many bits at the end left free.

    Why: whole numbers that carry their place sort and are searched several times faster than `argsort` sorts places.
    What breaks it: a negative number (its sign bit turns the order round) or nan; and numbers that differ in the bits
    left free come out equal, so near a demand whoever asks compares the numbers themselves.
    """
    return np.ascontiguousarray(positive).view(np.int64) >> bits << bits


def _first_not_below(keys: NDArray[np.int64], start: Ints, count: int, sought: NDArray[np.int64]) -> Ints:
    """In rows of so many rising keys that begin at `start`, how many are less than what is sought; by halving."""
    place = np.zeros(len(start), dtype=np.intp)
    step = 1 << (count.bit_length() - 1)
    while step:
        further = place + step
        below = keys.take(start + np.minimum(further, count) - 1) < sought
        np.copyto(place, further, where=below & (further <= count))
        step >>= 1
    return place
