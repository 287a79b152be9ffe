"""What must hold of the members who say yes: conditions that decision rules are made of.

A condition is monotone: more who say yes never break it. So it can be asked of votes, of surpluses (how high can the
demands be at which it still holds?), and written as a linear inequality for integer programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np

from sim.arrays.kinds import Bools, Floats, Some
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE

NEVER = -1e9
"""The level of what can't hold at all."""

Row = tuple[Floats, Floats]
"""What each member's yes counts, shape (members, n or 1), and what the sum must reach, (n or 1,)."""

_FEW = 1 << 10
"""In so few worlds all votes are counted at once."""


class Condition(Protocol):
    """What must hold of the members of a side who say yes, in n worlds."""

    def holds(self, yes: Bools) -> Bools:
        """Where it holds; from votes (members, ..., n) to (..., n)."""

    def broken(self, no: Bools) -> Bools:
        """Where it does not hold, given who does not say yes; as `holds`."""

    def level(self, surplus: Floats) -> Floats:
        """The highest level at which it holds if those say yes whose surplus is at least that; `NEVER` if at none.

        From surpluses (members, ..., n) to (..., n).
        """

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """Rows of inequalities, in groups: it holds where all rows of at least one group do."""

    def heeds(self, member: int) -> bool:
        """Whether it asks this member, by its form: a vote without weight is asked too."""

    def of(self, worlds: Some) -> Condition:
        """The same in some of the worlds."""


@dataclass(frozen=True, slots=True)
class All:
    """All of these members say yes; nobody need where there are none."""

    who: tuple[int, ...]

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        if len(self.who) == len(yes):
            return np.asarray(np.logical_and.reduce(yes, axis=0))
        result = np.ones(yes.shape[1:], dtype=bool)
        for member in self.who:
            result &= yes[member]
        return result

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        if len(self.who) == len(no):
            return np.asarray(np.logical_or.reduce(no, axis=0))
        result = np.zeros(no.shape[1:], dtype=bool)
        for member in self.who:
            result |= no[member]
        return result

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return np.asarray(np.minimum.reduce(surplus[list(self.who)], axis=0, initial=np.inf))

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        counts = np.zeros((members, 1))
        counts[list(self.who)] = 1.0
        return (((counts, np.array([float(len(self.who))])),),)

    def heeds(self, member: int) -> bool:
        """See `Condition`."""
        return member in self.who

    def of(self, worlds: Some) -> All:  # noqa: ARG002
        """See `Condition`."""
        return self


@dataclass(frozen=True, slots=True)
class Nobody:
    """It does not hold, whoever says yes: who would have to is not there."""

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        return np.zeros(yes.shape[1:], dtype=bool)

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return np.ones(no.shape[1:], dtype=bool)

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return np.full(surplus.shape[1:], NEVER)

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        return (((np.zeros((members, 1)), np.ones(1)),),)

    def heeds(self, member: int) -> bool:  # noqa: ARG002
        """See `Condition`."""
        return False

    def of(self, worlds: Some) -> Nobody:  # noqa: ARG002
        """See `Condition`."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class SoMany:
    """At least so many members say yes; `number` has shape (n,)."""

    number: Floats

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(np.add.reduce(yes, axis=0, dtype=np.intp) >= self.number)

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(len(no) - np.add.reduce(no, axis=0, dtype=np.intp) < self.number)

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return nth_largest(surplus, self.number)

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        return (((np.ones((members, 1)), np.ceil(self.number)),),)

    def heeds(self, member: int) -> bool:  # noqa: ARG002
        """See `Condition`."""
        return True

    def of(self, worlds: Some) -> SoMany:
        """See `Condition`."""
        return SoMany(self.number[worlds])


@dataclass(frozen=True, slots=True, eq=False)
class Weighty:
    """Those who say yes carry at least a share of the side's weight.

    Attributes
    ----------
    weight
        Of the members, shape (members, n).
    needed
        The weight that they must carry, shape (n,).
    """

    weight: Floats
    needed: Floats

    @classmethod
    def share(cls, share: Floats, weight: Floats) -> Weighty:
        """At least this share (n,) of the whole weight."""
        return cls(weight, share * total(weight) * (1.0 - TOLERANCE))

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        if len(yes) == 1:  # a lone party's weight is all of its side's
            return np.asarray(yes[0] | (self.needed <= 0.0))
        return np.asarray(carried_weight(yes, self.weight) >= self.needed)

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return ~self.holds(~no)

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        order = np.argsort(-surplus, axis=0, kind="stable")
        ranked = np.take_along_axis(surplus, order, axis=0)
        shape = (len(self.weight), *(1,) * (surplus.ndim - 2), self.weight.shape[1])
        own = np.broadcast_to(self.weight.reshape(shape), surplus.shape)
        carried = np.take_along_axis(own, order, axis=0).copy()
        for m in range(1, len(carried)):
            carried[m] += carried[m - 1]
        enough = carried >= self.needed
        found = np.take_along_axis(ranked, enough.argmax(axis=0)[None], axis=0)[0]
        return np.where(enough.any(axis=0), found, NEVER)

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:  # noqa: ARG002
        """See `Condition`."""
        return (((self.weight, self.needed),),)

    def heeds(self, member: int) -> bool:  # noqa: ARG002
        """See `Condition`."""
        return True

    def of(self, worlds: Some) -> Weighty:
        """See `Condition`."""
        return Weighty(self.weight[:, worlds], self.needed[worlds])


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All of these hold."""

    parts: tuple[Condition, ...]

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(np.logical_and.reduce([one.holds(yes) for one in self.parts]))

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(np.logical_or.reduce([one.broken(no) for one in self.parts]))

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return np.asarray(np.minimum.reduce([one.level(surplus) for one in self.parts]))

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        chosen = product(*(one.ways(members) for one in self.parts))
        return tuple(tuple(row for rows in way for row in rows) for way in chosen)

    def heeds(self, member: int) -> bool:
        """See `Condition`."""
        return any(one.heeds(member) for one in self.parts)

    def of(self, worlds: Some) -> Joined:
        """See `Condition`."""
        return Joined(tuple(one.of(worlds) for one in self.parts))


@dataclass(frozen=True, slots=True, eq=False)
class Either:
    """At least one of these holds."""

    parts: tuple[Condition, ...]

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(np.logical_or.reduce([one.holds(yes) for one in self.parts]))

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return np.asarray(np.logical_and.reduce([one.broken(no) for one in self.parts]))

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return np.asarray(np.maximum.reduce([one.level(surplus) for one in self.parts]))

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        return tuple(way for one in self.parts for way in one.ways(members))

    def heeds(self, member: int) -> bool:
        """See `Condition`."""
        return any(one.heeds(member) for one in self.parts)

    def of(self, worlds: Some) -> Either:
        """See `Condition`."""
        return Either(tuple(one.of(worlds) for one in self.parts))


@dataclass(frozen=True, slots=True, eq=False)
class Among:
    """It holds of these members alone, counted as if they were all there are; the others have no vote."""

    who: tuple[int, ...]
    condition: Condition

    def holds(self, yes: Bools) -> Bools:
        """See `Condition`."""
        return self.condition.holds(yes[list(self.who)])

    def broken(self, no: Bools) -> Bools:
        """See `Condition`."""
        return self.condition.broken(no[list(self.who)])

    def level(self, surplus: Floats) -> Floats:
        """See `Condition`."""
        return self.condition.level(surplus[list(self.who)])

    def ways(self, members: int) -> tuple[tuple[Row, ...], ...]:
        """See `Condition`."""
        return tuple(
            tuple((self._spread(counts, members), needed) for counts, needed in way)
            for way in self.condition.ways(len(self.who))
        )

    def heeds(self, member: int) -> bool:
        """See `Condition`."""
        return member in self.who and self.condition.heeds(self.who.index(member))

    def of(self, worlds: Some) -> Among:
        """See `Condition`."""
        return Among(self.who, self.condition.of(worlds))

    def _spread(self, counts: Floats, members: int) -> Floats:
        result = np.zeros((members, counts.shape[1]))
        result[list(self.who)] = counts
        return result


def together(conditions: Sequence[Condition]) -> Condition:
    """All of at least one condition."""
    return conditions[0] if len(conditions) == 1 else Joined(tuple(conditions))


def carried_weight(yes: Bools, weight: Floats) -> Floats:
    """Weight of the members who say yes; votes (members, ..., n), weight (members, n), the answer (..., n)."""
    if yes.ndim == weight.ndim and 1 < yes.shape[1] <= _FEW:
        return np.asarray(np.add.reduce(yes * weight, axis=0))  # the same sums in the same order
    carried = np.zeros(yes.shape[1:])
    own = np.empty(yes.shape[1:])
    for member, influence in zip(yes, weight, strict=True):
        carried += np.multiply(member, influence, out=own)
    return carried


def nth_largest(values: Floats, number: Floats) -> Floats:
    """The `number`-th largest (n,) along the first axis of (members, ..., n); `NEVER` where there are too few."""
    ranked = -np.sort(-values, axis=0)
    place = np.ceil(np.maximum(number, 1.0)).astype(np.intp) - 1
    within = np.broadcast_to(np.minimum(place, len(ranked) - 1), ranked.shape[1:])
    found = np.take_along_axis(ranked, within[None], axis=0)[0]
    return np.where(place < len(ranked), found, NEVER)
