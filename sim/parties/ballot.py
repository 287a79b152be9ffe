"""How a side decides in a block of worlds: its rule among those of its members who are there, with vetoes and pace."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Some
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.rules import rule_named
from sim.rules.condition import All, Condition, Weighty, carried_weight
from sim.rules.rule import DecisionRule, Seats
from sim.scenario.model import Side
from sim.worlds.coding import Coding


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
        What the rule asks of those who do not object, and of those who are for it.
    """

    rule: DecisionRule
    seats: Seats
    veto: tuple[int, ...]
    unstopped: Condition
    enough: Condition

    @property
    def weight(self) -> Floats:
        """Of the members, shape (members, n)."""
        return self.seats.weight

    def of(self, worlds: Some) -> Ballot:
        """The same in some of the worlds."""
        seats = self.seats
        seats = Seats(seats.weight[:, worlds], seats.number[worlds], seats.pace[worlds], seats.named)
        return Ballot(self.rule, seats, self.veto, self.unstopped.of(worlds), self.enough.of(worlds))

    def passes(self, objects: Bools, favours: Bools) -> Bools:
        """Whether the side passes packages: nobody stops it, and enough are content; (members, ..., n) to (..., n)."""
        return self.content(favours) & ~self.stopped(objects)

    def stopped(self, objects: Bools) -> Bools:
        """Whether those who object stop the side by that, whatever the others say."""
        result = self.unstopped.broken(objects)
        for member in self.veto:
            result |= objects[member]
        return result

    def content(self, favours: Bools) -> Bools:
        """Whether enough are for packages that nobody stops."""
        return self.enough.holds(favours)

    def support(self, favours: Bools) -> Floats:
        """The share of the weight that is for packages, (members, ..., n) to (..., n)."""
        return share(carried_weight(favours, self.weight), total(self.weight))

    def circulates(self, favours: Bools) -> Bools:
        """Whether enough are for packages to circulate them among the members as a draft."""
        if self.rule.drafts is None:
            return self.content(favours)
        return Weighty.share(np.full(self.seats.pace.shape, self.rule.drafts), self.weight).holds(favours)

    def breaks_silence(self, objects: Bools, favours: Bools) -> Bools:
        """Who breaks silence on drafts that do not pass, shape (members, ..., n).

        All who object to what is stopped by that; where silence is no consent, all who are not for it.
        """
        return objects & self.stopped(objects) if self.rule.silence else ~favours

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
        `sim.rules.condition.NEVER` where no demand would be low enough.
        """
        limit = self.unstopped.level(surplus)
        for member in self.veto:
            limit = np.minimum(limit, surplus[member])
        return np.where(limit < -TOLERANCE, limit, self.enough.level(surplus))

    @property
    def everybody_counts(self) -> bool:
        """Whether any member's objection stops the side, so that where nobody objects all can live with it."""
        return isinstance(self.unstopped, All) and len(self.unstopped.who) == self.seats.members

    @property
    def one_decides(self) -> bool:
        """Whether the side is one member alone, and passes exactly what that one is for."""
        if self.seats.members > 1:
            return False
        yes = np.ones(self.weight.shape, dtype=bool)
        return not self.stopped(~yes).any() and not self.content(~yes).any() and bool(self.content(yes).all())

    def heeds(self, member: int) -> bool:
        """Whether the rule or a veto asks this member, by their form: under a leader only the leader is asked."""
        return member in self.veto or self.unstopped.heeds(member) or self.enough.heeds(member)

    def rows(self) -> list[tuple[Floats, Floats]]:
        """What must hold of who accepts, with every aspiration down at the reservation value.

        Each row has what every member's yes counts, shape (members, n or 1), and what the sum must reach, (n or 1,).
        """
        asked = [self.unstopped]
        if not self.everybody_counts and self.enough != self.unstopped:  # else nobody is left to be content
            asked.append(self.enough)
        asked += [All((member,)) for member in self.veto]
        return [condition.row(self.seats.members) for condition in asked]


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

    Raises
    ------
    ValueError
        If there is no rule of the name by which the side decides.
    """
    rule = rule_named(side.decides.rule)
    members = side.members if present is None else present
    place = {party: i for i, party in enumerate(members)}
    stated = np.where(np.isnan(pace), 1.0 if rule.pace is None else rule.pace, pace)
    seats = Seats(
        weight=np.maximum(weight, 0.0),
        number=number if rule.number is None else rule.number.legal(number, len(side.members)),
        pace=np.clip(stated, 0.0, 1.0),
        named=None if side.decides.named is None else place.get(side.decides.named),
    )
    veto = tuple(place[party] for party in side.veto if party in place)
    return Ballot(rule, seats, veto, rule.unstopped(seats), rule.content(seats))


def ballot_of(side: Side, s: int, coded: Coding, worlds: Some, present: tuple[int, ...] | None = None) -> Ballot:
    """How the `s`-th side decides in some worlds of a block, see `ballot`."""
    members = list(side.members if present is None else present)
    return ballot(side, coded.weight[members][:, worlds], coded.threshold[s, worlds], coded.pace[s, worlds], present)
