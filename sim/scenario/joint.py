"""What joins issues: constraints on what a deal may hold, and bonuses for options that go together."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.diagram import diagram
from sim.scenario.distributions import ANY, quantity
from sim.scenario.format import RESERVED, BonusEntry, ConstraintEntry, RangeEntry
from sim.scenario.issues import Question
from sim.scenario.limits import MOST_BOXES, MOST_JOINT_CASES
from sim.scenario.model import Bonus, Box, Constraint
from sim.scenario.parties import Entries
from sim.scenario.reading import Reading, found
from sim.scenario.yaml_text import Items, Mapping, Node


def read_joint(
    reading: Reading, root: Node, entries: dict[str, Node], parties: dict[str, Entries], questions: dict[str, Question]
) -> tuple[tuple[Constraint, ...], tuple[Bonus, ...]]:
    """Constraints and bonuses of a file, those of single parties among them.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    root, entries
        The file, and the entries of its top level.
    parties, questions
        The parties and the issues by id.
    """
    before = len(reading.errors)
    constraints = tuple(_constraints(reading, entries["constraints"], questions)) if "constraints" in entries else ()
    bonuses: list[Bonus] = []
    if "bonuses" in entries:
        bonuses += _bonuses(reading, entries["bonuses"], "bonuses", tuple(range(len(parties))), questions)
    for p, (name, party) in enumerate(parties.items()):
        if "bonuses" in party.entries:
            bonuses += _bonuses(reading, party.entries["bonuses"], f"parties.{name}.bonuses", (p,), questions)
    names = list(parties)
    for p in {p for bonus in bonuses for p in bonus.parties}:
        parties[names[p]].has_bonus = True
    if len(reading.errors) == before and all(question.issue.options for question in questions.values()):
        _check(reading, root, entries, constraints, bonuses, questions)
    return constraints, tuple(bonuses)


def _check(
    reading: Reading,
    root: Node,
    entries: dict[str, Node],
    constraints: tuple[Constraint, ...],
    bonuses: list[Bonus],
    questions: dict[str, Question],
) -> None:
    """There must be a package left, and not too much to tell apart."""
    forbidden = [box for constraint in constraints for box in constraint.forbidden]
    place = entries.get("constraints", entries.get("bonuses", root)).place
    if len(forbidden) + len(bonuses) > MOST_BOXES:
        reading.stop(
            place,
            f"constraints and bonuses come to {len(forbidden) + len(bonuses):,} groups of packages, expected at most "
            f"{MOST_BOXES:,}",
        )
    options = [len(question.issue.options) for question in questions.values()]
    made = diagram(options, forbidden, [bonus.when for bonus in bonuses], MOST_JOINT_CASES)
    if made is None:
        reading.stop(
            place,
            f"constraints and bonuses join too many issues: more than {MOST_JOINT_CASES:,} cases would have to be told "
            "apart; fewer of them, or wider ranges in them, make fewer cases",
        )
    if not made.leaves_any():
        reading.error(
            place, "the constraints leave no package: whatever is chosen on the issues, one of them forbids it"
        )


def _constraints(reading: Reading, node: Node, questions: dict[str, Question]) -> Iterator[Constraint]:
    for item in reading.items(node, "constraints ({if: ..., then: ...} or {never: ...})"):
        entries = reading.entries(item, ConstraintEntry)
        keys = set(item.entries) if isinstance(item, Mapping) else set()
        if "never" in keys and keys & {"if", "then"}:
            reading.error(item.place, "a constraint has either if and then, or never; make it two constraints")
            continue
        if isinstance(item, Mapping) and "never" not in keys and not {"if", "then"} <= keys:
            if keys & {"if", "then"} or not keys - set(RESERVED):
                lacking = " and ".join(f"'{key}'" for key in ("if", "then") if key not in keys)
                reading.error(item.place, f"a constraint needs if and then, or never; {lacking} is missing")
            continue
        if "never" in entries:
            given = _box(reading, entries["never"], "never", questions)
            if given is not None:
                yield Constraint(given, None, (given,))
        elif "if" in entries and "then" in entries:
            given = _box(reading, entries["if"], "if", questions)
            then = _box(reading, entries["then"], "then", questions)
            if given is not None and then is not None:
                yield Constraint(given, then, tuple(_without(given, then, questions)))


def _without(given: Box, then: Box, questions: dict[str, Question]) -> Iterator[Box]:
    """What is in one box and not in the other: for each issue of the other, the rest of its options."""
    sizes = [len(question.issue.options) for question in questions.values()]
    for issue, options in then.sets:
        own = dict(given.sets)
        rest = tuple(k for k in own.get(issue, tuple(range(sizes[issue]))) if k not in options)
        if rest:
            own[issue] = rest
            yield Box(tuple(sorted(own.items())))


def _bonuses(
    reading: Reading, node: Node, base: str, parties: tuple[int, ...], questions: dict[str, Question]
) -> Iterator[Bonus]:
    names: dict[str, None] = {}
    for i, item in enumerate(reading.items(node, "bonuses ({when: ..., worth: ...})")):
        entries = reading.entries(item, BonusEntry)
        name, place = str(i), item.place
        if "id" in entries:
            name, place = reading.id(entries["id"], "a bonus") or str(i), entries["id"].place
        if not reading.new_id(name, place, "a bonus", names):
            continue
        names[name] = None
        when = _box(reading, entries["when"], "when", questions) if "when" in entries else None
        if when is not None and "worth" in entries:
            worth = quantity(reading, entries["worth"], f"{base}.{name}.worth", ANY, "the worth of a bonus")
            yield Bonus(name, when, parties, worth)


def _box(reading: Reading, node: Node, key: str, questions: dict[str, Question]) -> Box | None:
    """The packages that a mapping of issues to options names; None where it is wrong."""
    before = len(reading.errors)
    sets: dict[int, tuple[int, ...]] = {}
    for name, place, value in reading.table(node, f"{key} (options by issue)"):
        if reading.known(name, place, "issue", questions) and questions[name].issue.options:
            sets[questions[name].index] = _options(reading, value, questions[name])
    if not sets and len(reading.errors) == before and all(question.issue.options for question in questions.values()):
        reading.error(node.place, f"expected at least one issue with its options for {key}, found {found(node)}")
    return Box(tuple(sorted(sets.items()))) if sets and len(reading.errors) == before else None


def _options(reading: Reading, node: Node, question: Question) -> tuple[int, ...]:
    """Options that stand for an issue: one, a list, or a range."""
    what = "an option"
    if isinstance(node, Mapping):
        entries = reading.entries(node, RangeEntry, "an option, a list of options or ")
        ends = {k: question.option(reading, entries[k], what) if k in entries else None for k in ("from", "to")}
        first = 0 if ends["from"] is None else ends["from"]
        last = len(question.issue.options) - 1 if ends["to"] is None else ends["to"]
        if first > last and None not in ends.values():
            reading.error(
                entries["to"].place,
                f"'{question.issue.options[last].id}' comes before '{question.issue.options[first].id}' among the "
                f"options of the issue '{question.issue.id}'",
            )
        elif not entries and not set(node.entries) - set(RESERVED):
            reading.error(node.place, f"expected from or to for {RangeEntry.what}, found {found(node)}")
        return tuple(range(first, last + 1))
    if not isinstance(node, Items):
        option = question.option(reading, node, what)
        return () if option is None else (option,)
    chosen: list[int] = []
    for item in reading.items(node, f"options of the issue '{question.issue.id}'"):
        option = question.option(reading, item, what)
        if option is not None and option in chosen:
            reading.error(item.place, f"the option '{question.issue.options[option].id}' stands twice in the list")
        elif option is not None:
            chosen.append(option)
    if not node.items:
        reading.error(
            node.place, f"expected at least one option of the issue '{question.issue.id}', found an empty list"
        )
    return tuple(sorted(chosen))
