"""A meeting as it is held: who sits at the table in a cohort of worlds, and the offers made and faced there.

What the parties demand is worked out in `sim.talks.seats.demands`, what a side puts in `sim.talks.seats.choices`; what
they last came to is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.conceding import Followers
from sim.parties.council import Council
from sim.policies.situation import Situation
from sim.scenario.model import Scenario
from sim.talks.seats.ahead import Ahead
from sim.talks.seats.delegation import Delegation
from sim.talks.seats.preparation import MeetingKind, Preparations
from sim.talks.state import NONE, State, stood_by
from sim.worlds.packages import Packages
from sim.worlds.preferences import crosses_red_line, option_places, utility


@dataclass(slots=True)
class Faced:
    """The offer that a delegation has last faced: its number (cohort,), worth and objections, (members, cohort)."""

    offer: Ints
    value: Floats
    objects: Bools

    @classmethod
    def nothing(cls, members: int, count: int) -> Faced:
        """No offer yet: none has the number 0."""
        return cls(np.zeros(count, dtype=np.intp), np.zeros((members, count)), np.zeros((members, count), dtype=bool))


@dataclass(slots=True)
class Sitting:
    """A meeting of a cohort.

    Attributes
    ----------
    scenario, state
        The scenario, and what has happened so far.
    cohort
        Places of the cohort's worlds in the block, shape (cohort,).
    delegations
        The sides present, in the order in which they act.
    on_table, base
        Issues on the table, and what holds on the others (`NONE` on those); shape (issues, cohort).
    best, least, reservation, settings
        Of all parties, shape (parties, cohort); `least` is -inf where nothing is left to a party.
    last_offer, first_offer, last_turn
        Offers by side as the meeting goes; shapes (sides, issues, cohort) and (sides, cohort).
    adopted
        The first and the latest offer that each side has accepted while it had made none: it stands for the side's own;
        `NONE` where there is none; shape (2, sides, issues, cohort).
    valued
        Utility of each side's last offer to every party, shape (sides, parties, cohort); 0 where there is none.
    unvalued
        Where that is yet to be worked out, shape (sides, cohort).
    offered
        The turn in which each side's last offer came to be what it is, shape (sides, cohort); below 0 if before the
        meeting, and another number for every side.
    heard
        Best utility offered to each party in this meeting, shape (parties, cohort); None if nobody counts.
    accepted
        Sides that have accepted what was agreed, where anything was; shape (sides, cohort).
    preparations, kind
        What the sides bring, and the kind of meeting that this is.
    policies
        The parties by concession policy.
    worst
        The least that a package on the table is worth to each party, (parties, cohort); of no use without a memory.
    ahead
        Where the meeting stands in the talks.
    council
        Whose assent makes an agreement where votes are counted, None where sides are.
    turn
        Counts the turns of the talks in this block.
    adoptions
        Counts what has been adopted in it.
    values_at_once
        Whether offers are valued for all parties as they are put.
    reached
        The most that each party can get in packages that all could sign, (parties, cohort); None before it is asked.
    situations
        The situation of some parties, given their settings and words, when they last made up their minds; None where
        nothing but the time counts.
    steady
        The time that had passed when the parties last made up their minds, and what they demanded.
    chosen
        What each delegation last chose: at which demands, the candidate, where there is one, and the package.
    faced
        The offer that each delegation has last faced.
    """

    scenario: Scenario
    state: State
    cohort: Ints
    delegations: list[Delegation]
    on_table: Bools
    base: Ints
    best: Floats
    least: Floats
    reservation: Floats
    settings: dict[str, Floats]
    first_offer: Packages
    last_offer: Packages
    last_turn: Ints
    adopted: Packages
    valued: Floats
    unvalued: Bools
    offered: Ints
    heard: Floats | None
    accepted: Bools
    preparations: Preparations
    kind: MeetingKind
    policies: list[Followers]
    worst: Floats
    ahead: Ahead
    council: Council | None = None
    turn: int = 0
    adoptions: int = 0
    values_at_once: bool = False
    reached: Floats | None = None
    situations: Callable[[list[int], dict[str, Floats], Mapping[str, str]], Situation] | None = None
    chosen: dict[int, tuple[Floats, Ints, Bools, Packages]] = field(default_factory=dict)
    steady: tuple[Floats, Floats] | None = None
    faced: dict[int, Faced] = field(default_factory=dict)

    @property
    def time(self) -> Floats:
        """Share of the time that had passed for each side when they last made up their minds, (sides, cohort)."""
        assert self.steady is not None
        return self.steady[0]

    @property
    def offer_value(self) -> Floats:
        """Utility of each side's last offer to every party, shape (sides, parties, cohort); 0 where there is none."""
        for side in np.flatnonzero(self.unvalued.any(axis=1)):
            self._value(int(side))
        return self.valued

    def value_at_once(self) -> None:
        """From now on have every last offer valued for all parties: somebody will ask at the end of each round."""
        for side in np.flatnonzero(self.unvalued.any(axis=1)):
            self._value(int(side))
        self.values_at_once = True

    def _value(self, side: int) -> None:
        """Work out what a side's last offer is worth to every party where that is yet to be done."""
        who = np.flatnonzero(self.unvalued[side])
        self.valued[side][:, who] = self.state.wants.utility(self.last_offer[side][:, who], self.cohort[who])
        self.unvalued[side] = False

    def put(self, side: int, package: Packages, who: Bools) -> None:
        """Note an offer by a side in the worlds marked in `who`."""
        self.turn += 1
        changed = np.flatnonzero(who & np.logical_or.reduce(self.last_offer[side] != package, axis=0))
        if len(changed):
            fresh = changed[self.first_offer[side][0, changed] == NONE]
            if len(fresh):
                self.first_offer[side][:, fresh] = package[:, fresh]
            self.last_offer[side][:, changed] = package[:, changed]
            self.offered[side, changed] = self.turn
            self.unvalued[side, changed] = True
            if self.values_at_once:
                self._value(side)
        np.copyto(self.last_turn[side], self.turn, where=who)
        if self.state.memory is not None:
            members = [p for one in self.delegations if one.side == side for p in one.parties]
            value = self.offer_value[side][members][:, who]
            self.state.memory.offer(side, members, package[:, who], value, self.cohort[who])
        if self.heard is not None:
            others = np.array([party.side != side for party in self.scenario.parties])
            np.maximum(self.heard, self.offer_value[side], out=self.heard, where=others[:, None] & who)

    def adopt(self, side: int, package: Packages, who: Bools) -> None:
        """Note that a side accepts an offer (issues, cohort) in the worlds marked in `who`, where it has made none."""
        self.adoptions += 1
        first, latest = self.adopted[:, side]
        silent = who & (self.last_offer[side, 0] == NONE)
        np.copyto(first, package, where=silent & (first[0] == NONE))
        np.copyto(latest, package, where=silent)

    @property
    def stood_by(self) -> Packages:
        """What each side stands by, its last offer or the one that it has accepted; (sides, issues, cohort)."""
        return stood_by(self.last_offer, self.adopted[1])

    def face(self, i: int, owner: Ints, facing: Bools) -> tuple[Floats, Bools]:
        """What the offers on the table are worth to the members of the i-th side, and who of them objects.

        Parameters
        ----------
        i
            Place of the delegation.
        owner
            Whose last offer lies on the table, shape (cohort,).
        facing
            Where the side answers it, shape (cohort,); elsewhere the answers mean nothing.

        Returns
        -------
        Both of shape (members, cohort). An offer that the side has faced before is not valued again.
        """
        delegation, count = self.delegations[i], len(self.cohort)
        faced = self.faced.get(i)
        if faced is None:
            faced = self.faced[i] = Faced.nothing(len(delegation.parties), count)
        offer = self.offered.reshape(-1).take(owner * count + np.arange(count), mode="clip")
        other = np.flatnonzero(facing & (offer != faced.offer))
        if len(other):
            package = np.ascontiguousarray(self.last_offer[owner[other], :, other].T)
            value = self._worth(delegation.parties, owner, package, other)
            faced.offer[other] = offer[other]
            faced.value[:, other] = value
            faced.objects[:, other] = crosses_red_line(delegation.red, package, other) | (
                value < delegation.reservation[:, other] - TOLERANCE
            )
        return faced.value, faced.objects

    def _worth(self, parties: tuple[int, ...], owner: Ints, package: Packages, where: Ints) -> Floats:
        """What last offers are worth to some parties, `where` (n,) in the cohort; shape (parties, n)."""
        result = np.empty((len(parties), len(where)))
        if self.values_at_once:
            for own, p in zip(result, parties, strict=True):
                own[:] = self.valued[owner[where], p, where]
            return result
        worth = self.state.wants.worth
        places = option_places(worth.shape, package, self.cohort[where])
        for own, p in zip(result, parties, strict=True):
            own[:] = total(worth[p].reshape(-1).take(places))
        if self.state.wants.bonus is not None:
            result += self.state.wants.bonuses(package, self.cohort[where], list(parties))
        return result

    def objecting(self, i: int, package: Packages, value: Floats) -> Bools:
        """Who of the i-th side objects to a package (issues, cohort) of these utilities (members, cohort)."""
        delegation = self.delegations[i]
        return crosses_red_line(delegation.red, package) | (value < delegation.reservation - TOLERANCE)

    def utility(self, i: int, package: Packages) -> Floats:
        """What a package (issues, cohort) is worth to the members of the i-th side, shape (members, cohort)."""
        wants, at = self.state.wants, self.delegations[i].at
        if wants.bonus is None and isinstance(at, slice):
            return utility(wants.worth[at], package, self.cohort)
        return wants.utility(package, self.cohort)[at]

    def acceptable(self, i: int, package: Packages) -> Bools:
        """Whether it passes the i-th side with every aspiration down at the reservation value, shape (cohort,)."""
        objects, delegation = self.objecting(i, package, self.utility(i, package)), self.delegations[i]
        return delegation.decides(objects, ~objects)
