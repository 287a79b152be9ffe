"""Breadth first through the packages of many cases at once, issue by issue, with bounds on what the rest can bring.

In each case a level keeps so many partial packages at most, the most promising. Where none had to be dropped what comes
of it is certain. What is kept in a case depends on that case alone, whatever cases are walked through beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.narrowing import SLACK, Reach
from sim.analysis.many_worlds.pairs import Pairs
from sim.arrays.kinds import Bools, Floats, Ints

WIDTHS = (64, 1024)
"""Partial packages that a level keeps in a case, one width after another as long as that does not settle it."""
_AT_ONCE = 32_768
"""Partial packages of all cases that are walked through together."""
_AMPLE = 0.1
"""More to spare than this share of its spread makes a partial package no more promising to a party."""
_NEVER = 1e30
"""Stands for a limit that nothing reaches."""

Pruning = Callable[[int, Floats, Ints], tuple[Ints, Floats]]
"""Given a level, surpluses so far (parties, n) and their cases (n,): which to keep, and how promising these are."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the issues from a level on bring at most.

    Attributes
    ----------
    order
        In which the issues are decided, shape (issues, cases).
    own
        To each party, shape (issues + 1, parties, cases).
    start
        Surplus of each party over its limit before any issue, shape (parties, cases).
    """

    order: Ints
    own: Floats
    start: Floats


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a walk through some cases came out.

    Attributes
    ----------
    whole
        Cases in which no partial package was dropped, shape (m,).
    where, package
        The packages that are left: in which case, shape (n,), and which, shape (issues, n).
    """

    whole: Ints
    where: Ints
    package: Packages


def bounds(cases: Cases, reached: Reach) -> Bounds:
    """Bounds by party; first come the issues that matter most to those without whom there is no deal."""
    parties, count = cases.least.shape
    issues = len(cases.exists)
    spread = (reached.best - reached.worst) / reached.spread[:, None]
    weighed = np.where(cases.must[:, None], spread, spread / parties)
    order = np.argsort(-weighed.sum(axis=0), axis=0, kind="stable")
    best = reached.best
    lines = [p for p in cases.with_red_lines if not cases.must[p].all()]
    if lines:
        best = best.copy()
        for p in lines:
            own = np.where(reached.allowed & ~cases.red[p], cases.worth[p], -np.inf)
            np.maximum.reduce(own, axis=1, out=best[p])
    rest = np.zeros((issues + 1, parties, count))
    for level in range(issues - 1, -1, -1):
        rest[level] = rest[level + 1] + best[:, order[level], cases.everywhere]
    rest[:, np.isneginf(cases.least)] = np.inf
    start = np.where(np.isfinite(cases.least), -cases.least, np.where(cases.least > 0.0, -_NEVER, 0.0))
    return Bounds(order, rest, start)


def walks(cases: Cases, reached: Reach, found: Bounds, places: Ints, width: int, prune: Pruning) -> Iterator[Ends]:
    """Walk through the cases at these places, in parts where there is too much to keep at once."""
    if not len(places):
        return
    start = found.start[:, places]
    keep, _ = prune(0, start, places)
    nothing = np.zeros((len(cases.exists), len(keep)), dtype=np.intp)
    stack = [_Front(0, places, places[keep], start[:, keep], nothing, np.zeros(cases.count, dtype=bool))]
    while stack:
        front = stack.pop()
        if len(front.where) > _AT_ONCE and len(front.places) > 1:
            stack += front.halves()
        elif front.level < len(cases.exists):
            stack.append(_next(cases, reached, found.order, front, width, prune))
        else:
            yield Ends(front.places[~front.dropped[front.places]], front.where, front.chosen)


@dataclass(frozen=True, slots=True)
class _Front:
    """Partial packages of some cases up to a level.

    `places` are the cases, `where` (n,) that of each, `surplus` (parties, n) and `chosen` (issues, n) what they are,
    `dropped` (cases,) where some have been dropped.
    """

    level: int
    places: Ints
    where: Ints
    surplus: Floats
    chosen: Packages
    dropped: Bools

    def halves(self) -> list[_Front]:
        """The same for half of the cases each."""
        half = len(self.places) // 2
        result = []
        for places in (self.places[half:], self.places[:half]):
            ours = np.zeros(len(self.dropped), dtype=bool)
            ours[places] = True
            mine = np.flatnonzero(ours[self.where])
            result.append(
                _Front(self.level, places, self.where[mine], self.surplus[:, mine], self.chosen[:, mine], self.dropped)
            )
        return result


def _next(cases: Cases, reached: Reach, order: Ints, front: _Front, width: int, prune: Pruning) -> _Front:
    """Decide one more issue."""
    issue = order[front.level, front.where]
    parents, taken, surpluses, promises = [], [], [], []
    for option in range(cases.exists.shape[1]):
        there = np.flatnonzero(reached.allowed[issue, option, front.where])
        case = front.where[there]
        grown = front.surplus[:, there] + cases.worth[:, issue[there], option, case]
        keep, promise = prune(front.level + 1, grown, case)
        parents.append(there[keep])
        taken.append(np.full(len(keep), option))
        surpluses.append(grown[:, keep])
        promises.append(promise)
    parent, option_of = np.concatenate(parents), np.concatenate(taken)
    if cases.joint is not None and cases.joint.forbidden:
        left = ~_forbidden(cases, order, front, parent, issue[parent], option_of)
        parent, option_of = parent[left], option_of[left]
        surpluses = [np.concatenate(surpluses, axis=1)[:, left]]
        promises = [np.concatenate(promises)[left]]
    dropped = front.dropped.copy()
    best = _most_promising(front.where[parent], np.concatenate(promises), width, dropped)
    parent, option_of = parent[best], option_of[best]
    chosen = front.chosen[:, parent]
    chosen[issue[parent], np.arange(len(parent))] = option_of
    surplus = np.concatenate(surpluses, axis=1)[:, best]
    return _Front(front.level + 1, front.places, front.where[parent], surplus, chosen, dropped)


def _forbidden(cases: Cases, order: Ints, front: _Front, parent: Ints, issue: Ints, option: Ints) -> Bools:
    """Which partial packages, one more `option` (n,) on an `issue` (n,) of theirs, are forbidden whatever follows."""
    assert cases.joint is not None
    count = np.arange(len(parent))
    chosen = front.chosen[:, parent]
    chosen[issue, count] = option
    place = np.empty_like(order)  # at which each issue is decided
    np.put_along_axis(place, order, np.broadcast_to(np.arange(len(order))[:, None], order.shape), axis=0)
    where, result = front.where[parent], np.zeros(len(parent), dtype=bool)
    for box in cases.joint.forbidden:
        inside = np.ones(len(parent), dtype=bool)
        for j, marked in box:
            inside &= (place[j, where] <= front.level) & marked[chosen[j]]
        result |= inside
    return result


def _most_promising(where: Ints, promise: Floats, width: int, dropped: Bools) -> Ints:
    """Of the partial packages of each case the first so many by promise; marks the cases in which some are dropped."""
    counts = np.bincount(where, minlength=len(dropped))
    if counts.max(initial=0) <= width:
        return np.arange(len(where))
    dropped |= counts > width
    order = np.lexsort((-promise, where))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rank = np.arange(len(where)) - starts[where[order]]
    return np.sort(order[rank < width])


@dataclass(frozen=True, slots=True)
class Search:
    """Where there is a deal (cases,), where that is certain (cases,), and a deal (issues, cases) where there is one."""

    found: Bools
    settled: Bools
    package: Packages

    @classmethod
    def nothing(cls, cases: Cases) -> Search:
        """Nothing is found yet."""
        found, settled = np.zeros((2, cases.count), dtype=bool)
        return cls(found, settled, np.zeros((len(cases.exists), cases.count), dtype=np.intp))

    def put(self, places: Ints, other: Search) -> None:
        """Take over what is found in the cases at these places."""
        self.found[places], self.settled[places] = other.found, other.settled
        self.package[:, places] = other.package


def search(cases: Cases, reached: Reach, known: Pairs, widths: Sequence[int] = WIDTHS) -> Search:
    """Find a deal in each case, or prove that there is none; neither where that takes too long."""
    result = Search.nothing(cases)
    limits = bounds(cases, reached)
    prune = _pruning(cases, reached, known, limits)
    left = np.flatnonzero(reached.possible)
    result.settled[~reached.possible] = True
    for width in widths:
        for ends in walks(cases, reached, limits, left, width, prune):
            deals = np.flatnonzero(cases.acceptable(ends.package, ends.where))[::-1]  # of a case the first stays
            where = ends.where[deals]
            result.package[:, where] = ends.package[:, deals]
            result.found[where] = result.settled[where] = result.settled[ends.whole] = True
        left = left[~result.settled[left]]
    return result


def _pruning(cases: Cases, reached: Reach, known: Pairs, limits: Bounds) -> Pruning:
    """Keeps what may become a deal: by what each party, and what each with the hub, can still have at most."""
    scale = 1.0 / reached.spread
    both = with_hub(cases, reached, known, limits)

    def prune(level: int, surplus: Floats, case: Ints) -> tuple[Ints, Floats]:
        most = surplus + limits.own[level][:, case]
        meets = most >= -SLACK
        keep = np.flatnonzero((meets | ~cases.must[:, case]).all(axis=0))
        case, surplus, most, meets = case[keep], surplus[:, keep], most[:, keep], meets[:, keep]
        meets &= both.most(level, surplus, case) >= -SLACK
        deal = cases.deal(meets, case)
        keep, case, most, meets = keep[deal], case[deal], most[:, deal], meets[:, deal]
        ample = np.where(meets, np.minimum(most * scale[:, case], _AMPLE), -_AMPLE)
        least = np.where(cases.must[:, case], ample, _AMPLE).min(axis=0)
        return keep, least + ample.sum(axis=0) / len(ample)

    return prune


@dataclass(frozen=True, slots=True)
class WithHub:
    """What the hub and another party can have together at most.

    Attributes
    ----------
    hub
        Shape (cases,).
    mine, theirs
        Factors of the hub's and the other's surplus in their sum, 0 where the pair was not asked; (parties, cases).
    rest
        What the issues from a level on bring to the sum at most, shape (issues + 1, parties, cases).
    """

    hub: Ints
    mine: Floats
    theirs: Floats
    rest: Floats

    def most(self, level: int, surplus: Floats, case: Ints) -> Floats:
        """The sum at most, given the surpluses (parties, n) up to a level; inf where the pair was not asked."""
        hub = surplus[self.hub[case], np.arange(len(case))]
        return np.asarray(self.mine[:, case] * hub + self.theirs[:, case] * surplus + self.rest[level][:, case])


def with_hub(cases: Cases, reached: Reach, known: Pairs, limits: Bounds) -> WithHub:
    """Bounds on pairs for a walk in the order of `limits`."""
    scale = 1.0 / reached.spread
    asked = np.isfinite(known.bound)
    mine = np.where(asked, known.share * scale[known.hub, cases.everywhere], 0.0)
    theirs = np.where(asked, (1.0 - known.share) * scale, 0.0)
    issues = len(cases.exists)
    hubs = cases.worths(known.hub, cases.everywhere)
    best = np.empty((len(mine), issues, cases.count))
    for q in range(len(mine)):
        worth = mine[q] * hubs + theirs[q] * cases.worth[q]
        worth[~reached.allowed | cases.red[q]] = -np.inf
        np.maximum.reduce(worth, axis=1, out=best[q])
    rest = np.zeros((issues + 1, len(mine), cases.count))
    for level in range(issues - 1, -1, -1):
        rest[level] = rest[level + 1] + best[:, limits.order[level], cases.everywhere]
    rest[:, ~asked] = np.inf
    return WithHub(known.hub, mine, theirs, rest)
