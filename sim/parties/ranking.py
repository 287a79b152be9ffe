"""All packages in the order of their worth to a lone party: the one that it puts is found without looking at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats, Ints
from sim.arrays.tolerance import TOLERANCE

_STRETCH = 32
"""Worlds that are sorted at once: they stay in the cache."""


@dataclass(slots=True)
class Ranking:
    """Candidates of a lone party by what they are worth to it, in every world.

    Attributes
    ----------
    utility, worth
        To the party, and to the side on its scale; shape (candidates, worlds).
    keys
        Rising, shape (worlds, candidates): the leading bits of a candidate's utility above `low`, as they stand in a
        floating-point number, and its place in the others; the largest number for those that it can't put.
    low
        The least utility, shape (worlds,).
    bits
        How many bits the places take.
    """

    utility: Floats
    worth: Floats
    keys: NDArray[np.int64]
    low: Floats
    bits: int

    @classmethod
    def of(cls, utility: Floats, worth: Floats, can_be: NDArray[np.bool_]) -> Ranking:
        """Rank the candidates that can be put; all arguments have shape (candidates, worlds)."""
        count, worlds = utility.shape
        bits = int(count).bit_length()
        low = np.minimum.reduce(utility, axis=0)
        keys = np.empty((worlds, count), dtype=np.int64)
        for first in range(0, worlds, _STRETCH):
            some = slice(first, first + _STRETCH)
            key = _leading(utility[:, some] - low[some], bits) | np.arange(count)[:, None]
            keys[some] = np.where(can_be[:, some], key, _LARGEST).T
            keys[some].sort(axis=1)
        return cls(utility, worth, keys, low, bits)

    def least(self, demand: Floats, at: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """The candidate worth least to the side of those worth at least its demand, and whether there is one.

        Of several within the tolerance the first. `demand` has shape (worlds,), the answers are for the worlds at
        these places, shape (n,).
        """
        count = self.keys.shape[1]
        keys, start, demand, low = self.keys.reshape(-1), at * count, demand[at], self.low[at]
        # Bits that keys leave out are less than this: from a little below the demand on, utilities are compared.
        above = demand - low
        unsure = (np.abs(above) + np.abs(low) + 1.0) * 2.0 ** (self.bits - 48)
        sought = _leading(np.maximum(above - unsure, 0.0), self.bits)
        place = _first_not_below(keys, start, count, sought)
        found, limit = np.full(len(at), count), np.full(len(at), np.inf)
        left = np.flatnonzero(place < count)
        while len(left):
            key = keys[start[left] + place[left]]
            left, key = left[key < _LARGEST], key[key < _LARGEST]
            candidate = key & ((1 << self.bits) - 1)
            passes = self.utility[candidate, at[left]] >= demand[left]
            worth = self.worth[candidate, at[left]]
            limit[left] = np.where(passes, np.minimum(limit[left], worth + TOLERANCE), limit[left])
            near = worth <= limit[left]
            found[left] = np.where(passes & near, np.minimum(found[left], candidate), found[left])
            place[left] += 1
            left = left[near & (place[left] < count)]
        some = found < count
        return np.where(some, found, 0), some


_LARGEST = np.iinfo(np.int64).max


def _leading(positive: Floats, bits: int) -> NDArray[np.int64]:
    """Numbers that are not negative as whole numbers in the same order, with so many bits at the end left free."""
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
