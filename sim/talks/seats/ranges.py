"""Between what a party can move: the most and the least on the table for it that it does not rule out by a red line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.talks.seats.joint_ranges import joint_range
from sim.talks.state import NONE, State
from sim.worlds.preferences import red_lines_in


@dataclass(slots=True)
class _Range:
    """The most and the least for one agenda, (parties, worlds), and the state of each world for which they hold."""

    best: Floats
    least: Floats
    version: Ints


class Ranges:
    """Ranges of all parties in a block of worlds, by agenda.

    They depend on worths, red lines and what is still open, so they are worked out again only where one has changed.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._known: dict[tuple[int, ...] | None, _Range] = {}
        self._by_issue: tuple[int, Floats, Floats] | None = None

    def of(self, agenda: tuple[int, ...] | None, cohort: Ints, on_table: Bools, base: Ints) -> _Range:
        """The range of an agenda in all worlds of the block, up to date in those of the cohort.

        Which issues are on the table, `on_table`, and what holds on the others, `base`, have shape (issues, cohort).
        Where a party rules everything out both ends are -inf: no bound on what it demands.
        """
        state = self._state
        if agenda not in self._known:
            shape = state.wants.reservation.shape
            self._known[agenda] = _Range(np.empty(shape), np.empty(shape), np.full(shape[1], NONE, dtype=np.intp))
        known = self._known[agenda]
        stale = np.flatnonzero(known.version[cohort] != state.version[cohort])
        if len(stale):
            some = cohort[stale]
            open_, held = on_table[:, stale], base[:, stale]
            if state.wants.joint is not None:
                known.best[:, some], known.least[:, some] = joint_range(state, some, open_, held)
                known.version[some] = state.version[some]
                return known
            most, least = self._ends()
            known.best[:, some] = _summed(state, some, open_, held, most, -np.inf)
            low = _summed(state, some, open_, held, least, np.inf)
            known.least[:, some] = np.where(np.isposinf(low), -np.inf, low)
            known.version[some] = state.version[some]
        return known

    def _ends(self) -> tuple[Floats, Floats]:
        """Worth of the best and the worst option that a party does not rule out, (parties, issues, worlds)."""
        state = self._state
        if self._by_issue is None or self._by_issue[0] != state.worths:
            self._by_issue = state.worths, *_by_issue(state)
        return self._by_issue[1:]


def _by_issue(state: State) -> tuple[Floats, Floats]:
    worth, exists, red = state.wants.worth, state.coded.exists, state.coded.red
    most, least = state.wants.most, state.wants.least
    ruling_out = np.argwhere(red.any(axis=(2, 3)))
    if len(ruling_out):
        most, least = most.copy(), least.copy()
    for p, j in ruling_out:
        left = exists[j][:, None] & ~red[p, j]
        if red.shape[3] == 1:
            own = worth[p, j, np.flatnonzero(left[:, 0])]
            np.maximum.reduce(own, axis=0, initial=-np.inf, out=most[p, j])
            np.minimum.reduce(own, axis=0, initial=np.inf, out=least[p, j])
        else:
            np.maximum.reduce(np.where(left, worth[p, j], -np.inf), axis=0, out=most[p, j])
            np.minimum.reduce(np.where(left, worth[p, j], np.inf), axis=0, out=least[p, j])
    return most, least


def _summed(state: State, some: Ints, on_table: Bools, base: Ints, ends: Floats, nothing: float) -> Floats:
    """Sum of one end over the issues, of those not on the table of what holds; (parties, n)."""
    worth, red = state.wants.worth, red_lines_in(state.coded.red, some)
    result = np.zeros((len(worth), len(some)))
    for j, (open_, held) in enumerate(zip(on_table, base, strict=True)):
        end = ends[:, j][:, some]
        closed = np.flatnonzero(~open_)
        if len(closed):
            option = held[closed]
            ruled_out = red[:, j, option, closed if red.shape[3] > 1 else 0]
            end[:, closed] = np.where(ruled_out, nothing, worth[:, j, option, some[closed]])
        result += end
    return result
