"""How a side decides in a block of worlds: its rule among those of its members who are there, with vetoes and pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.arrays.kinds import Bools, Floats, Some
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.rules import rule_named
from sim.rules.condition import All, Among, Condition, Nobody, Row, Weighty, carried_weight, together
from sim.rules.joined import Part, Terms
from sim.rules.rule import DecisionRule, Seats
from sim.scenario.model import HEADS, INFLUENCE, VOTES, Side, Vote
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
    terms
        Those of joined rules, None where it decides by one.
    """

    rule: DecisionRule
    seats: Seats
    veto: tuple[int, ...]
    unstopped: Condition
    enough: Condition
    terms: Terms | None = None

    @property
    def weight(self) -> Floats:
        """Of the members, shape (members, n)."""
        return self.seats.weight

    def of(self, worlds: Some) -> Ballot:
        """The same in some of the worlds."""
        seats = self.seats
        seats = Seats(seats.weight[:, worlds], seats.number[worlds], seats.pace[worlds], seats.named)
        return Ballot(self.rule, seats, self.veto, self.unstopped.of(worlds), self.enough.of(worlds), self.terms)

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
        """The share of the weight of those who vote that is for packages, (members, ..., n) to (..., n)."""
        if isinstance(self.enough, Among):
            who = list(self.enough.who)
            return share(carried_weight(favours[who], self.weight[who]), total(self.weight[who]))
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

    def ways(self) -> tuple[tuple[Row, ...], ...]:
        """What must hold of who accepts, with every aspiration down at the reservation value: see `Condition.ways`."""
        asked: list[Condition] = [self.unstopped]
        if not self.everybody_counts and self.enough != self.unstopped:  # else nobody is left to be content
            asked.append(self.enough)
        asked += [All((member,)) for member in self.veto]
        return together(asked).ways(self.seats.members)


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
    named = None if side.decides.named is None else place.get(side.decides.named)
    seats = _seats(rule, Seats(weight, number, pace, None), len(side.members), named)
    veto = tuple(place[party] for party in side.veto if party in place)
    return Ballot(rule, seats, veto, rule.unstopped(seats), rule.content(seats))


def _seats(rule: DecisionRule, stated: Seats, most: int, named: int | None) -> Seats:
    """Those who decide by a rule of at most so many, with what events left brought to what is legal."""
    pace = np.where(np.isnan(stated.pace), 1.0 if rule.pace is None else rule.pace, stated.pace)
    return Seats(
        weight=np.maximum(stated.weight, 0.0),
        number=stated.number if rule.number is None else rule.number.legal(stated.number, most),
        pace=np.clip(pace, 0.0, 1.0),
        named=named,
    )


def ballot_of(side: Side, s: int, coded: Coding, worlds: Some, present: tuple[int, ...] | None = None) -> Ballot:
    """How the `s`-th side decides in some worlds of a block, see `ballot`."""
    members = list(side.members if present is None else present)
    weight, number, pace = coded.weight[members][:, worlds], coded.threshold[s, worlds], coded.pace[s, worlds]
    if coded.voteless or coded.votes or side.decides.vote is not None:
        return _by_votes(side, Seats(weight, number, pace, None), tuple(members), coded, worlds)
    return ballot(side, weight, number, pace, present)


def _by_votes(side: Side, stated: Seats, members: tuple[int, ...], coded: Coding, worlds: Some) -> Ballot:
    """As `ballot`, where some members have no vote, or votes that weigh otherwise than they do.

    `stated` has the weights of these members, and number and pace as events left them.
    """
    rule, vote, named = rule_named(side.decides.rule), side.decides.vote, side.decides.named
    entitled = [party for party in side.members if party not in coded.voteless] or list(side.members)
    who = tuple(i for i, party in enumerate(members) if party in entitled)
    if not who:  # none of those who are there has a vote: they can decide nothing
        who, entitled = tuple(range(len(members))), []
    seats = _seats(rule, stated, max(len(entitled), 1), members.index(named) if named in members else None)
    voters = tuple(members[i] for i in who)
    inner = replace(seats, weight=seats.weight[list(who)], named=voters.index(named) if named in voters else None)
    counted = replace(inner, weight=weights_of(VOTES, voters, coded, worlds))
    terms, unstopped, content = None, rule.unstopped, rule.content
    if vote is not None:
        weigh = [weights_of(part.of, voters, coded, worlds) for part in vote.parts]
        terms = terms_of(vote, weigh, coded, worlds, len(entitled))
        rule = replace(rule, silence=not terms.abstains)
        unstopped, content = terms.carry, terms.content
    asked, enough = (unstopped(counted), content(inner)) if entitled else (Nobody(), Nobody())
    if len(who) < len(members):
        asked, enough = Among(who, asked), Among(who, enough)
    veto = tuple(members.index(party) for party in side.veto if party in members)
    return Ballot(rule, seats, veto, asked, enough, terms)


def terms_of(vote: Vote, weigh: Sequence[Floats], coded: Coding, worlds: Some, most: int) -> Terms:
    """What joined rules ask for in some worlds of a block.

    `weigh` is what the votes weigh by each part, (members, n) each, and `most` the largest number of members.
    """
    parts = []
    for part, own in zip(vote.parts, weigh, strict=True):
        number = np.full(own.shape[1:], np.nan) if part.number is None else coded.joined[part.number.path][worlds]
        parts.append(Part(rule_named(part.rule), number, own, part.absolute, most))
    blocking = None if vote.blocking is None else coded.joined[vote.blocking.path][worlds]
    return Terms(tuple(parts), blocking, vote.abstains)


def weights_together(name: str, groups: Sequence[tuple[int, ...]], coded: Coding, worlds: Some) -> Floats:
    """What groups of parties that vote as one weigh by a name, shape (groups, n)."""
    if name == HEADS:
        return np.ones((len(groups), *coded.weight[0, worlds].shape))
    return np.stack([total(weights_of(name, parties, coded, worlds)) for parties in groups])


def weights_of(name: str, parties: tuple[int, ...], coded: Coding, worlds: Some) -> Floats:
    """What the votes of some parties weigh by a name, shape (parties, n)."""
    influence = coded.weight[list(parties)][:, worlds]
    if name == HEADS:
        return np.ones(influence.shape)
    if name == INFLUENCE or name not in coded.votes:
        return np.asarray(np.maximum(influence, 0.0))
    own = coded.votes[name][list(parties)][:, worlds]
    return np.maximum(np.where(np.isnan(own), influence if name == VOTES else 0.0, own), 0.0)
