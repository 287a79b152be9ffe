"""When a package is a deal: the sides' decision rules with every aspiration down at the reservation value.

Every member is then either for a package or objects to it, so a decision is a monotone function of who accepts. The
functions here take one array per party, all of one shape: of booleans, or of 64-bit words each of whose bits is a
package (see `sim.analysis.survey`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import ceil
from operator import and_, or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.game import Game, Packages, SideRule, accepts, forbidden
from sim.arrays.kinds import Bools, Floats

Votes = NDArray[Any]
"""Booleans, or 64-bit words of bits."""


def deal(game: Game, votes: Sequence[Votes]) -> Votes:
    """Whether the sides whose assent is needed all assent, given who accepts (one array per party)."""
    assent = [decision(side, votes) for side in game.sides]
    if game.council is not None:
        return decision(game.council, assent)
    result = at_least(assent, ceil(game.needed))
    for side in game.side_veto:
        result = result & assent[side]
    return result


def decision(side: SideRule, votes: Sequence[Votes]) -> Votes:
    """Whether a side passes what those of its members accept."""
    own = [votes[member] for member in side.members]
    passed = [reduce(and_, [reaches(own, counts, needed) for counts, needed in way]) for way in side.ways]
    result: Votes = reduce(or_, passed)
    return result


def at_least(votes: Sequence[Votes], number: int) -> Votes:
    """Where at least so many of the votes are for it."""
    if number <= 0:
        return np.asarray(~np.zeros_like(votes[0]))
    if number > len(votes):
        return np.zeros_like(votes[0])
    if 2 * number > len(votes) + 1:  # fewer refusals to count than votes
        return np.asarray(~at_least([~vote for vote in votes], len(votes) - number + 1))
    reached = [np.zeros_like(votes[0]) for _ in range(number)]
    for vote in votes:
        for i in range(number - 1, 0, -1):
            reached[i] = reached[i] | (reached[i - 1] & vote)
        reached[0] = reached[0] | vote
    return reached[-1]


def reaches(votes: Sequence[Votes], counts: Sequence[float], needed: float) -> Votes:
    """Where what the votes for it count, each so much, reaches what is needed."""
    if needed <= 0.0:
        return np.asarray(~np.zeros_like(votes[0]))
    votes = [vote for vote, own in zip(votes, counts, strict=True) if own > 0.0] or votes[:1]
    weight = np.array([own for own in counts if own > 0.0] or [0.0])
    if (weight == weight[0]).all():
        return at_least(votes, int(np.searchsorted(np.cumsum(weight), needed)) + 1)
    packed = votes[0].dtype != np.bool_
    shape = votes[0].shape
    carried: Floats | float = 0.0
    # Eight votes make a byte, and a table of 256 sums tells what they carry: one look-up instead of eight sums. They
    # add the same weights in the same order in every world; another order of the votes may round otherwise.
    for i in range(0, len(votes), 8):
        byte = np.zeros(1, dtype=np.uint8)
        for bit, vote in enumerate(votes[i : i + 8]):
            ones = np.unpackbits(vote.reshape(-1).view(np.uint8), bitorder="little") if packed else vote.view(np.uint8)
            byte = byte | (ones << np.uint8(bit))
        carried = carried + _sums_of_bits(weight[i : i + 8])[byte]
    result = carried >= needed
    if not packed:
        return np.asarray(result)
    return np.packbits(result, bitorder="little").view(np.uint64).reshape(shape)


def _sums_of_bits(weight: Floats) -> Floats:
    """The sum of the weights whose bit is set, for each byte there can be; shape (2 ** weights,)."""
    sums = np.zeros(1)
    for own in weight.tolist():
        sums = np.concatenate([sums, sums + own])
    return sums


def acceptable(game: Game, packages: Packages) -> Bools:
    """Which packages are in the zone of agreement, shape (packages,)."""
    return np.asarray(deal(game, list(accepts(game, packages))) & ~forbidden(packages, game.joint))


def can_stop(game: Game) -> Bools:
    """Which parties can stop any deal alone, whatever the others want; shape (parties,)."""
    votes = np.ones((game.parties, game.parties), dtype=bool)
    np.fill_diagonal(votes, False)
    return ~deal(game, list(votes))


def only_unanimous(game: Game) -> bool:
    """Whether a deal is what all who `can_stop` it accept, and nobody else counts."""
    return bool(deal(game, [np.array([stops]) for stops in can_stop(game)])[0])


def counted(rule: SideRule) -> tuple[int, ...]:
    """Those whose votes a rule counts at all."""
    rows = [counts for way in rule.ways for counts, _ in way]
    return tuple(member for i, member in enumerate(rule.members) if any(counts[i] > 0.0 for counts in rows))


def concerned(game: Game) -> tuple[int, ...]:
    """The sides over which solutions are worked out: those that must agree.

    All of them where all must agree; with `at_least`, those with a veto; where none has one, all. Where votes are
    counted otherwise, those without whom nothing passes; where there are none, all that are counted.
    """
    if game.council is not None:
        every = np.ones((len(game.sides), len(game.sides)), dtype=bool)
        np.fill_diagonal(every, False)
        must = np.flatnonzero(~decision(game.council, list(every)))
        return tuple(must.tolist()) or counted(game.council)
    if ceil(game.needed) >= len(game.sides) or not game.side_veto:
        return tuple(range(len(game.sides)))
    return tuple(sorted(game.side_veto))
