"""What every side brings to a meeting: its repertoire, and between what each of its members can move.

It depends on preferences and on what is still open, which change rarely; so it is worked out once for a block of
worlds and kind of meeting, and again only in the worlds in which something has changed since.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.parties.ballot import ballot_of
from sim.parties.joined import join_all, join_ladder
from sim.parties.ladder import scaled_worth
from sim.parties.repertoire import Repertoire, climb, enumerate_all
from sim.scenario.model import Scenario
from sim.talks.seats.beliefs import Beliefs
from sim.talks.seats.joint_ranges import joint_range, possible
from sim.talks.seats.ranges import Ranges
from sim.talks.state import NONE, State, taken
from sim.worlds.preferences import red_lines_in

MeetingKind = tuple[tuple[int, ...] | None, tuple[int, ...] | None]
"""A kind of meeting: who is present and what is on its agenda (indices), None for all."""


@dataclass(slots=True)
class Prepared:
    """What the sides bring to one kind of meeting.

    Attributes
    ----------
    sides
        Indices of the sides present, in the order in which they act.
    parties
        Their members present, indices of parties.
    repertoires
        Their repertoires in all worlds of the block.
    best
        Most on the table for each party without crossing its own red lines, -inf where nothing is; (parties, worlds).
    least
        The same for the least; (parties, worlds).
    version
        State of each world for which this was worked out, shape (worlds,).
    believed
        What the sides whose offers depend on it otherwise than by a ladder believe the options are worth to the others,
        by place in `sides`; (issues, options, worlds).
    """

    sides: list[int]
    parties: list[tuple[int, ...]]
    repertoires: list[Repertoire]
    version: Ints
    believed: dict[int, Floats]


class Preparations:
    """Preparations of a block of worlds, by kind of meeting.

    Parameters
    ----------
    scenario, state
        What is negotiated, and what has happened so far.
    beliefs
        What the sides believe of each other; None where no offer is to be made.
    """

    def __init__(self, scenario: Scenario, state: State, beliefs: Beliefs | None = None) -> None:
        self.scenario = scenario
        self.state = state
        self.beliefs = beliefs or Beliefs(scenario, len(state.worlds), {})
        self._known: dict[MeetingKind, Prepared] = {}
        self._ranges = Ranges(state)

    def of(self, kind: MeetingKind, cohort: Ints) -> Prepared:
        """The preparations for this kind of meeting, up to date in the worlds of the cohort."""
        state = self.state
        if kind not in self._known:
            self._known[kind] = self._empty(kind)
        prepared = self._known[kind]
        # Counting changes is cheaper than comparing worths. It holds only while whoever changes what a side brings (an
        # event, a settlement, what was learned) also counts `state.version` on in those worlds.
        stale = cohort[prepared.version[cohort] != state.version[cohort]]
        if not len(stale):
            return prepared
        if not prepared.repertoires:
            stale = np.arange(len(state.worlds))
        self._renew(prepared, kind, stale)
        prepared.version[stale] = state.version[stale]
        return prepared

    def relearn(self, kind: MeetingKind, i: int, worlds: Ints) -> None:
        """Renew what the i-th side brings to this kind of meeting in worlds in which it has learned something."""
        prepared = self._known[kind]
        self._renew(prepared, kind, worlds, only=i)
        self.state.version[worlds] += 1  # other kinds of meeting are to be prepared anew, this one is not
        prepared.version[worlds] = self.state.version[worlds]

    def belief(self, kind: MeetingKind, i: int, cohort: Ints) -> Floats:
        """What the i-th side believes the options are worth to the others, (issues, options, cohort)."""
        prepared, coded = self.of(kind, cohort), self.state.coded
        on_table, base = self.table(kind, cohort)
        scaled = self._scaled(prepared, cohort, on_table)
        return self.beliefs.of(prepared.sides[i], scaled, _on_offer(coded.exists, on_table, base), cohort)

    def range(self, kind: MeetingKind, cohort: Ints) -> tuple[Floats, Floats]:
        """The most and the least on the table for each party that it does not rule out; shape (parties, cohort).

        Both are -inf where it rules everything out: no bound on what it demands.
        """
        known = self._ranges.of(kind[1], cohort, *self.table(kind, cohort))
        return taken(known.best, cohort), taken(known.least, cohort)

    def table(self, kind: MeetingKind, cohort: Ints) -> tuple[Bools, Ints]:
        """Which issues are on the table, and what holds on the others (`NONE` on those); (issues, cohort)."""
        on_table = self.state.open[:, cohort]
        if kind[1] is not None:
            on_agenda = np.zeros(len(on_table), dtype=bool)
            on_agenda[list(kind[1])] = True
            on_table &= on_agenda[:, None]
        return on_table, np.where(on_table, NONE, self.state.standing(cohort))

    def possible(self, kind: MeetingKind, cohort: Ints) -> Bools:
        """Where a package on the table is not forbidden, shape (cohort,)."""
        return possible(self.state, cohort, *self.table(kind, cohort))

    def _empty(self, kind: MeetingKind) -> Prepared:
        sides, parties = [], []
        for s, side in enumerate(self.scenario.sides):
            here = tuple(p for p in side.members if kind[0] is None or p in kind[0])
            if here:
                sides.append(s)
                parties.append(here)
        return Prepared(sides, parties, [], np.full(len(self.state.worlds), NONE, dtype=np.intp), {})

    def _scaled(self, prepared: Prepared, pick: Ints | slice, on_table: Bools) -> dict[int, Floats]:
        """True scaled worth of options to the sides present in some worlds, (issues, options, n) each."""
        worth, stakes = self.state.wants.worth[..., pick], self.state.wants.stakes(pick)
        weight = np.maximum(self.state.coded.weight[:, pick], 0.0)
        return {
            s: scaled_worth(worth, stakes, list(members), on_table, weight)
            for s, members in zip(prepared.sides, prepared.parties, strict=True)
        }

    def _renew(self, prepared: Prepared, kind: MeetingKind, stale: Ints, only: int | None = None) -> None:
        coded = self.state.coded
        on_table, base = self.table(kind, stale)
        allowed = _on_offer(coded.exists, on_table, base)
        everywhere = len(stale) == len(self.state.worlds)
        pick = slice(None) if everywhere else stale
        wants = self.state.wants
        worth = wants.worth[..., pick]
        members = [list(one) for one in prepared.parties]
        lines = red_lines_in(coded.red, stale)
        by_side = self._scaled(prepared, pick, on_table)
        scaled = list(by_side.values())
        fresh = {}
        for i, (s, one) in enumerate(zip(prepared.sides, members, strict=True)):
            if only not in (None, i):
                continue
            own, red, offering = [worth[p] for p in one], lines[one], self.scenario.sides[s].offering
            if offering == "ladder":
                others = self.beliefs.of(s, by_side, allowed, pick)
                decides = ballot_of(self.scenario.sides[s], s, coded, pick, prepared.parties[i])
                barred = decides.barred(red)
                fresh[i] = climb(own, red, barred, scaled[i], others, allowed)
                if wants.joint is not None:
                    both = scaled[i], others
                    fresh[i] = join_ladder(fresh[i], worth[one], red, both, allowed & ~barred, wants, one, pick)
                continue
            if offering != "exhaustive":
                believed = self.beliefs.of(s, by_side, allowed, pick)
                prepared.believed.setdefault(i, np.zeros((*believed.shape[:2], len(self.state.worlds))))
                prepared.believed[i][..., pick] = believed
            if only is None:
                fresh[i] = enumerate_all(own, red, coded.exists, scaled[i], allowed)
                if wants.joint is not None:
                    weight = np.maximum(coded.weight[one][:, pick], 0.0)
                    fresh[i] = join_all(fresh[i], weight, wants, one, pick)
        if everywhere and only is None:
            prepared.repertoires = list(fresh.values())
            return
        for i, new in fresh.items():
            prepared.repertoires[i] = prepared.repertoires[i].widened(len(new.valid))
            prepared.repertoires[i].write(stale, new)


def worst_on_table(preparations: Preparations, on_table: Bools, base: Ints, cohort: Ints) -> Floats:
    """The least that a package on the table is worth to each party, shape (parties, cohort)."""
    if preparations.state.wants.joint is not None:
        return joint_range(preparations.state, cohort, on_table, base, heed_red_lines=False)[1]
    allowed = _on_offer(preparations.state.coded.exists, on_table, base)
    worth = preparations.state.wants.worth[..., cohort]
    return np.stack([total(np.min(np.where(allowed, own, np.inf), axis=1)) for own in worth])


def _on_offer(exists: Bools, on_table: Bools, base: Ints) -> Bools:
    """Options that can be in a package: of an issue on the table all, else the one that holds. (issues, options, n)."""
    options = np.arange(exists.shape[1])[:, None]
    return np.where(on_table[:, None], exists[:, :, None], options == base[:, None])
