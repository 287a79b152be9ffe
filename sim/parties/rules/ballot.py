"""How a side decides in a block of worlds: its rule among those of its members who are there, with vetoes and pace."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.parties.rules import RULES
from sim.parties.rules.condition import NEVER, All, Condition, Weighty, carried_weight
from sim.parties.rules.rule import DecisionRule, Seats
from sim.scenario.model import Side
from sim.worlds.arrays import Bools, Some
from sim.worlds.coding import Coding
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE
from sim.worlds.sums import share, total


@dataclass(frozen=True, slots=True)
class Ballot:
    """The decision of a side in n worlds.

    Attributes
    ----------
    rule, seats
        Its rule, and who decides by it.
    veto
        Places of those with a veto among the members.
    unstopped, enough
        What must hold of those who do not object, and of those who are for it.
    """

    rule: DecisionRule
    seats: Seats
    veto: tuple[int, ...]
    unstopped: tuple[Condition, ...]
    enough: Condition

    @property
    def weight(self) -> Floats:
        """Of the members, shape (members, n)."""
        return self.seats.weight

    def of(self, worlds: Some) -> Ballot:
        """The same in some of the worlds."""
        seats = self.seats
        fewer = replace(
            seats,
            weight=seats.weight[:, worlds],
            number=seats.number[worlds],
            pace=seats.pace[worlds],
        )
        return Ballot(
            self.rule, fewer, self.veto, tuple(one.of(worlds) for one in self.unstopped), self.enough.of(worlds)
        )

    def passes(self, objects: Bools, favours: Bools) -> Bools:
        """Whether the side passes packages; judgements of shape (members, ..., n) to (..., n)."""
        return self.content(favours) & ~self.stopped(objects)

    def stopped(self, objects: Bools) -> Bools:
        """Whether those who object stop the side by that, whatever the others say."""
        holds = self.unstopped[0].holds(~objects)
        for condition in self.unstopped[1:]:
            holds &= condition.holds(~objects)
        return ~holds

    def content(self, favours: Bools) -> Bools:
        """Whether enough are for packages that nobody stops."""
        return self.enough.holds(favours)

    def support(self, favours: Bools) -> Floats:
        """The share of the weight that is for packages, (members, ..., n) to (..., n)."""
        return share(carried_weight(favours, self.weight), total(self.weight))

    def backed(self, favours: Bools) -> Bools:
        """Whether enough are for packages to put them to the others: as many as must be content, or half of the weight.

        Under a leader that is the leader.
        """
        if self.rule.pace is None:
            return self.content(favours)
        return Weighty.share(np.minimum(self.seats.pace, 0.5), self.weight).holds(favours)

    def barred(self, red: Bools) -> Bools:
        """Options that the side can never carry: with all who have a red line there objecting, it is stopped.

        `red` has shape (members, issues, options, n or 1), the answer (issues, options, n).
        """
        return self.stopped(np.broadcast_to(red, (*red.shape[:3], self.weight.shape[1])))

    def margin(self, surplus: Floats) -> Floats:
        """The surplus of the member that decides: the side passes a package at every demand up to it, at none above.

        Where every member demands its reservation value plus d, those with a surplus of at least d are for a package;
        this is the largest d at which the side passes it, so it is not negative exactly where the package is
        acceptable. Where the side is stopped it is what the member lacks whose consent would end that.

        `surplus` is utility above the reservation value, shape (members, ..., n), the answer (..., n);
        `sim.parties.rules.condition.NEVER` where no demand would be low enough.
        """
        limit = self.unstopped[0].level(surplus)
        for condition in self.unstopped[1:]:
            limit = np.minimum(limit, condition.level(surplus))
        return np.where(limit < -TOLERANCE, np.maximum(limit, NEVER), self.enough.level(surplus))

    @property
    def everybody_counts(self) -> bool:
        """Whether any member's objection stops the side, so that where nobody objects all can live with it."""
        return any(isinstance(one, All) and len(one.who) == self.seats.members for one in self.unstopped)

    @property
    def one_decides(self) -> bool:
        """Whether the side is one member alone, and passes exactly what that one is for."""
        if self.seats.members > 1:
            return False
        yes, no = np.ones(self.weight.shape, dtype=bool), np.zeros(self.weight.shape, dtype=bool)
        return bool(self.stopped(yes).all() and not self.content(no).any() and self.content(yes).all())

    def counts(self, member: int) -> Bools:
        """Where it can matter what a member says, shape (n,)."""
        result = np.zeros(self.weight.shape[1], dtype=bool)
        for condition in (*self.unstopped, self.enough):
            result |= condition.row(self.seats.members)[0][member] > 0.0
        return result

    def rows(self) -> list[tuple[Floats, Floats]]:
        """What must hold of who accepts, with every aspiration down at the reservation value.

        Each row has what every member's yes counts, shape (members, n or 1), and what the sum must reach, (n or 1,).
        """
        asked = list(self.unstopped)
        if not self.everybody_counts:  # else nobody is left to be content
            asked.append(self.enough)
        return [condition.row(self.seats.members) for condition in asked]


def rule_of(side: Side) -> DecisionRule:
    """The rule by which a side decides. Raises ValueError where there is none of its name."""
    if side.decides.rule not in RULES:
        raise ValueError(f"unknown decision rule {side.decides.rule!r}")
    return RULES[side.decides.rule]


def ballot(side: Side, weight: Floats, number: Floats, pace: Floats, present: tuple[int, ...] | None = None) -> Ballot:
    """How a side decides among its members who are `present` (indices of parties; all if None).

    Parameters
    ----------
    side
        The side.
    weight
        Of these members, shape (members, n).
    number, pace
        As events left them, nan where there is none; shape (n,).
    present
        Those who are there.
    """
    rule = rule_of(side)
    members = side.members if present is None else present
    place = {party: i for i, party in enumerate(members)}
    stated = np.where(np.isnan(pace), 1.0 if rule.pace is None else rule.pace, pace)
    seats = Seats(
        weight=np.maximum(weight, 0.0),
        number=number if rule.number is None else rule.number.legal(number, len(side.members)),
        pace=np.clip(stated, 0.0, 1.0),
        named=None if side.decides.leader is None else place.get(side.decides.leader),
    )
    veto = tuple(place[party] for party in side.veto if party in place)
    unstopped: tuple[Condition, ...] = (rule.unstopped(seats),)
    if veto:
        unstopped += (All(veto),)
    return Ballot(rule, seats, veto, unstopped, rule.content(seats))


def ballot_of(side: Side, s: int, coded: Coding, worlds: Some, present: tuple[int, ...] | None = None) -> Ballot:
    """How the `s`-th side decides in some worlds of a block, see `ballot`."""
    members = list(side.members if present is None else present)
    return ballot(side, coded.weight[members][:, worlds], coded.threshold[s, worlds], coded.pace[s, worlds], present)
