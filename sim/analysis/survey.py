"""Search over all packages with bounds: the one engine behind counting, listing and proving that there is none.

The issues are split in two. The *head* issues are walked as a tree, whole blocks of partial packages at a time, and a
branch is dropped once it cannot meet the limits whatever the rest brings. The *tail* issues are few enough (at most
2,048 combinations) that, for each row of worths, the set of tails worth at least x is kept for every x as a bit set;
what a head leaves to be met is then looked up and the sets of all rows are intersected, 64 packages an instruction.
The split is that of Horowitz & Sahni (1974) for the knapsack; memory does not depend on the number of packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.analysis.game import Game, Packages
from sim.analysis.zone import can_stop, deal, only_unanimous
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE

Words = NDArray[np.uint64]

_TAILS = 2048
_CHUNK = 1024
HEADS = 10_000_000
"""Partial packages that a survey looks at before it gives up: some ten seconds with thirty parties."""

_BY_RULES = 8
"""Where decision rules have to be applied, joining a head costs as much as looking at so many."""


class TooLarge(Exception):
    """A survey would take too long; nothing is known."""


@dataclass(slots=True)
class Effort:
    """How many partial packages may still be looked at. Counted, not timed: answers depend on no machine's speed."""

    left: int = HEADS

    def spend(self, heads: int) -> None:
        """Raises `TooLarge` where that is more than is left."""
        self.left -= heads
        if self.left < 0:
            raise TooLarge


def shares(heads: int, number: int) -> Iterator[Effort]:
    """For so many surveys an equal share of what is left each: what one does not need the next ones have."""
    for behind in range(number, 0, -1):
        given = heads // behind
        effort = Effort(given)
        yield effort
        heads -= given - max(effort.left, 0)


@dataclass(slots=True)
class Rows:
    """Additive lower limits: a package meets row r if its worths there sum to at least `least[r]`.

    Attributes
    ----------
    worth
        Shape (rows, issues, options); -inf where a row rules an option out.
    least
        Shape (rows,); may be raised while a survey runs.
    must
        Rows that every package looked for meets, shape (rows,); the others count by the decision rules.
    allowed
        Options to be considered, shape (issues, options).
    """

    worth: Floats
    least: Floats
    must: Bools
    allowed: Bools

    def and_also(self, worth: Floats, least: Floats) -> Rows:
        """These rows and further ones that must be met."""
        return Rows(
            np.concatenate([self.worth, worth]),
            np.concatenate([self.least, least]),
            np.concatenate([self.must, np.ones(len(least), dtype=bool)]),
            self.allowed,
        )


def acceptance(game: Game) -> Rows:
    """The parties' limits as rows, one a party in their order."""
    must = can_stop(game)
    return Rows(
        worth=np.where(game.red, -np.inf, game.worth),
        least=game.reservation - TOLERANCE,
        must=must,
        allowed=game.exists & ~game.red[must].any(axis=0),
    )


def narrowed(rows: Rows) -> Bools:
    """Options that may be part of a package that meets all rows that must be met; shape (issues, options).

    An option goes if it falls short of the best of its issue by more than the best package has to spare.
    """
    allowed = rows.allowed.copy()
    worth, least = rows.worth[rows.must], rows.least[rows.must]
    while allowed.any(axis=1).all():
        best = np.max(worth, axis=2, where=allowed, initial=-np.inf)
        spare = best.sum(axis=1) - least
        if (spare < 0).any():
            return np.zeros_like(allowed)
        fits = (worth >= (best - spare[:, None])[:, :, None] - 1e-12).all(axis=0)
        if not (allowed & ~fits).any():
            return allowed
        allowed &= fits
    return np.zeros_like(allowed)


@dataclass(slots=True)
class Survey:
    """A search among the packages of a game that meet some rows.

    Attributes
    ----------
    game
        For its decision rules, applied to the rows of its parties; None where rows that must be met are all.
    rows
        The limits.
    effort
        After which it gives up.
    in_order
        Whether packages come in the order of the file; else in the order that is fastest.
    """

    rows: Rows
    game: Game | None = None
    effort: Effort = field(default_factory=Effort)
    in_order: bool = False
    options: list[NDArray[np.intp]] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.game is not None and only_unanimous(self.game):
            self.game = None
        allowed = narrowed(self.rows)
        self.options = [np.flatnonzero(row) for row in allowed]
        self.order, self.tail = _last_issues(self.options) if self.in_order else _split(self.rows, self.options)

    def blocks(self) -> Iterator[tuple[Packages, Words, Packages]]:
        """Blocks of heads with the tails that make them deals.

        Yields
        ------
        Options of the head issues (heads, head issues), bit sets of tails (heads, words), and the tails' options
        (tails, tail issues); issues stand as in `order` and `tail`.
        """
        if not all(len(options) for options in self.options):
            return
        tails = _combinations([self.options[j] for j in self.tail])
        index = _TailIndex(self.rows.worth[:, self.tail], tails)
        for heads, sums in self._walk(index):
            self.effort.spend(len(heads) * (1 if self.game is None else _BY_RULES))
            bits = self._join(index, sums)
            found = bits.any(axis=1)
            if found.any():
                yield heads[found], bits[found], tails

    def packages(self) -> Iterator[Packages]:
        """Blocks of packages that are deals, shape (packages, issues)."""
        for heads, bits, tails in self.blocks():
            for i in range(0, len(heads), 256):
                part = bits[i : i + 256]
                flags = np.unpackbits(part.view(np.uint8), axis=1, bitorder="little")
                head, tail = np.nonzero(flags[:, : len(tails)])
                result = np.empty((len(head), len(self.options)), dtype=np.intp)
                result[:, self.order] = heads[i : i + 256][head]
                result[:, self.tail] = tails[tail]
                yield result

    def _walk(self, index: _TailIndex) -> Iterator[tuple[Packages, Floats]]:
        """Heads that may lead to a deal, with their sums of shape (heads, rows)."""
        rows = self.rows.worth
        best = [index.best]
        for j in reversed(self.order):
            best.append(best[-1] + rows[:, j, self.options[j]].max(axis=1))
        best.reverse()
        stack = [(np.empty((1, 0), dtype=np.intp), np.zeros((1, len(rows))))]
        while stack:
            heads, sums = stack.pop()
            level = heads.shape[1]
            if level == len(self.order):
                keep = self._possible(sums + best[level])
                if keep.any():
                    yield heads[keep], sums[keep]
                continue
            options = self.options[self.order[level]]
            step = rows[:, self.order[level]][:, options].T
            grown = (sums[:, None] + step[None]).reshape(-1, len(rows))
            self.effort.spend(len(grown))
            keep = self._possible(grown + best[level + 1])
            grown = grown[keep]
            longer = np.empty((len(heads), len(options), level + 1), dtype=np.intp)
            longer[:, :, :level] = heads[:, None]
            longer[:, :, level] = options
            kept = longer.reshape(-1, level + 1)[keep]
            # In reverse, so that what comes first in the file is looked at first.
            for i in reversed(range(0, len(kept), _CHUNK)):
                stack.append((kept[i : i + _CHUNK], grown[i : i + _CHUNK]))

    def _possible(self, most: Floats) -> Bools:
        meets = most >= self.rows.least - 1e-12
        keep = meets[:, self.rows.must].all(axis=1)
        if self.game is not None and keep.any():
            keep &= deal(self.game, list(meets.T[: self.game.parties]))
        return np.asarray(keep)

    def _join(self, index: _TailIndex, sums: Floats) -> Words:
        result = np.broadcast_to(index.everything, (len(sums), len(index.everything))).copy()
        met = []
        for r in range(sums.shape[1]):
            counts = self.game is not None and r < self.game.parties
            if not (self.rows.must[r] or counts):
                continue
            bits = index.meeting(r, self.rows.least[r] - sums[:, r])
            if self.rows.must[r]:
                result &= bits
            if counts:
                met.append(bits)
        if self.game is not None:
            result &= deal(self.game, met)
        return result


class _TailIndex:
    """For every row of worths, the tails worth at least so much, as bit sets."""

    def __init__(self, worth: Floats, tails: Packages) -> None:
        rows, count = len(worth), len(tails)
        words = (count + 63) // 64
        sums = np.zeros((rows, count))
        for i in range(tails.shape[1]):
            sums += worth[:, i, tails[:, i]]
        self.best = sums.max(axis=1)
        self.everything = np.zeros(words, dtype=np.uint64)
        one = np.arange(count)
        np.bitwise_or.at(self.everything, one // 64, np.uint64(1) << (one % 64).astype(np.uint64))
        self._values, self._sets = [], []
        for row in sums:
            order = np.argsort(row)
            sets = np.zeros((count + 1, words), dtype=np.uint64)
            sets[one, order // 64] = np.uint64(1) << (order % 64).astype(np.uint64)
            values, first = np.unique(row[order], return_index=True)
            self._values.append(values)
            reached = np.bitwise_or.accumulate(sets[::-1], axis=0)[::-1]
            self._sets.append(np.ascontiguousarray(reached[np.append(first, count)]))

    def meeting(self, row: int, needed: Floats) -> Words:
        """Bit sets of the tails that are worth at least what each head needs, shape (heads, words)."""
        return np.asarray(self._sets[row].take(np.searchsorted(self._values[row], needed), axis=0))


def _split(rows: Rows, options: Sequence[NDArray[np.intp]]) -> tuple[list[int], list[int]]:
    """Head issues, those that decide most first, and tail issues."""
    worth = np.where(np.isfinite(rows.worth), rows.worth, 0.0)
    spread = np.array(
        [np.ptp(worth[:, j, own], axis=1) if len(own) else np.zeros(len(worth)) for j, own in enumerate(options)]
    )
    scale = spread.sum(axis=0)
    weight = (spread / np.where(scale > 0, scale, 1.0)).sum(axis=1)
    by_weight = sorted(range(len(options)), key=lambda j: weight[j])
    tail, size = [], 1
    for j in by_weight:
        if size * max(len(options[j]), 1) <= _TAILS:
            tail.append(j)
            size *= max(len(options[j]), 1)
    return [j for j in reversed(by_weight) if j not in tail], sorted(tail)


def _last_issues(options: Sequence[NDArray[np.intp]]) -> tuple[list[int], list[int]]:
    """Head and tail in the order of the file."""
    first, size = len(options), 1
    while first and size * max(len(options[first - 1]), 1) <= _TAILS:
        first -= 1
        size *= max(len(options[first]), 1)
    return list(range(first)), list(range(first, len(options)))


def _combinations(options: Sequence[NDArray[np.intp]]) -> Packages:
    sizes = [len(own) for own in options]
    if not sizes:
        return np.zeros((1, 0), dtype=np.intp)
    index = np.unravel_index(np.arange(np.prod(sizes, dtype=np.intp)), sizes)
    return np.stack([own[i] for own, i in zip(options, index, strict=True)], axis=1)
