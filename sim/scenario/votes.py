"""Votes: what a party's vote weighs, and decision rules joined, within a side and across sides."""

from __future__ import annotations

from collections.abc import Iterable

from sim.rules import RULES
from sim.rules.rule import DecisionRule
from sim.scenario.distributions import AT_LEAST_0, SHARE, Legal, quantity
from sim.scenario.format import Carried, Weights
from sim.scenario.model import HEADS, INFLUENCE, VOTES, Party, Quantity, Vote, VotePart
from sim.scenario.problems import Place, did_you_mean, listing
from sim.scenario.reading import Reading, found
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar

NO_VOTE = "none"
CONSENTS, ABSTAINS = "consents", "abstains"
JOINING = ("blocking", "holding_out")
"""Keys beside the rules, which make a vote of them."""

_OWN = {VOTES: "its votes", INFLUENCE: "its weight", HEADS: "1"}


def joinable() -> dict[str, DecisionRule]:
    """The rules that can be joined, by key: those that have a number."""
    return {name: rule for name, rule in RULES.items() if rule.number is not None}


def counting_rule() -> str:
    """The rule by which members are counted, whatever they weigh."""
    return next(name for name, rule in joinable().items() if rule.number is not None and rule.number.whole)


def is_joined(node: Mapping) -> bool:
    """Whether a decision is made of rules joined, or counts votes otherwise than by a side's weight."""
    rules = [key for key in joinable() if key in node.entries]
    if len(rules) > 1 or any(key in node.entries for key in JOINING):
        return True
    return any(isinstance(node.entries[key], Items) or _is_carried(node.entries[key]) for key in rules)


def _is_carried(node: Node) -> bool:
    return isinstance(node, Mapping) and any(key in node.entries for key in ("of", "share", "reach"))


def read_own_votes(
    reading: Reading, base: str, entries: dict[str, Node]
) -> tuple[Quantity | None, bool, tuple[tuple[str, Quantity], ...]]:
    """What a party's vote weighs (None: its weight), whether it has one, and what else it weighs by name."""
    votes, has_vote = None, True
    node = entries.get("votes")
    if isinstance(node, Scalar) and node.text == NO_VOTE:
        has_vote = False
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        hint = did_you_mean(node.text, [NO_VOTE])
        reading.error(node.place, f"expected a number of at least 0 or {NO_VOTE} for votes, found {found(node)}{hint}")
    elif node is not None:
        votes = quantity(reading, node, f"{base}.votes", AT_LEAST_0, "votes")
    weights: dict[str, Quantity] = {}
    if "weights" in entries:
        for name, place, value in reading.table(entries["weights"], f"{Weights.what} (name to number)"):
            if name in _OWN:
                reading.error(place, f"'{name}' can't be one of the weights: where it is counted it means {_OWN[name]}")
            elif reading.new_id(name, place, "a weight", weights):
                weights[name] = quantity(reading, value, f"{base}.weights.{name}", AT_LEAST_0, f"'{name}'")
    return votes, has_vote, tuple(weights.items())


def read_vote(
    reading: Reading,
    node: Node,
    base: str,
    entries: dict[str, Node],
    members: int,
    among: str,
    beside: bool = False,
) -> Vote:
    """Decision rules joined.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The mapping in which they stand.
    base
        Its path.
    entries
        What stands there by key.
    members
        How many there are who vote.
    among
        How messages call them, as "the 3 members of 'eu'".
    beside
        Whether another rule stands beside these.
    """
    parts: list[VotePart] = []
    for name, rule in joinable().items():
        if name not in entries:
            continue
        path, items = f"{base}.{name}", entries[name]
        if isinstance(items, Items):
            listed = reading.items(items, f"rules under {name}")
            parts.extend(_part(reading, one, f"{path}.{i}", rule, members, among) for i, one in enumerate(listed))
        else:
            parts.append(_part(reading, items, path, rule, members, among))
    blocking = None
    if "blocking" in entries:
        legal = Legal(1.0, float(max(members, 1)), whole=True)
        what = f"blocking (of {among}, how many objectors it takes)"
        blocking = quantity(reading, entries["blocking"], f"{base}.blocking", legal, what)
        if not parts and not beside and isinstance(node, Mapping):
            place = node.keys.get("blocking", node.place)
            reading.error(
                place, f"blocking needs a rule beside it that objectors could block ({listing(list(joinable()))})"
            )
    words = (CONSENTS, ABSTAINS)
    abstains = "holding_out" in entries and reading.word(entries["holding_out"], "holding_out", words) == ABSTAINS
    return Vote(tuple(parts), blocking, abstains)


def _part(reading: Reading, node: Node, path: str, rule: DecisionRule, members: int, among: str) -> VotePart:
    number = rule.number
    assert number is not None
    what = f"{rule.name} (of {among})" if number.whole else number.what
    legal = Legal(number.low, max(number.most(members), number.low), whole=number.whole)
    of = HEADS if number.whole else VOTES
    if not _is_carried(node):
        return VotePart(rule.name, quantity(reading, node, path, legal, what), of)
    entries = reading.entries(node, Carried)
    if number.whole:
        reading.error(node.place, f"expected {legal} for {what}, found {found(node)}")
        return VotePart(rule.name, Quantity(path, "fixed", (number.low,), legal.low, legal.high, legal.whole), of)
    if "of" in entries:
        of = reading.id(entries["of"], "a weight") or VOTES
    stated = [key for key in ("share", "reach") if key in entries]
    if len(stated) != 1:
        reading.error(node.place, f"expected share, or reach, for {rule.name}, found {found(node)}")
        return VotePart(rule.name, Quantity(path, "fixed", (1.0,), 0.0, 1.0), of)
    if stated[0] == "share":
        return VotePart(
            rule.name, quantity(reading, entries["share"], f"{path}.share", SHARE, f"{rule.name} (share)"), of
        )
    reach = quantity(reading, entries["reach"], f"{path}.reach", AT_LEAST_0, f"{rule.name} (what must be reached)")
    return VotePart(rule.name, reach, of, absolute=True)


def check_weights_counted(
    reading: Reading, place: Place, vote: Vote | None, voters: Iterable[tuple[Party, Place]], whose: str
) -> None:
    """Whether everybody who votes states the weights that joined rules count."""
    if vote is None:
        return
    counted = dict.fromkeys(part.of for part in vote.parts if part.of not in _OWN)
    people = [(party, where) for party, where in voters if party.has_vote]
    known = {name for party, _ in people for name, _ in party.weights}
    for name in counted:
        lacking = [party.id for party, _ in people if name not in dict(party.weights)]
        if name not in known:
            hint = did_you_mean(name, [*known, *_OWN])
            hint = hint or f"; known are {listing([*_OWN, *sorted(known)])}"
            reading.error(place, f"{whose} counts '{name}', but no party gives it under 'weights'{hint}")
        elif lacking:
            reading.error(
                place, f"{whose} counts '{name}', which {listing(lacking)} doesn't give under 'weights'; 0 for none"
            )
