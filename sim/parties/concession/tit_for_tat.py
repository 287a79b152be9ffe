"""Behaviour-dependent concession: give way as the others have given way.

Faratin, Sierra & Jennings (1998), section 4.4, there for each issue, here for the utility of whole packages: what the
others' offers are worth to the party tells how far they have moved. "Random absolute" tit-for-tat without its random
part is the absolute one. A demand never rises above the best on the table or falls below the reservation value.

Like Axelrod's (The Evolution of Cooperation, 1984), it begins by cooperating: at its second offer it gives up at least
the share ``start`` of what lies between its best and its reservation value. With ``start: 0`` two of them never move.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.situation import Situation


def absolute(situation: Situation) -> Floats:
    """Gives up as much as the others did d turns ago: a' = a - (u(received d - 1) - u(received d)).

    Settings: ``lag`` d, 1 for their latest move; ``start``.
    """
    return _begun(situation, situation.last - concession(situation))


def relative(situation: Situation) -> Floats:
    """Gives up in the proportion in which the others did d turns ago: a' = a * v(received d) / v(received d - 1).

    v is the utility above that of the worst package, so that no scale of scores matters. Settings: ``lag``, ``start``.
    """
    return _in_proportion(situation, "lag", later=_lag(situation, "lag") - 1)


def averaged(situation: Situation) -> Floats:
    """As `relative`, for all their moves in the last w turns: a' = a * v(received w) / v(received 0).

    Settings: ``window`` w, ``start``.
    """
    return _in_proportion(situation, "window", later=np.zeros(situation.last.shape, dtype=np.intp))


def concession(situation: Situation) -> Floats:
    """How much better the others' offers have become for the party in the move to which it answers; 0 if unknown."""
    lag = _lag(situation, "lag")
    moved = _received(situation, lag - 1) - _received(situation, lag)
    return np.where(np.isnan(moved), 0.0, moved)


def answered(situation: Situation, setting: str, by_one: bool) -> tuple[float, float]:
    """What the others' offers were worth before and after the move that is answered (one party and world); nan unknown.

    The move spans `setting` turns up to the latest offer; `by_one` the first turn of these alone.
    """
    back = _lag(situation, setting)
    later = back - 1 if by_one else np.zeros_like(back)
    return float(_received(situation, back)[0, 0]), float(_received(situation, later)[0, 0])


def _in_proportion(situation: Situation, setting: str, later: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    earlier_value = _received(situation, _lag(situation, setting)) - situation.worst
    later_value = _received(situation, later) - situation.worst
    known = ~np.isnan(earlier_value) & ~np.isnan(later_value) & (later_value > 0.0)
    ratio = np.divide(earlier_value, later_value, out=np.ones(known.shape), where=known)
    # From an offer worth as little as the worst package, no proportion can be told: it answers by no move.
    ratio = np.where(known & (earlier_value <= 0.0), 1.0, ratio)
    return _begun(situation, situation.worst + (situation.last - situation.worst) * ratio)


def _begun(situation: Situation, demand: Floats) -> Floats:
    """At the second offer, cooperate of its own accord."""
    own = situation.seen.own
    second = ~np.isnan(own[0]) & np.isnan(own[1])
    first_step = situation.between(np.clip(situation.settings["start"], 0.0, 1.0))
    return situation.within(np.where(second, np.minimum(demand, first_step), demand))


def _lag(situation: Situation, setting: str) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    depth = len(situation.seen.received)
    return np.clip(np.floor(situation.settings[setting] + 0.5), 1, depth - 1).astype(np.intp)


def _received(situation: Situation, back: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Floats:
    """What was received so many turns ago, shape (parties, worlds)."""
    return np.asarray(np.take_along_axis(situation.seen.received, back[None], axis=0)[0])
