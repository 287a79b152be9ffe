"""A meeting as it is held: who sits at the table in a cohort of worlds, what each side may put, and the offers made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sim.parties.concession import Group, aspirations, groups
from sim.parties.decisions import legal_pace, legal_threshold
from sim.scenario.model import Scenario
from sim.talks.seats.choosing import choose_among_all
from sim.talks.seats.delegation import Delegation, delegate, with_repertoire
from sim.talks.seats.demands import Ahead, Stances, decide, nothing_ahead
from sim.talks.seats.preparation import Kind, Preparations, worst_on_table
from sim.talks.seats.side_steps import take_side_steps
from sim.talks.state import NONE, Bools, Ints, State, stood_by, taken
from sim.worlds.draws import Floats
from sim.worlds.packages import Packages
from sim.worlds.preferences import TOLERANCE, crosses_red_line, option_places, red_lines_in, utility
from sim.worlds.sums import total


@dataclass(slots=True)
class _Faced:
    """The offer that a delegation has last faced: its number (cohort,), worth and objections, (members, cohort)."""

    offer: Ints
    value: Floats
    objects: Bools

    @classmethod
    def nothing(cls, members: int, count: int) -> _Faced:
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
    turn
        Counts the turns of the talks in this block.
    adoptions
        Counts what has been adopted in it.
    values_at_once
        Whether offers are valued for all parties as they are put.
    reached
        The most that each party can get in packages that all could sign, (parties, cohort); None before it is asked.
    stances
        What was known when the parties last made up their minds, None where nothing but the time counts.
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
    kind: Kind
    policies: list[Group]
    worst: Floats
    ahead: Ahead
    turn: int = 0
    adoptions: int = 0
    values_at_once: bool = False
    reached: Floats | None = None
    stances: Stances | None = None
    _chosen: dict[int, tuple[Floats, Ints, Bools, Packages]] = field(default_factory=dict)
    _steady: tuple[Floats, Floats] | None = None
    _faced: dict[int, _Faced] = field(default_factory=dict)

    @property
    def time(self) -> Floats:
        """Share of the time that had passed for each side when they last made up their minds, (sides, cohort)."""
        assert self._steady is not None
        return self._steady[0]

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
        self.valued[side][:, who] = utility(self.state.wants.worth, self.last_offer[side][:, who], self.cohort[who])
        self.unvalued[side] = False

    def aspirations(self, time: Floats) -> Floats:
        """What every party demands when nobody makes up its mind anew, shape (parties, cohort)."""
        return self.demands(time, acting=np.zeros(len(self.cohort), dtype=bool))[0]

    def demands(
        self, time: Floats, number: int = 0, acting: Bools | None = None, i: int | None = None
    ) -> tuple[Floats, Floats]:
        """What every party demands, and from what worth on it accepts, both of shape (parties, cohort).

        Parameters
        ----------
        time
            Share of the time that has passed for each side, shape (sides, cohort).
        number
            The round of the meeting, from 0.
        acting
            Where the parties make up their minds, (cohort,); None: everywhere.
        i
            Place of the delegation whose turn it is; None: all delegations act at once.

        While nothing that they depend on changes, the answers are the same objects.
        """
        acting = np.ones(len(self.cohort), dtype=bool) if acting is None else acting
        if self.preparations.beliefs.learners:
            self._learn(time, acting, range(len(self.delegations)) if i is None else [i])
        if self.state.memory is not None:
            return decide(self, self.state.memory, time, number, acting, i)
        if self._steady is None or not (self._steady[0] is time or np.array_equal(self._steady[0], time)):
            demanded = aspirations(self.scenario, time, self.best, self.least, self.reservation, self.settings)
            self._steady = time, demanded
        return self._steady[1], self._steady[1]

    def _learn(self, time: Floats, acting: Bools, who: Iterable[int]) -> None:
        """Delegations whose beliefs change with the others' offers take note of them, and find their way anew."""
        beliefs = self.preparations.beliefs
        for j in who:
            side = self.delegations[j].side
            if side not in beliefs.learners:
                continue
            worlds = beliefs.hear(side, self.last_offer, time[side], self.cohort, acting)
            if len(worlds):
                self.preparations.relearn(self.kind, j, worlds)
                repertoire = self.preparations.of(self.kind, worlds).repertoires[j]
                self.delegations[j] = with_repertoire(self.delegations[j], repertoire)
                self._chosen.pop(j, None)
                self.reached = None

    def choose(self, i: int, demanded: Floats, acting: Bools | None = None) -> tuple[Ints, Bools, Packages]:
        """What the i-th side offers at these aspirations (parties, cohort).

        The candidate that it begins with and whether there is one, see `Delegation.choose`; and the package, (issues,
        cohort), with the side steps of a ladder. Instructions of a caucus name a rung, so there are none under them.

        While aspirations stay as they are, so does the choice; in a meeting a side acts in ever fewer worlds.
        """
        if i in self._chosen and self._chosen[i][0] is demanded:
            return self._chosen[i][1:]
        delegation = self.delegations[i]
        offering = self.scenario.sides[delegation.side].offering
        if offering not in ("ladder", "exhaustive"):
            candidate, has = choose_among_all(self, i, offering, demanded[list(delegation.parties)])
            return candidate, has, delegation.package(candidate)
        aspiration = demanded[delegation.at]
        candidate, passing, has = delegation.choose(aspiration, acting)
        package = delegation.package(candidate)
        if offering == "ladder" and delegation.mandate is None:
            steps = passing if acting is None else passing & acting
            package = take_side_steps(delegation, candidate, package, aspiration, steps)
        self._chosen[i] = demanded, candidate, has, package
        return candidate, has, package

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
        faced = self._faced.get(i)
        if faced is None:
            faced = self._faced[i] = _Faced.nothing(len(delegation.parties), count)
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
        return result

    def judge(self, i: int, package: Packages, value: Floats) -> Bools:
        """Who of the i-th side objects to a package (issues, cohort) of these utilities (members, cohort)."""
        delegation = self.delegations[i]
        return crosses_red_line(delegation.red, package) | (value < delegation.reservation - TOLERANCE)

    def utility(self, i: int, package: Packages) -> Floats:
        """What a package (issues, cohort) is worth to the members of the i-th side, shape (members, cohort)."""
        return utility(self.state.wants.worth, package, self.cohort)[list(self.delegations[i].parties)]

    def acceptable(self, i: int, package: Packages) -> Bools:
        """Whether it passes the i-th side with every aspiration down at the reservation value, shape (cohort,)."""
        objects, delegation = self.judge(i, package, self.utility(i, package)), self.delegations[i]
        return delegation.decides(objects, ~objects)


def sit_down(preparations: Preparations, kind: Kind, cohort: Ints, turn: int = 0) -> Sitting:
    """Seat the sides for a meeting of this kind in the worlds of the cohort, after so many turns."""
    scenario, state = preparations.scenario, preparations.state
    coded = state.coded
    prepared = preparations.of(kind, cohort)
    on_table, base = preparations.table(kind, cohort)
    best, least = preparations.range(kind, cohort)
    reservation = taken(state.wants.reservation, cohort)
    delegations = []
    for s, parties, rule, repertoire in zip(
        prepared.sides, prepared.parties, prepared.rules, prepared.repertoires, strict=True
    ):
        at = list(parties)
        delegations.append(
            delegate(
                side=s,
                parties=parties,
                rule=rule,
                red=red_lines_in(coded.red[at], cohort),
                reservation=reservation[at],
                weight=np.maximum(taken(coded.weight[at], cohort), 0.0),
                threshold=legal_threshold(rule.name, coded.threshold[s, cohort], len(scenario.sides[s].members)),
                pace=legal_pace(rule.name, coded.pace[s, cohort]),
                repertoire=repertoire,
                cohort=cohort,
            )
        )
    last_offer = state.last_offer.take(cohort, axis=2)
    counts = bool(np.isfinite(coded.walk_out).any())
    return Sitting(
        scenario=scenario,
        state=state,
        cohort=cohort,
        delegations=delegations,
        on_table=on_table,
        base=base,
        best=best,
        least=least,
        reservation=reservation,
        settings={name: taken(values, cohort) for name, values in coded.settings.items()},
        first_offer=state.first_offer.take(cohort, axis=2),
        last_offer=last_offer,
        last_turn=state.last_turn.take(cohort, axis=1),
        adopted=state.adopted.take(cohort, axis=3),
        valued=state.offer_value.take(cohort, axis=2),
        unvalued=state.unvalued.take(cohort, axis=1),
        offered=np.tile(-1 - np.arange(len(scenario.sides))[:, None], len(cohort)),
        heard=np.full(reservation.shape, -np.inf) if counts else None,
        accepted=np.ones(last_offer.shape[::2], dtype=bool),
        preparations=preparations,
        kind=kind,
        policies=groups(scenario) if state.memory is not None else [],
        worst=worst_on_table(preparations, on_table, base, cohort) if state.memory is not None else reservation,
        ahead=nothing_ahead(len(cohort)),
        turn=turn,
    )
