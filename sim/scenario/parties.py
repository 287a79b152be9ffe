"""Parties: what each wants, what it cannot live with, how it gives way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.conduct import read_acceptance, read_concession, read_discount
from sim.scenario.distributions import ANY, AT_LEAST_0, COUNT, SHARE, Legal, central, is_distribution, quantity
from sim.scenario.format import RESERVED, PartyEntry, Power, StatusQuo, WalkOut
from sim.scenario.issues import Question, names_option
from sim.scenario.like import Resolved
from sim.scenario.limits import LEAST_STAKES
from sim.scenario.model import Ideal, Party, Preference, Quantity, Reservation
from sim.scenario.problems import Place, did_you_mean, listing
from sim.scenario.ratification import read_ratification
from sim.scenario.reading import Reading, found, is_null
from sim.scenario.red_lines import read_red_lines
from sim.scenario.votes import read_own_votes
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar

POSITION = Legal(0.0, 1.0, also="an option id or ")
LOSS = Legal(0.001, 100.0)
LOSSES = {"linear": 1.0, "quadratic": 2.0}


@dataclass(slots=True)
class Entries:
    """A party's entries, checked for their keys and ready to be read."""

    name: str
    place: Place
    resolved: Resolved
    entries: dict[str, Node]
    has_bonus: bool = False  # whether options can be worth a bonus to it, so that its utility need not lie in [0, 1]

    @property
    def title(self) -> str:
        """Its title, or its id."""
        node = self.entries.get("title")
        return node.text if isinstance(node, Scalar) else self.name


def party_entries(reading: Reading, name: str, place: Place, resolved: Resolved) -> Entries:
    """Check the keys of a party's entries, its own and those it takes over."""
    entries = reading.entries(resolved.node, PartyEntry)
    if "title" in entries:
        reading.text(entries["title"], "title")
    if "like" in entries and not isinstance(entries["like"], Scalar):
        reading.id(entries["like"], "a party")
    return Entries(name, place, resolved, entries)


def read_party(reading: Reading, party: Entries, side: int, questions: dict[str, Question]) -> Party:
    """Compile one party.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    party
        Its entries.
    side
        Index of its side.
    questions
        The issues by id.
    """
    entries, base = party.entries, f"parties.{party.name}"
    preferences = _preferences(reading, party, questions)
    has_scores = party.has_bonus or any(p is not None and p.scores is not None for p in preferences)

    def own(key: str, legal: Legal, default: float) -> Quantity:
        if key in entries:
            return quantity(reading, entries[key], f"{base}.{key}", legal, key)
        return Quantity(f"{base}.{key}", "fixed", (default,), legal.low, legal.high)

    walk_out = None
    if "walk_out" in entries:
        inner = reading.entries(entries["walk_out"], WalkOut)
        if "after" in inner:
            walk_out = quantity(reading, inner["after"], f"{base}.walk_out.after", COUNT, "walk_out after (meetings)")
    votes, has_vote, weights = read_own_votes(reading, base, entries)
    red_lines, uncertain = read_red_lines(reading, entries.get("red_lines"), f"{base}.red_lines", questions)
    return Party(
        id=party.name,
        title=party.title,
        side=side,
        weight=own("weight", AT_LEAST_0, 1.0),
        preferences=preferences,
        loss=_loss(reading, base, entries.get("loss")),
        red_lines=red_lines,
        reservation=_reservation(reading, party, has_scores, questions),
        concession=read_concession(reading, f"{base}.concession", entries.get("concession")),
        walk_out=walk_out,
        acceptance=read_acceptance(reading, f"{base}.acceptance", entries.get("acceptance")),
        discount=read_discount(reading, f"{base}.discount", entries.get("discount")),
        ratification=read_ratification(
            reading, entries.get("ratification"), f"{base}.ratification", has_scores, questions
        ),
        uncertain_red_lines=uncertain,
        votes=votes,
        has_vote=has_vote,
        weights=weights,
        has_bonus=party.has_bonus,
    )


def _by_issue(
    reading: Reading, party: Entries, key: str, questions: dict[str, Question]
) -> dict[str, tuple[Place, Node]]:
    node = party.entries.get(key)
    if node is None:
        return {}
    given: dict[str, tuple[Place, Node]] = {}
    for name, place, value in reading.table(node, f"{key} (by issue)"):
        if reading.known(name, place, "issue", questions):
            given[name] = (place, value)
    return given


def _preferences(reading: Reading, party: Entries, questions: dict[str, Question]) -> tuple[Preference | None, ...]:
    positions, scores, salience = (_by_issue(reading, party, k, questions) for k in ("positions", "scores", "salience"))
    base = f"parties.{party.name}"
    own = {key: _own_keys(party.resolved.own, key) for key in ("positions", "scores", "salience")}
    preferences: list[Preference | None] = []
    for name, question in questions.items():
        if not question.issue.options:  # the issue is wrong, which says nothing of what is wanted on it
            preferences.append(None)
            continue
        if name in own["positions"] and name in own["scores"] and name in scores:
            reading.error(scores[name][0], f"both a position and scores on the issue '{name}'; keep one of them")
        path = f"{base}.salience.{name}"
        weight = Quantity(path, "fixed", (1.0,), 0.0, math.inf)
        if name in salience:
            weight = quantity(reading, salience[name][1], path, AT_LEAST_0, "salience")
        if name in positions:
            ideal = _ideal(reading, f"{base}.positions.{name}", positions[name][1], question)
            preferences.append(Preference(weight, ideal=ideal))
        elif name in scores:
            worth = _scores(reading, f"{base}.scores.{name}", scores[name][1], question)
            preferences.append(Preference(weight, scores=worth))
        else:
            if name in own["salience"] and name in salience:
                reading.warning(
                    salience[name][0], f"salience on the issue '{name}' has no effect: no position and no scores there"
                )
            preferences.append(None)
    if scores and not positions:
        _tell_apart(reading, next(iter(scores.values()))[0], party.name, preferences)
    return tuple(preferences)


def _tell_apart(reading: Reading, place: Place, name: str, preferences: Sequence[Preference | None]) -> None:
    """Warn of scores that differ, but by so little that worths which differ by less than 1e-9 count as the same."""
    stakes = 0.0
    for one in preferences:
        if one is not None and one.scores:
            worths = [central(worth) for worth in one.scores]
            stakes += (max(worths) - min(worths)) * central(one.salience)
    if 0.0 < stakes < LEAST_STAKES:
        reading.warning(
            place,
            f"the best package is worth only {stakes:.3g} more to '{name}' than the worst, and worths that differ by "
            f"less than 1e-9 count as the same: give its scores and reservation value in a smaller unit",
        )


def _own_keys(node: Node, key: str) -> set[str]:
    inner = node.entries.get(key) if isinstance(node, Mapping) else None
    return set(inner.entries) - set(RESERVED) if isinstance(inner, Mapping) else set()


def _ideal(reading: Reading, path: str, node: Node, question: Question) -> Ideal:
    issue, what = question.issue, f"the position on '{question.issue.id}'"
    choice = node.entries.get("choice") if isinstance(node, Mapping) else None
    nodes = choice.items if isinstance(choice, Items) else [node]
    named = [names_option(question, n) for n in nodes]
    if issue.scale is None and nodes and any(named):
        if not all(named):
            reading.error(nodes[named.index(False)].place, f"{what} chooses among options and numbers; use one kind")
        chosen = [
            question.option(reading, n, f"an option for {what}") for n, is_id in zip(nodes, named, strict=True) if is_id
        ]
        options = tuple(i for i in chosen if i is not None)
        high = float(max(len(options) - 1, 0))
        if choice is None or not isinstance(node, Mapping):
            return Ideal(Quantity(path, "fixed", (0.0,), 0.0, high), options)
        rest = _with_choice(node, range(len(options)))
        return Ideal(quantity(reading, rest, path, Legal(0.0, high), what), options)
    if issue.scale is None:
        return Ideal(quantity(reading, node, path, POSITION, what))
    low, high = sorted((issue.scale.start, issue.scale.stop))
    legal = Legal(low, high, unit=issue.scale.unit or "")
    if isinstance(choice, Items) and isinstance(node, Mapping):
        node = Mapping(
            node.place,
            {**node.entries, "choice": Items(choice.place, [_as_scale(question, n) for n in nodes])},
            node.keys,
        )
    shift, stretch = issue.scale.start, issue.scale.stop - issue.scale.start
    return Ideal(quantity(reading, _as_scale(question, node), path, legal, what, shift, stretch))


def _as_scale(question: Question, node: Node) -> Node:
    """Turn the quoted id of a scale's option into its number."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        index = question.find(node)
        if index is not None:
            return Scalar(node.place, float(question.issue.options[index].id), node.text)
    return node


def _with_choice(node: Mapping, values: range) -> Mapping:
    """Return the same distribution with numbers for the options among which it chooses."""
    place = node.entries["choice"].place
    numbers: list[Node] = [Scalar(place, i, str(i)) for i in values] or [Scalar(place, 0, "0")]
    return Mapping(node.place, {**node.entries, "choice": Items(place, numbers)}, node.keys)


def _scores(reading: Reading, path: str, node: Node, question: Question) -> tuple[Quantity, ...]:
    issue = question.issue
    worth: dict[int, Quantity] = {}
    unknown = False
    for name, place, value in reading.table(node, f"the scores on '{issue.id}' (by option)"):
        index = question.find(Scalar(place, name, name))
        if index is None:
            unknown = not reading.known(name, place, "option", question.options, f" of the issue '{issue.id}'")
        elif index in worth:
            reading.error(place, f"the option '{issue.options[index].id}' has two scores")
        else:
            label = f"the score of '{name}'"
            worth[index] = quantity(reading, value, f"{path}.{issue.options[index].id}", ANY, label)
    missing = [option.id for i, option in enumerate(issue.options) if i not in worth]
    given = node.entries if isinstance(node, Mapping) else {}
    if missing and not unknown and isinstance(node, Mapping) and not any(is_null(v) for v in given.values()):
        reading.error(node.place, f"the scores on '{issue.id}' lack {listing(missing)}; every option needs one")
    zero = Quantity(path, "fixed", (0.0,))
    return tuple(worth.get(i, zero) for i in range(len(issue.options)))


def _loss(reading: Reading, base: str, node: Node | None) -> Quantity:
    path = f"{base}.loss.power"
    power = 1.0
    if isinstance(node, Mapping):
        entries = reading.entries(node, Power)
        if "power" in entries:
            return quantity(reading, entries["power"], path, LOSS, "the power of the loss")
    elif node is not None:
        power = LOSSES[reading.word(node, "loss", LOSSES, also=" or {power: x}")]
    return Quantity(path, "fixed", (power,), LOSS.low, LOSS.high)


def _reservation(reading: Reading, party: Entries, has_scores: bool, questions: dict[str, Question]) -> Reservation:
    node = party.entries.get("reservation")
    path = f"parties.{party.name}.reservation"
    above = Quantity(f"{path}.status_quo", "fixed", (0.0,))
    inner: dict[str, Node] = {}
    if isinstance(node, Mapping) and ("status_quo" in node.entries or not is_distribution(node)):
        inner = reading.entries(node, StatusQuo, "a number, a distribution, status_quo, or ")
        if "status_quo" in inner:
            above = quantity(reading, inner["status_quo"], f"{path}.status_quo", ANY, "what is added to the status quo")
    elif node is not None and not (isinstance(node, Scalar) and node.text == "status_quo"):
        if isinstance(node, Scalar) and isinstance(node.value, str):
            hint = did_you_mean(node.text, ["status_quo"])
            reading.error(
                node.place,
                f"expected a number, status_quo or {{status_quo: x}} for reservation, found {found(node)}{hint}",
            )
            return Reservation(False, Quantity(path, "fixed", (0.0,)))
        legal = ANY if has_scores else SHARE
        what = "reservation" if has_scores else "reservation (with positions only, utility lies in [0, 1])"
        return Reservation(False, quantity(reading, node, path, legal, what))
    lacking = [name for name, question in questions.items() if not question.has_status_quo]
    if lacking:
        issues = f"the issue{'s' if len(lacking) > 1 else ''} {listing([repr(i) for i in lacking])}"
        verb = "have" if len(lacking) > 1 else "has"
        place = node.place if node is not None else party.place
        reading.error(place, f"a reservation value is required, because {issues} {verb} no status quo")
    return Reservation(True, above)
