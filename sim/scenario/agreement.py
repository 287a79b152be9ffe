"""Whose assent makes an agreement: a number of sides, votes counted across sides, or a single side's own rule."""

from __future__ import annotations

from sim.rules import rule_named
from sim.scenario.distributions import SHARE, Legal, quantity
from sim.scenario.format import AgreementEntry, SideEntry
from sim.scenario.model import HEADS, VOTES, Agreement, Party, Quantity, Side, Vote, VotePart
from sim.scenario.parties import Entries
from sim.scenario.reading import Reading, found
from sim.scenario.sides import SideEntries, read_decides
from sim.scenario.votes import CONSENTS, check_weights_counted, counting_rule, read_vote
from sim.scenario.yaml_text import Mapping, Node, Scalar

_BY_VOTE = ("majority", "blocking", "holding_out")


def read_agreement(
    reading: Reading,
    node: Node | None,
    groups: dict[str, SideEntries],
    sides: tuple[Side, ...],
    people: tuple[Party, ...],
    parties: dict[str, Entries],
) -> Agreement:
    """Whose assent makes an agreement.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The `agreement` section, if there is one.
    groups, sides
        The sides, before and after they are compiled.
    people, parties
        The parties, compiled and as they stand in the file.
    """
    only = next((group.of for group in groups.values() if group.of is not None), None)
    if only is not None:
        return _within(reading, node, only, people, parties)
    if node is None:
        return Agreement()
    entries = reading.entries(node, AgreementEntry)
    voting = [side for side in sides if any(people[p].has_vote for p in side.members)] or list(sides)
    at_least = None
    if "at_least" in entries:
        legal = Legal(1.0, float(max(len(voting), 1)), whole=True)
        at_least = quantity(reading, entries["at_least"], "agreement.at_least", legal, "at_least (of the sides)")
    asked = {"at_least", *_BY_VOTE}
    others = ", or votes to be counted (majority)"
    if "all" in entries:
        every = reading.flag(entries["all"], "all")
        more = [key for key in asked if key in entries]
        if more and every:
            first = next(key for key in ("at_least", *_BY_VOTE) if key in entries)
            reading.error(entries["all"].place, f"agreement has both all and {first}; keep one of them")
        elif not every and not more:
            reading.error(entries["all"].place, "expected all: true, or at_least: N, for agreement")
    elif isinstance(node, Mapping) and not ({"all"} | asked) & node.entries.keys():
        reading.error(node.place, f"expected all: true, or at_least: N, for agreement{others}, found {found(node)}")
    vote, pace = None, None
    if any(key in entries for key in _BY_VOTE):
        vote, pace = _across(reading, node, entries, at_least, len(voting))
        if isinstance(node, Mapping):
            voters = [(people[p], node.place) for side in sides for p in side.members]
            check_weights_counted(reading, node.place, vote, voters, "the agreement")
    elif "pace" in entries:
        reading.error(entries["pace"].place, f"the pace of an agreement needs holding_out: {CONSENTS} beside it")
    veto: list[str] = []
    index = {side.id: i for i, side in enumerate(sides)}
    if "veto" in entries:
        hints = {p: f"; '{p}' is a party of the side '{side.id}'" for side in sides for p in _members(side, parties)}
        hints |= {side.id: "; it has no vote" for side in sides if side not in voting}
        veto = reading.ids(entries["veto"], "side", [side.id for side in voting], hints=hints)
    counted = at_least is not None or vote is not None
    return Agreement(
        at_least if vote is None else None, tuple(index[name] for name in veto) if counted else (), vote, pace
    )


def _across(
    reading: Reading, node: Node, entries: dict[str, Node], at_least: Quantity | None, sides: int
) -> tuple[Vote, Quantity | None]:
    """The vote across so many sides that have one, and the pace where silence is consent."""
    if "holding_out" not in entries:  # an agreement is made by those who say yes
        entries = {**entries, "holding_out": Scalar(node.place, "abstains", "abstains")}
    stated = {key: value for key, value in entries.items() if key in _BY_VOTE}
    vote = read_vote(reading, node, "agreement", stated, sides, f"the {sides} sides", at_least is not None)
    parts = vote.parts
    if at_least is not None:
        parts = (VotePart(counting_rule(), at_least, HEADS), *parts)
    elif not parts and "blocking" not in entries:
        reading.error(node.place, "holding_out needs a rule beside it that the sides decide by: at_least, majority")
    pace = Quantity("agreement.pace", "fixed", (0.5,), SHARE.low, SHARE.high)
    if "pace" in entries:
        pace = quantity(reading, entries["pace"], pace.path, SHARE, "the pace (the share of the weight that is for it)")
        if vote.abstains:
            reading.error(entries["pace"].place, f"the pace of an agreement needs holding_out: {CONSENTS} beside it")
    return Vote(parts, vote.blocking, vote.abstains), None if vote.abstains else pace


def _within(
    reading: Reading,
    node: Node | None,
    only: SideEntries,
    people: tuple[Party, ...],
    parties: dict[str, Entries],
) -> Agreement:
    """The agreement of the members of the only side: what its decision rule says, its pace and vetoes."""
    if node is not None:
        reading.error(node.place, f"the members of the only side '{only.name}' agree as it `decides`; leave this out")
    entries = reading.entries(only.node, SideEntry) if only.node is not None else {}
    index = {name: i for i, name in enumerate(parties)}
    base = f"sides.{only.name}"
    members, voters = [index[name] for name in only.members], only.voters(parties)
    rule, vote, number, place = "consensus", None, None, only.place
    if "decides" in entries:
        place = entries["decides"].place
        decides = read_decides(reading, f"{base}.decides", entries["decides"], only, parties, index)
        rule, vote, number = decides.rule, decides.vote, decides.number
        if decides.named is not None:
            reading.error(place, f"'{only.name}' is the only side and its leader decides alone: nothing is negotiated")
            return Agreement()
    kind = rule_named(rule)
    if vote is None:
        of = HEADS if kind.number is None or kind.number.whole else VOTES
        vote = Vote((VotePart(rule, number, of),))
    check_weights_counted(reading, place, vote, [(people[i], place) for i in members], f"the side '{only.name}'")
    low = 0.0 if vote.abstains else kind.pace or 0.0
    pace = Quantity(f"{base}.pace", "fixed", (low,), SHARE.low, SHARE.high)
    if "pace" in entries:
        pace = quantity(
            reading, entries["pace"], pace.path, SHARE, "the pace (the share of the weight that is content)"
        )
    veto = reading.ids(entries["veto"], "member", voters, f" in the side '{only.name}'") if "veto" in entries else []
    return Agreement(None, tuple(members.index(index[name]) for name in veto), vote, pace)


def _members(side: Side, parties: dict[str, Entries]) -> list[str]:
    names = list(parties)
    return [names[member] for member in side.members]
