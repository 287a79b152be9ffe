"""Sides: who speaks with whom, and how a side decides."""

from __future__ import annotations

from dataclasses import dataclass

from sim.rules import RULES, joined, rule_named
from sim.scenario.conduct import read_offering, read_opponents
from sim.scenario.distributions import COUNT, SHARE, Legal, as_number, quantity
from sim.scenario.format import RESERVED, VOICE, CaucusEntry, DecisionEntry, SideEntry, form
from sim.scenario.issues import Question
from sim.scenario.model import Decision, Quantity, Side
from sim.scenario.parties import Entries
from sim.scenario.problems import Place
from sim.scenario.ratification import read_ratification
from sim.scenario.reading import Reading, found
from sim.scenario.schedule import Span, read_any_day
from sim.scenario.votes import NO_VOTE, is_joined, read_vote
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar


@dataclass(slots=True)
class SideEntries:
    """A side before it is compiled: where it is declared, and its members in the order of the file.

    `of` is the only side of a scenario, whose members agree among themselves, each a side of its own.
    """

    name: str
    place: Place
    node: Node | None
    members: list[str]
    lone: bool = False
    of: SideEntries | None = None

    def voters(self, parties: dict[str, Entries]) -> list[str]:
        """Members who have a vote."""
        return [name for name in self.members if not _voteless(parties[name])]


def group_parties(reading: Reading, node: Node | None, parties: dict[str, Entries]) -> dict[str, SideEntries]:
    """Sort the parties into sides, in the order of their first party in the file.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The `sides` section, if there is one. Without it a party's `side` declares the side.
    parties
        The parties by id.
    """
    declared: dict[str, tuple[Place, Node]] = {}
    if node is not None:
        for name, place, value in reading.table(node, "sides (id to side)"):
            if reading.new_id(name, place, "a side", declared):
                declared[name] = (place, value)
    groups: dict[str, SideEntries] = {}
    unknown = False  # whether some party's side could not be told, so that nothing can be said of missing ones
    for name, party in parties.items():
        side_node = party.entries.get("side")
        if side_node is None:
            unknown |= not _lone(reading, party, declared, groups)
            continue
        if isinstance(side_node, Items):
            reading.error(side_node.place, "a party belongs to one side, found a list")
            unknown = True
            continue
        side = reading.id(side_node, "a side")
        if side is None or (node is not None and not reading.known(side, side_node.place, "side", declared)):
            unknown = True
            continue
        own = party.resolved.own
        for key in VOICE:
            if isinstance(own, Mapping) and key in own.entries:
                reading.error(own.keys[key], f"'{key}' belongs to the side '{side}', not to a party that has a side")
        if side in groups and groups[side].lone:
            reading.error(side_node.place, f"the side '{side}' has the id of a party that is a side of its own")
            unknown = True
            continue
        place, entry = declared.get(side, (side_node.place, None))
        groups.setdefault(side, SideEntries(side, place, entry, [])).members.append(name)
    for name, (place, _) in declared.items():
        if name not in groups and not unknown:
            reading.error(place, f"the side '{name}' has no members")
    if len(groups) == 1 and not unknown:
        only = next(iter(groups.values()))
        if len(only.members) > 1:
            return _apart(reading, only, parties)
        found_one = f"talks need at least two sides, found one ('{only.name}')"
        reading.error(next(iter(parties.values())).place, found_one)
    return groups


def _apart(reading: Reading, only: SideEntries, parties: dict[str, Entries]) -> dict[str, SideEntries]:
    """The members of the only side, who have to agree among themselves: each speaks for itself."""
    entries = only.node.entries if isinstance(only.node, Mapping) else {}
    alone = f"'{only.name}' is the only side, so its members agree among themselves"
    for key, why in (
        ("caucus", "there is nobody to prepare a position for"),
        ("ratification", "state it for the members who ratify"),
    ):
        if key in entries and isinstance(only.node, Mapping):
            reading.error(only.node.keys[key], f"{alone}: {why}")
    return {
        name: SideEntries(name, parties[name].place, only.node, [name], lone=True, of=only) for name in only.members
    }


def _voteless(party: Entries) -> bool:
    node = party.entries.get("votes")
    return isinstance(node, Scalar) and node.text == NO_VOTE


def read_side(
    reading: Reading,
    group: SideEntries,
    parties: dict[str, Entries],
    index: dict[str, int],
    questions: dict[str, Question],
    span: Span,
) -> Side:
    """Compile one side; a party that is a side of its own says itself what a side can say."""
    members = tuple(index[name] for name in group.members)
    base = f"parties.{group.name}" if group.lone else f"sides.{group.name}"
    own, entries = base, dict[str, Node]()
    title, decides = group.name, Decision()
    if group.of is not None:
        title, base = parties[group.name].title, f"sides.{group.of.name}"
        stated = group.node.entries if isinstance(group.node, Mapping) else {}
        entries = {key: stated[key] for key in VOICE if key in stated and key not in ("veto", "pace")}
    elif group.lone:
        party = parties[group.name]
        title = party.title
        entries = {key: party.entries[key] for key in VOICE if key in party.entries}
    elif group.node is not None:
        entries = reading.entries(group.node, SideEntry)
        if "title" in entries:
            title = reading.text(entries["title"], "title")
        if "decides" in entries:
            decides = read_decides(reading, f"{base}.decides", entries["decides"], group, parties, index)
    of = f" in the side '{group.name}'"
    outside = dict.fromkeys(set(parties) - set(group.members), "; it is a party of another side")
    outside |= dict.fromkeys(set(group.members) - set(group.voters(parties)), "; it has no vote")
    voters = group.members if group.lone else group.voters(parties)
    if not voters:
        reading.error(group.place, f"no member of the side '{group.name}' has a vote")
    veto = reading.ids(entries["veto"], "member", voters, of, outside) if "veto" in entries else []
    offering = read_offering(
        reading, f"{base}.offering", entries.get("offering"), questions, len(members), len(parties)
    )
    return Side(
        id=group.name,
        title=title,
        members=members,
        decides=decides,
        veto=tuple(index[name] for name in veto),
        offering=offering.name,
        offering_numbers=offering.numbers,
        opponents=read_opponents(reading, f"{base}.opponents", entries.get("opponents")),
        package_only=_package_only(reading, base, entries.get("package_only")),
        caucus=_caucus(reading, base, entries.get("caucus"), group, offering.name),
        ratification=read_ratification(
            reading,
            None if group.lone else entries.get("ratification"),
            f"{base}.ratification",
            any("scores" in parties[name].entries or parties[name].has_bonus for name in group.members),
            questions,
        ),
        pace=_pace(reading, own, entries.get("pace"), group.name, decides),
        deadline=_deadline(reading, base, entries.get("deadline"), group.name, span),
    )


def _package_only(reading: Reading, base: str, node: Node | None) -> bool | Quantity:
    if node is None:
        return False
    if isinstance(node, Mapping) or as_number(node) is not None:
        return quantity(reading, node, f"{base}.package_only", SHARE, "how likely it is that it insists on the package")
    return reading.flag(node, "package_only", also="how likely it is, from 0 to 1, or ")


def _lone(
    reading: Reading, party: Entries, declared: dict[str, tuple[Place, Node]], groups: dict[str, SideEntries]
) -> bool:
    if party.name in declared or party.name in groups:
        reading.error(
            party.place,
            f"the party '{party.name}' has no side, so it is a side of its own, but there is a side with its id",
        )
        return False
    groups[party.name] = SideEntries(party.name, party.place, None, [party.name], lone=True)
    return True


def read_decides(
    reading: Reading, path: str, node: Node, group: SideEntries, parties: dict[str, Entries], index: dict[str, int]
) -> Decision:
    """How the members of a side decide."""
    voters = group.voters(parties)
    if not isinstance(node, Mapping):
        bare = [rule.name for rule in RULES.values() if rule.bare]
        others = " or " + ", ".join(rule.form for rule in RULES.values() if not rule.bare)
        return Decision(reading.word(node, "decides", bare, also=others) or bare[0])
    entries = reading.entries(node, DecisionEntry)
    if is_joined(node) and not set(node.entries) - set(form(DecisionEntry).keys):
        for key in entries:
            if key in RULES and RULES[key].number is None:
                reading.error(node.keys[key], f"'{key}' can't be joined with other rules")
        counted = f"{len(voters)} member{'s' * (len(voters) > 1)} of '{group.name}'"
        return Decision(joined.RULE.name, vote=read_vote(reading, node, path, entries, len(voters), f"the {counted}"))
    known = [rule.name for rule in RULES.values() if not rule.bare]
    found_rules = [key for key in known if key in node.entries]
    if len(found_rules) != 1:
        if found_rules or not set(node.entries) - set(RESERVED):
            reading.error(node.place, f"expected one of {', '.join(known)} for decides, found {found(node)}")
        return Decision()
    name = found_rules[0]
    if name not in entries:
        return Decision()
    number = RULES[name].number
    if number is not None:
        members = len(voters)
        counted = f"{members} member{'s' * (members > 1)}"
        what = number.what.format(members=counted, side=group.name)
        legal = Legal(number.low, number.most(members), whole=number.whole)
        return Decision(name, quantity(reading, entries[name], f"{path}.{name}", legal, what))
    party = reading.id(entries[name], "a party")
    elsewhere = "; it is a party of another side" if party in index and party not in group.members else ""
    of = f" in the side '{group.name}'"
    if party in group.members and party not in voters:
        elsewhere = "; it has no vote"
    if party is None or not reading.known(party, entries[name].place, "member", voters, of, elsewhere):
        return Decision()
    return Decision(name, named=index[party])


def _pace(reading: Reading, base: str, node: Node | None, name: str, decides: Decision) -> Quantity | None:
    """The share of a side's weight that must be content; None where its rule says itself who must."""
    path, rule = f"{base}.pace", rule_named(decides.rule)
    if node is None:
        if decides.vote is not None and decides.vote.abstains:  # the votes for it are enough by themselves
            return Quantity(path, "fixed", (0.0,), SHARE.low, SHARE.high)
        return None if rule.pace is None else Quantity(path, "fixed", (rule.pace,), SHARE.low, SHARE.high)
    pace = quantity(reading, node, path, SHARE, "the pace (the share of the weight that must be content)")
    if rule.pace is not None:
        return pace
    alone = f"the side '{name}' decides {rule.manner}, and nobody else must be content"
    reading.warning(node.place, f"pace has no effect: {alone}")
    return None


def _deadline(reading: Reading, base: str, node: Node | None, name: str, span: Span) -> Quantity | None:
    if node is None:
        return None
    return read_any_day(reading, node, f"{base}.deadline.days", f"the deadline of '{name}'", span.start)


def _caucus(reading: Reading, base: str, node: Node | None, group: SideEntries, offering: str) -> Quantity | None:
    """How many drafts can be circulated before the deadline, None without a caucus."""
    if node is None:
        return None
    entries = reading.entries(node, CaucusEntry)
    if len(group.members) == 1:
        reading.error(node.place, f"the side '{group.name}' has one member, so it needs no caucus")
    if offering != "ladder":
        reading.error(node.place, f"a caucus drafts along the ladder: it needs offering ladder, not {offering}")
    if "drafts" not in entries:
        return None
    return quantity(reading, entries["drafts"], f"{base}.caucus.drafts", COUNT, "drafts")
