"""Who can be satisfied together with one party, the hub: bounds on what two parties can have at a time.

If one without whom there is no deal cannot be had together with enough of the others, there is no deal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.narrowing import Reach
from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total

_STEPS = 12
_CLEAR = 1e-9
"""A bound must fall short by so much of the parties' spread."""
_FIRST = 6
"""So many of the tightest parties are asked first."""
_AT_ONCE = 4096
"""Pairs that are bounded together."""
_END = 1e-6
"""Least weight of either of a pair."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What can be said of pairs of the hub and another.

    Attributes
    ----------
    hub
        A party without whom there is no deal, shape (cases,).
    share
        Weight of the hub in the weighted sum of both surpluses, each against its spread, that bounds them best; shape
        (parties, cases).
    bound
        The most that this sum can be, shape (parties, cases); inf where it was not asked.
    compatible
        Which parties may be satisfied together with the hub, shape (parties, cases).
    """

    hub: Ints
    share: Floats
    bound: Floats
    compatible: Bools

    @classmethod
    def nothing(cls, cases: Cases) -> Pairs:
        """Nothing is known yet."""
        shape = cases.least.shape
        return cls(
            np.zeros(shape[1], dtype=np.intp), np.full(shape, 0.5), np.full(shape, np.inf), np.ones(shape, dtype=bool)
        )

    def put(self, places: Ints, other: Pairs) -> None:
        """Take over what is known of the cases at these places."""
        self.hub[places] = other.hub
        for ours, theirs in (
            (self.share, other.share),
            (self.bound, other.bound),
            (self.compatible, other.compatible),
        ):
            ours[:, places] = theirs

    def of(self, places: Ints) -> Pairs:
        """The cases at these places."""
        return Pairs(self.hub[places], self.share[:, places], self.bound[:, places], self.compatible[:, places])


def pairs(cases: Cases, reached: Reach, enough: int | None = None) -> Pairs:
    """Bound what the hub, the tightest of those without whom there is no deal, can have together with each other party.

    The least upper bound is that of a * (hub's surplus) + (1 - a) * (other's surplus) over the best mixture of options,
    minimised over a: a convex function of one variable, minimised by cutting planes (Kelley, 1960).

    Parameters
    ----------
    enough
        Where that is given, a case is left alone once so many without whom there is no deal are found incompatible;
        the tightest parties are asked first.
    """
    limited = np.isfinite(cases.least)
    over = (total(reached.best.transpose(1, 0, 2)) - np.where(limited, cases.least, 0.0)) / reached.spread
    over[~limited] = np.inf
    found = Pairs.nothing(cases)
    found.hub[:] = np.where(cases.must, over, np.inf).argmin(axis=0)
    found.compatible[np.isposinf(cases.least)] = False
    asks = limited & (limited & cases.must)[found.hub, cases.everywhere]
    asks[found.hub, cases.everywhere] = False
    order = np.argsort(over, axis=0, kind="stable")
    first = len(order) if enough is None else _FIRST
    for wave in (order[:first], order[first:]):
        refused = (cases.must & ~found.compatible).sum(axis=0)
        asked = np.take_along_axis(asks, wave, axis=0) & (enough is None or refused < enough)
        place, case = np.nonzero(asked)
        party = wave[place, case]
        for start in range(0, len(party), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            _ask(cases, reached, party[part], case[part], found)
    return found


def _ask(cases: Cases, reached: Reach, party: Ints, case: Ints, found: Pairs) -> None:
    """Bound the pairs of the hub and a party in these cases, both (n,), and write it down."""
    hub, scale = found.hub[case], 1.0 / reached.spread
    mine, theirs = (cases.worths(who, case) * scale[who, case] for who in (hub, party))
    mine[~reached.allowed[..., case]] = -np.inf
    for who in (hub, party):
        if cases.red[np.unique(who)].any():
            mine[cases.red_lines(who, case)] = -np.inf
    limits = [cases.least[who, case] * scale[who, case] for who in (hub, party)]
    some = np.flatnonzero((mine > -np.inf).any(axis=1).all(axis=0))
    share, bound = np.full(len(case), 0.5), np.full(len(case), -np.inf)
    share[some], bound[some] = _bounded(mine[..., some], theirs[..., some], *(limit[some] for limit in limits))
    found.share[party, case], found.bound[party, case] = share, bound
    found.compatible[party, case] = bound >= -_CLEAR


def _bounded(mine: Floats, theirs: Floats, my_least: Floats, their_least: Floats) -> tuple[Floats, Floats]:
    """The best weight of the first, and what the weighted sum of both surpluses can be at most, both (cases,).

    Worths of shape (issues, options, cases), -inf in `mine` where an option is not allowed. A case is left where some
    package satisfies both, where none can, and where the bound cannot be lowered.
    """
    count = len(my_least)
    share, bound = np.full(count, 0.5), np.full(count, np.inf)
    high = _best(mine, theirs, np.full(count, 1.0 - _END), my_least, their_least)
    low = _best(mine, theirs, np.full(count, _END), my_least, their_least)
    left = np.arange(count)
    for _ in range(_STEPS):
        rise = (high[0] - low[0]) + (low[1] - high[1])
        a = np.divide(low[1] - high[1], rise, out=np.full(len(left), 0.5), where=rise > 0.0)
        a = np.minimum(np.maximum(a, _END), 1.0 - _END)
        at = _best(mine, theirs, a, my_least, their_least)
        value, line = a * at[0] + (1.0 - a) * at[1], a * low[0] + (1.0 - a) * low[1]
        lower = value < bound[left]
        share[left[lower]], bound[left[lower]] = a[lower], value[lower]
        goes_on = (value >= -_CLEAR) & ((at[0] < 0.0) | (at[1] < 0.0)) & (value > line + _CLEAR)
        keep = np.flatnonzero(goes_on)
        if not len(keep):
            break
        up = at[0] < at[1]
        low, high = np.where(up, at, low)[:, keep], np.where(up, high, at)[:, keep]
        left, my_least, their_least = left[keep], my_least[keep], their_least[keep]
        mine, theirs = mine[..., keep], theirs[..., keep]
    return share, bound


def _best(mine: Floats, theirs: Floats, a: Floats, my_least: Floats, their_least: Floats) -> Floats:
    """Both surpluses of the package that is best for their weighted sum, shape (2, cases)."""
    b = 1.0 - a
    best = a * mine[:, 0] + b * theirs[:, 0]
    first, second = mine[:, 0].copy(), theirs[:, 0].copy()
    for k in range(1, mine.shape[1]):
        value = a * mine[:, k] + b * theirs[:, k]
        better = value > best
        np.copyto(best, value, where=better)
        np.copyto(first, mine[:, k], where=better)
        np.copyto(second, theirs[:, k], where=better)
    return np.stack([total(first) - my_least, total(second) - their_least])
