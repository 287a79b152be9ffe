"""Exchange of votes between pairs of parties on pairs of issues, at equal gain.

Stokman & Van Oosten, "The Exchange of Voting Positions: An Object-Oriented Model of Policy Networks", in Bueno de
Mesquita & Stokman (eds), *European Community Decision Making*, 1994, 105-127; the equal gain rule as in Dijkstra, Van
Assen & Stokman, "Outcomes of Collective Decisions with Externalities Predicted", Journal of Theoretical Politics 20, 2008,
415-441. What is expected on issue d is the mean of the voting positions v weighted by salience and power,

    O_d = sum_i c_id s_id v_id / sum_i c_id s_id,

and a party values it at -s_id |O_d - x_id|. Two parties that stand on opposite sides of what is expected on both of two
issues can trade: each gives way on the issue for which it cares less, compared with the other, towards where the other
stands. Party A shifts the outcome of a by D_a, party B that of b by D_b, at the rate at which both gain the same,

    D_b / D_a = (s_Aa + s_Ba) / (s_Ab + s_Bb),

as far as the first of them has come all the way to the other's position, or the outcome to that of the party for which it
is shifted. That party knows of the other shifts of its own trades, not of those that others have agreed on meanwhile,
and of what the party it trades with has given so far. The trade with the largest gain is made first, voting positions change, and so on until none gains anybody
anything; on one issue a party gives way in one direction only. What is forecast is the outcome that the voting positions
then give, and each of them, as likely as its influence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.forecast.case import Case
from sim.forecast.models.mean import weighted_mean
from sim.forecast.prediction import Prediction, over_parties
from sim.worlds.draws import Floats

LEAST_GAIN = 1e-12
"""A trade that gains less is not made."""

_NUMBERS = 2_000_000
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
    parties, issues, _ = case.shape
    position = case.position[..., block]
    present = case.present[..., block]
    stand = np.where(present, position, 0.0)
    salience = np.where(present, case.salience[..., block], 0.0)
    influence = np.nan_to_num(case.influence()[..., block])
    possible = trades(parties, issues)
    a, b, p, q = possible.first, possible.second, possible.given, possible.taken
    expected = (influence * stand).sum(axis=0)
    below = stand <= expected
    opposed = (below[a, p] != below[b, p]) & (below[a, q] != below[b, q])
    everywhere = present[a, p] & present[a, q] & present[b, p] & present[b, q]
    # A gives on p what B cares for more, compared with q
    willing = salience[a, p] * salience[b, q] < salience[a, q] * salience[b, p]
    some = (opposed & everywhere & willing).any(axis=1)
    if not some.any():
        return position
    kept = np.flatnonzero(some)
    a, b, p, q = a[kept], b[kept], p[kept], q[kept]
    able = (opposed & everywhere & willing)[kept]
    voting = stand.copy()
    way = np.zeros(stand.shape)
    known = np.broadcast_to(stand, (parties, *stand.shape)).copy()
    seen = np.broadcast_to(expected, (parties, *expected.shape)).copy()
    worlds = np.arange(stand.shape[2])
    gives, takes = salience[a, p], salience[a, q]
    cares, spends = salience[b, p], salience[b, q]
    rate = (gives + cares) / np.where(takes + spends > 0.0, takes + spends, 1.0)
    weight_p, weight_q = influence[a, p], influence[b, q]
    aim_p, aim_q = stand[b, p], stand[a, q]
    done = 0
    while True:
        outcome_p = seen[b, p] + weight_p * (voting[a, p] - known[b, a, p])
        outcome_q = seen[a, q] + weight_q * (voting[b, q] - known[a, b, q])
        room_p = _room(voting[a, p], aim_p, weight_p, outcome_p, way[a, p])
        room_q = _room(voting[b, q], aim_q, weight_q, outcome_q, way[b, q])
        shift_p = np.minimum(room_p, room_q / rate)
        shift_q = shift_p * rate
        gain = np.where(able, takes * shift_q - gives * shift_p, 0.0)
        best = np.argmax(gain, axis=0)
        made = gain[best, worlds] > LEAST_GAIN
        if not made.any() or done == most:
            return np.where(present, voting, np.nan)
        done += 1
        at = worlds[made]
        trade = best[made]
        _give(voting, way, a[trade], p[trade], at, aim_p[trade, at], shift_p[trade, at] / weight_p[trade, at])
        _give(voting, way, b[trade], q[trade], at, aim_q[trade, at], shift_q[trade, at] / weight_q[trade, at])
        for giver, taker, issue in ((a, b, p), (b, a, q)):
            g, t, j = giver[trade], taker[trade], issue[trade]
            seen[t, j, at] += influence[g, j, at] * (voting[g, j, at] - known[t, g, j, at])
            known[t, g, j, at] = voting[g, j, at]


def _room(voting: Floats, aim: Floats, weight: Floats, outcome: Floats, way: Floats) -> Floats:
    """By how much a party can shift an outcome towards a position."""
    direction = np.sign(aim - voting)
    room = np.minimum(np.abs(aim - voting) * weight, np.maximum((aim - outcome) * direction, 0.0))
    return np.asarray(np.where(way * direction < 0.0, 0.0, room))


def _give(
    voting: Floats,
    way: Floats,
    party: NDArray[np.intp],
    issue: NDArray[np.intp],
    at: NDArray[np.intp],
    aim: Floats,
    by: Floats,
) -> None:
    here = voting[party, issue, at]
    direction = np.sign(aim - here)
    moved = here + direction * by
    voting[party, issue, at] = np.where((aim - moved) * direction < 0.0, aim, moved)
    way[party, issue, at] = direction


