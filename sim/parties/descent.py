"""A lone party on its ladder: as its demand falls, the rung to put is searched from where it stood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints


@dataclass(slots=True)
class Descent:
    """Where a party stands on its ladder in every world.

    Attributes
    ----------
    most
        The most that a rung or a later one is worth to the party, of those that it can put; falls along the first axis
        to -inf; shape (rungs + 1, worlds).
    rung
        The last rung that met the demand, 0 where none did; replaced when it changes, shape (worlds,).
    here, below
        `most` on that rung and on the one after it, shape (worlds,).
    """

    most: Floats
    rung: Ints
    here: Floats
    below: Floats

    @classmethod
    def of(cls, utility: Floats, can_be: Bools) -> Descent:
        """Stand on the first rung; `utility` and which rungs can be put have shape (rungs, worlds)."""
        count, worlds = utility.shape
        most = np.full((count + 1, worlds), -np.inf)
        np.copyto(most[:-1], utility, where=can_be)
        for r in range(count - 2, -1, -1):
            np.maximum(most[r], most[r + 1], out=most[r])
        return cls(most, np.zeros(worlds, dtype=np.intp), most[0].copy(), most[1].copy())

    def part(self, at: Ints) -> Descent:
        """The same in the worlds at these places."""
        return Descent(self.most.take(at, axis=1), self.rung[at], self.here[at], self.below[at])

    def last(self, demand: Floats) -> tuple[Ints, Bools]:
        """The last rung worth at least `demand` (worlds,), 0 where there is none, and whether there is one."""
        self._go(np.flatnonzero(self.below >= demand), demand, 1)
        self._go(np.flatnonzero((self.here < demand) & (self.rung > 0)), demand, -1)
        return self.rung, self.here >= demand

    def _go(self, some: Ints, demand: Floats, step: int) -> None:
        """Go down (1) or up (-1) the ladder in some worlds, until the demand is met there and not on the next rung."""
        if not len(some):
            return
        flat, worlds = self.most.reshape(-1), self.most.shape[1]
        self.rung, left = self.rung.copy(), some
        while len(left):
            self.rung[left] += step
            rung, least = self.rung[left], demand[left]
            place = rung * worlds + left
            further = flat.take(place + worlds) >= least if step > 0 else (flat.take(place) < least) & (rung > 0)
            left = left[further]
        place = self.rung[some] * worlds + some
        self.here[some], self.below[some] = flat.take(place), flat.take(place + worlds)
