"""Exchange of votes between pairs of parties on pairs of issues, at equal gain.

Stokman & Van Oosten, "The Exchange of Voting Positions: An Object-Oriented Model of Policy Networks", in Bueno de
Mesquita & Stokman (eds), *European Community Decision Making*, 1994, 105-127; the equal gain rule as in Dijkstra, Van
Assen & Stokman, "Outcomes of Collective Decisions with Externalities Predicted", Journal of Theoretical Politics 20,
2008, 415-441. What is expected on issue d is the mean of the voting positions v weighted by salience and power,

    O_d = sum_i c_id s_id v_id / sum_i c_id s_id,

and a party values it at -s_id |O_d - x_id|. Two parties that stand on opposite sides of what is expected on both of two
issues can trade: each gives way on the issue for which it cares less, compared with the other, towards where the other
stands. Party A shifts the outcome of a by D_a, party B that of b by D_b, at the rate at which both gain the same,

    D_b / D_a = (s_Aa + s_Ba) / (s_Ab + s_Bb),

as far as the first of them has come all the way to the other's position, or the outcome to that of the party for
which it is shifted. That party knows of the other shifts of its own trades, not of those that others have agreed on
meanwhile, and of what the party it trades with has given so far. The trade with the largest gain is made first,
voting positions change, and so on until none gains anybody anything; on one issue a party gives way in one direction
only. What is forecast is the outcome that the voting positions then give, and each of them, as likely as its
influence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.forecast.case import Case
from sim.forecast.models.mean import weighted_mean
from sim.forecast.prediction import Prediction, over_parties

LEAST_GAIN = 1e-12
"""A trade that gains less is not made; of trades whose gains differ by less the first counts as the largest."""

_NUMBERS = 500_000
"""Of trades times worlds that are looked at at once."""


def forecast(case: Case, most: int | None = None) -> Prediction:
    """The outcomes after all trades that gain something, or after the first `most` of every world."""
    parts = [_traded(case, block, most) for block in _blocks(case)]
    voting = np.concatenate(parts, axis=2) if parts else case.position
    influence = case.influence()
    return over_parties(weighted_mean(voting, influence), voting, influence)


@dataclass(frozen=True, slots=True)
class Trades:
    """Who could trade what: A gives on issue a, B on issue b; each of shape (trades,)."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    given: NDArray[np.intp]
    taken: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.first)

    def of(self, some: NDArray[np.intp]) -> Trades:
        """These trades only."""
        return Trades(self.first[some], self.second[some], self.given[some], self.taken[some])


def trades(parties: int, issues: int) -> Trades:
    """All pairs of parties on all pairs of issues, in both directions."""
    pairs = [
        (i, k, p, q)
        for p, q in combinations(range(issues), 2)
        for i, k in combinations(range(parties), 2)
        for p, q in ((p, q), (q, p))
    ]
    columns = np.array(pairs, dtype=np.intp).reshape(-1, 4).T
    return Trades(*columns)


def _blocks(case: Case) -> list[slice]:
    parties, issues, worlds = case.shape
    size = max(1, _NUMBERS // max(1, parties * (parties - 1) * issues * (issues - 1) // 2))
    return [slice(start, min(start + size, worlds)) for start in range(0, worlds, size)]


def _traded(case: Case, block: slice, most: int | None) -> Floats:
    """Voting positions after the trades in some worlds, shape (parties, issues, worlds)."""
    position, present = case.position[..., block], case.present[..., block]
    stand = np.where(present, position, 0.0)
    salience = np.where(present, case.salience[..., block], 0.0)
    influence = np.nan_to_num(case.influence()[..., block])
    expected = (influence * stand).sum(axis=0)
    found = trades(*stand.shape[:2])
    is_open = _open(found, present, stand <= expected, salience)
    some = np.flatnonzero(is_open.any(axis=1))
    if not len(some):
        return position
    is_open, found = is_open[some], found.of(some)
    a, b, p, q = found.first, found.second, found.given, found.taken
    takes, gives = salience[a, q], salience[a, p]
    above, below = gives + salience[b, p], takes + salience[b, q]
    rate = np.where(is_open, above, 1.0) / np.where(is_open, below, 1.0)
    worth = np.where(is_open, takes * rate - gives, 0.0)
    weight_p, weight_q, aim_p, aim_q = influence[a, p], influence[b, q], stand[b, p], stand[a, q]
    parties, issues, count = stand.shape
    voting, way = stand.copy(), np.zeros(stand.shape)
    seen = np.broadcast_to(expected, (parties, issues, count)).copy()
    known = np.broadcast_to(stand, (parties, parties, issues, count)).copy()
    worlds = np.arange(count)
    done = 0
    while done != most:
        votes_p, votes_q = voting[a, p], voting[b, q]
        outcome_p = seen[b, p] + weight_p * (votes_p - known[b, a, p])
        outcome_q = seen[a, q] + weight_q * (votes_q - known[a, b, q])
        room_p = _room(votes_p, aim_p, weight_p, outcome_p, way[a, p])
        room_q = _room(votes_q, aim_q, weight_q, outcome_q, way[b, q])
        shift = np.minimum(room_p, room_q / rate)
        gain = worth * shift
        best = np.argmax(gain >= gain.max(axis=0) - LEAST_GAIN, axis=0)
        at = np.flatnonzero(gain[best, worlds] > LEAST_GAIN)
        if not len(at):
            break
        trade = best[at]
        by = shift[trade, at]
        for giver, taker, issue, shifted in ((a, b, p, by), (b, a, q, by * rate[trade, at])):
            g, t, j = giver[trade], taker[trade], issue[trade]
            here, aim = voting[g, j, at], stand[t, j, at]
            direction = np.sign(aim - here)
            moved = here + direction * shifted / influence[g, j, at]
            now = np.where((aim - moved) * direction < 0.0, aim, moved)
            voting[g, j, at], way[g, j, at] = now, direction
            seen[t, j, at] += influence[g, j, at] * (now - known[t, g, j, at])
            known[t, g, j, at] = now
        done += 1
    return np.where(present, voting, np.nan)


def _open(found: Trades, present: Bools, below: Bools, salience: Floats) -> Bools:
    """Which trades parties on opposite sides of what is expected could gain by, shape (trades, worlds)."""
    result = np.empty((len(found), present.shape[2]), dtype=bool)
    for start in range(0, len(found), 4096):
        part = found.of(np.arange(start, min(start + 4096, len(found))))
        a, b, p, q = part.first, part.second, part.given, part.taken
        there = present[a, p] & present[a, q] & present[b, p] & present[b, q]
        opposed = (below[a, p] != below[b, p]) & (below[a, q] != below[b, q])
        # A gives on p, for which B cares more, compared with q
        willing = salience[a, p] * salience[b, q] < salience[a, q] * salience[b, p]
        result[start : start + 4096] = there & opposed & willing
    return result


def _room(voting: Floats, aim: Floats, weight: Floats, outcome: Floats, way: Floats) -> Floats:
    """By how much a party can shift an outcome towards a position."""
    direction = np.sign(aim - voting)
    room = np.minimum(np.abs(aim - voting) * weight, np.maximum((aim - outcome) * direction, 0.0))
    return np.asarray(np.where(way * direction < 0.0, 0.0, room))
