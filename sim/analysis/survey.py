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

from sim.analysis.game import Game, Packages, utilities
from sim.analysis.zone import can_stop, deal, only_unanimous
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.joint import Joint

Words = NDArray[np.uint64]

_TAILS = 2048
_CHUNK = 1024
HEADS = 10_000_000
"""Partial packages that a survey looks at before it gives up: some ten seconds with thirty parties."""

_KINDS = 32
"""Kinds of heads, by the bonuses that they can still get, whose tails are kept sorted."""
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


def shares(pool: Effort, number: int) -> Iterator[Effort]:
    """For so many surveys an equal share of what is left each: what one does not need the next ones have."""
    for behind in range(number, 0, -1):
        given = max(pool.left, 0) // behind
        effort = Effort(given)
        yield effort
        pool.left -= given - max(effort.left, 0)


@dataclass(slots=True)
class Rows:
    """Additive lower limits: a package meets row r if its worths there sum to at least `least[r]`.

    Attributes
    ----------
    worth
        Shape (rows, issues and bonuses, options), see `Game`; -inf where a row rules an option out.
    least
        Shape (rows,); may be raised while a survey runs.
    must
        Rows that every package looked for meets, shape (rows,); the others count by the decision rules.
    allowed
        Options to be considered, shape (issues and bonuses, options).
    joint
        What is forbidden and what brings a bonus; None where nothing joins the issues.
    """

    worth: Floats
    least: Floats
    must: Bools
    allowed: Bools
    joint: Joint | None = None

    @property
    def issues(self) -> int:
        """How many issues there are."""
        return len(self.allowed) - (0 if self.joint is None else len(self.joint.bonuses))

    def sums(self, packages: Packages) -> Floats:
        """Sums of packages (packages, issues), shape (rows, packages)."""
        return utilities(self.worth, packages, self.joint)

    def and_also(self, worth: Floats, least: Floats) -> Rows:
        """These rows and further ones that must be met."""
        return Rows(
            np.concatenate([self.worth, worth]),
            np.concatenate([self.least, least]),
            np.concatenate([self.must, np.ones(len(least), dtype=bool)]),
            self.allowed,
            self.joint,
        )


def acceptance(game: Game) -> Rows:
    """The parties' limits as rows, one a party in their order."""
    must = can_stop(game)
    return Rows(
        worth=np.where(game.red, -np.inf, game.worth),
        least=game.reservation - TOLERANCE,
        must=must,
        allowed=game.exists & ~game.red[must].any(axis=0),
        joint=game.joint,
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
        self.options = [np.flatnonzero(row) for row in allowed[: self.rows.issues]]
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
        groups = (
            None if self.rows.joint is None else Groups.of(self.rows.joint, self.rows, self.order, self.tail, tails)
        )
        for heads, sums, open_ in self._walk(index, groups):
            self.effort.spend(len(heads) * (1 if self.game is None else _BY_RULES))
            if groups is None:
                bits = self._join(index, sums)
            else:
                bits = np.zeros((len(heads), len(index.everything)), dtype=np.uint64)
                for alike, own in groups.by_kind(open_, self.rows.worth[:, self.tail], tails):
                    bits[alike] = self._join(own, sums[alike]) & ~groups.broken(open_[alike[0]])
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

    def _walk(self, index: _TailIndex, groups: Groups | None) -> Iterator[tuple[Packages, Floats, Bools]]:
        """Heads that may lead to a deal, their sums (heads, rows) and groups that they can be in (heads, groups)."""
        rows = self.rows.worth
        best = [index.best]
        for j in reversed(self.order):
            best.append(best[-1] + rows[:, j, self.options[j]].max(axis=1))
        best.reverse()
        nothing = np.ones((1, 0 if groups is None else groups.count), dtype=bool)
        stack = [(np.empty((1, 0), dtype=np.intp), np.zeros((1, len(rows))), nothing)]
        while stack:
            heads, sums, open_ = stack.pop()
            level = heads.shape[1]
            if level == len(self.order):
                most = sums + best[level]
                keep = self._possible(most if groups is None else most + groups.most(open_))
                if keep.any():
                    yield heads[keep], sums[keep], open_[keep]
                continue
            options = self.options[self.order[level]]
            step = rows[:, self.order[level]][:, options].T
            grown = (sums[:, None] + step[None]).reshape(-1, len(rows))
            self.effort.spend(len(grown))
            most = grown + best[level + 1]
            if groups is None:
                open_ = np.repeat(open_, len(options), axis=0)
            else:
                open_ = groups.after(open_, self.order[level], options)
                most += groups.most(open_)
                most[groups.closed(open_, level)] = -np.inf
            keep = self._possible(most)
            grown, open_ = grown[keep], open_[keep]
            longer = np.empty((len(heads), len(options), level + 1), dtype=np.intp)
            longer[:, :, :level] = heads[:, None]
            longer[:, :, level] = options
            kept = longer.reshape(-1, level + 1)[keep]
            # In reverse, so that what comes first in the file is looked at first.
            for i in reversed(range(0, len(kept), _CHUNK)):
                stack.append((kept[i : i + _CHUNK], grown[i : i + _CHUNK], open_[i : i + _CHUNK]))

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
    """For every row of worths, the tails worth at least so much, as bit sets.

    Why bits: to join rows is one `and` a word, 64 tails at a time, and to count one instruction. What breaks it: bits
    past the last tail must stay 0 in every set that is counted, and tail n is bit n % 64 of word n // 64 throughout.
    """

    def __init__(self, worth: Floats, tails: Packages, more: Floats | None = None) -> None:
        rows, count = len(worth), len(tails)
        words = (count + 63) // 64
        sums = np.zeros((rows, count))
        for i in range(tails.shape[1]):
            sums += worth[:, i, tails[:, i]]
        if more is not None:
            sums += more
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


@dataclass(slots=True)
class Groups:
    """Which groups of packages, forbidden ones and those with a bonus, the heads and the tails of a survey are in.

    Attributes
    ----------
    forbidden
        How many groups are forbidden; those with a bonus come after them.
    extra
        What each bonus is worth, shape (rows, bonuses).
    member
        Options in each group by issue, (groups, issues, options); all of them on an issue that it does not name.
    last
        The level after which no more issue of a group is to come among the heads, and none in the tails; else a level
        that there is not; shape (groups,).
    tail_in
        Which tails can be in each group, shape (groups, tails).
    """

    forbidden: int
    extra: Floats
    member: Bools
    last: NDArray[np.intp]
    tail_in: Bools
    _known: dict[bytes, _TailIndex] = field(default_factory=dict)

    @classmethod
    def of(cls, joint: Joint, rows: Rows, order: Sequence[int], tail: Sequence[int], tails: Packages) -> Groups:
        """The groups of packages split into these heads and tails."""
        boxes = (*joint.forbidden, *joint.bonuses)
        member = np.ones((len(boxes), *rows.allowed.shape), dtype=bool)
        last = np.full(len(boxes), -1)
        for g, box in enumerate(boxes):
            for issue, marked in box:
                member[g, issue] = False
                member[g, issue, : len(marked)] = marked
                last[g] = max(last[g], order.index(issue) if issue in order else len(order))
        tail_in = np.ones((len(boxes), len(tails)), dtype=bool)
        for i, j in enumerate(tail):
            tail_in &= member[:, j, tails[:, i]]
        return cls(len(joint.forbidden), rows.worth[:, rows.issues :, 1], member, last, tail_in)

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.member)

    def after(self, open_: Bools, issue: int, options: NDArray[np.intp]) -> Bools:
        """The groups that heads can be in once an issue is decided, one after another; (heads * options, groups)."""
        return np.asarray((open_[:, None] & self.member[:, issue, options].T[None]).reshape(-1, self.count))

    def most(self, open_: Bools) -> Floats:
        """The most that bonuses can still bring to heads, shape (heads, rows)."""
        result = np.zeros((len(open_), len(self.extra)))
        for b, extra in enumerate(self.extra.T):
            result += np.where(open_[:, self.forbidden + b, None], np.maximum(extra, 0.0), 0.0)
        return result

    def closed(self, open_: Bools, level: int) -> Bools:
        """Heads that are forbidden whatever follows, now that this level is decided."""
        done = np.flatnonzero(self.last[: self.forbidden] <= level)
        return np.asarray(open_[:, done].any(axis=1))

    def broken(self, open_: Bools) -> Words:
        """Bit set of the tails that are forbidden for heads that can be in these groups (groups,)."""
        which = open_[: self.forbidden]
        return _bits(np.asarray(self.tail_in[: self.forbidden][which].any(axis=0)))

    def by_kind(self, open_: Bools, worth: Floats, tails: Packages) -> Iterator[tuple[NDArray[np.intp], _TailIndex]]:
        """Heads that can be in the same groups, each kind with the tails' worths together with its bonuses."""
        kinds, which = np.unique(open_, axis=0, return_inverse=True)
        for k, kind in enumerate(kinds):
            bonuses = kind[self.forbidden :]
            key = bonuses.tobytes()  # of one length and type throughout, so alike only where the flags are
            if key not in self._known:
                if len(self._known) >= _KINDS:
                    self._known.clear()
                more = np.zeros((len(self.extra), len(tails)))
                for b in np.flatnonzero(bonuses):
                    more += np.where(self.tail_in[self.forbidden + b], self.extra[:, b, None], 0.0)
                self._known[key] = _TailIndex(worth, tails, more)
            yield np.flatnonzero(which.reshape(-1) == k), self._known[key]


def _bits(flags: Bools) -> Words:
    """Flags as a bit set, its spare bits 0. Little-endian bits and words: on a machine of the other kind they part."""
    padded = np.zeros((len(flags) + 63) // 64 * 64, dtype=bool)
    padded[: len(flags)] = flags
    return np.packbits(padded, bitorder="little").view(np.uint64)


def _split(rows: Rows, options: Sequence[NDArray[np.intp]]) -> tuple[list[int], list[int]]:
    """Head issues, those that decide most first, and tail issues."""
    # Bonuses are no issues to be decided: they follow.
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
