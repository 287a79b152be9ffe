"""From the tree of a file to the compiled scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from sim.scenario.agreement import read_agreement
from sim.scenario.distributions import count
from sim.scenario.effects import read_events
from sim.scenario.extent import check_extent
from sim.scenario.force import read_force
from sim.scenario.format import ScenarioFile
from sim.scenario.issues import Question, read_issues
from sim.scenario.joint import read_joint
from sim.scenario.judgements import coded_judgements
from sim.scenario.like import Resolved, resolve_likes
from sim.scenario.limits import MOST_PARTIES, MOST_WORLDS, MOST_WORTHS
from sim.scenario.model import Code, Party, Scenario, Side
from sim.scenario.outcome import read_outcome
from sim.scenario.parties import Entries, party_entries, read_party
from sim.scenario.problems import Place, Problem, ScenarioError, in_order, listing
from sim.scenario.reading import ASSUMED, Reading, flatten, found
from sim.scenario.schedule import check_meetings, read_any_day, read_follow_up, read_meetings, read_span
from sim.scenario.sides import SideEntries, group_parties, read_side
from sim.scenario.sweep_section import read_sweep_section
from sim.scenario.targets import Cast, joined_numbers
from sim.scenario.votes import check_weights_counted
from sim.scenario.yaml_text import Mapping, Node, Scalar

FORMAT = 1


def compile_scenario(
    root: Node,
    name: str = "",
    text: str = "",
    changes: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    folder: Path | None = None,
    allow_code: bool | None = False,
    code: Sequence[Code] = (),
) -> tuple[Scenario, tuple[Problem, ...]]:
    """Compile the tree of a scenario file.

    Parameters
    ----------
    root
        The tree, changes already made.
    name, text, changes
        What the scenario keeps of where it comes from.
    problems
        What was wrong already in the text; told together with what is found here.
    folder, allow_code, code
        See `sim.scenario.reading.Reading`.

    Returns
    -------
    Scenario, tuple of Problem
        The scenario and the warnings.

    Raises
    ------
    ScenarioError
        With every mistake of the file.
    """
    reading = Reading(folder, allow_code, code)
    reading.errors.extend(problems)
    _check_format(reading, root)
    if len(reading.errors) > len(problems):
        raise ScenarioError(reading.errors)
    _read_sources(reading, root)
    entries = reading.entries(root, ScenarioFile)
    questions = read_issues(reading, entries["issues"]) if "issues" in entries else {}
    resolved = _parties(reading, entries["parties"]) if "parties" in entries else {}
    if resolved:
        _check_worths(reading, entries["parties"].place, len(resolved), questions)
    parties = {n: party_entries(reading, n, place, each) for n, (place, each) in resolved.items()}
    index = {n: i for i, n in enumerate(parties)}
    constraints, bonuses = read_joint(reading, root, entries, parties, questions)
    groups = group_parties(reading, entries.get("sides"), parties)
    span = read_span(reading, entries.get("start"), entries.get("end"))
    reading.start = span.start
    sides = tuple(read_side(reading, group, parties, index, questions, span) for group in groups.values())
    side_of = {member: i for i, side in enumerate(sides) for member in side.members}
    people = tuple(read_party(reading, p, side_of.get(index[n], 0), questions) for n, p in parties.items())
    _check_weights(reading, sides, people, parties)
    _check_votes(reading, sides, people, groups)
    deadline = None
    if "deadline" in entries:
        deadline = read_any_day(reading, entries["deadline"], "deadline.days", "the deadline", span.start)
    hints = {g.name: f"; '{g.name}' is a side, name its parties ({listing(g.members, 5)})" for g in groups.values()}
    meetings = read_meetings(reading, entries.get("meetings"), span, index, questions, hints)
    if len(side_of) == len(people):
        check_meetings(reading, meetings, sides, questions)
    follow_up = read_follow_up(reading, entries["follow_up"], index) if "follow_up" in entries else None
    by_id = {meeting.id: meeting for meeting, _ in meetings}
    lone = frozenset(name for name, group in groups.items() if group.lone)
    agreement = read_agreement(reading, entries.get("agreement"), groups, sides, people, parties)
    cast = Cast({p.id: p for p in people}, {s.id: s for s in sides}, questions, by_id, follow_up, deadline, lone)
    cast.joined = joined_numbers(agreement.vote)
    scenario = Scenario(
        title=reading.text(entries["title"], "title") if "title" in entries else "",
        description=reading.text(entries["description"], "description") if "description" in entries else "",
        sources=tuple(reading.sources.items()),
        start=span.start,
        end_day=span.end,
        worlds=_worlds(reading, entries.get("worlds")),
        issues=tuple(question.issue for question in questions.values()),
        sides=sides,
        parties=people,
        meetings=tuple(meeting for meeting, _ in meetings),
        follow_up=follow_up,
        events=read_events(reading, entries["events"], span, cast) if "events" in entries else (),
        agreement=agreement,
        clock=_clock(reading, entries.get("clock")),
        force=read_force(reading, entries.get("entry_into_force"), sides, people, questions),
        early_harvest=_early_harvest(reading, entries.get("early_harvest"), questions),
        deadline=deadline,
        name=name,
        file=root.place.file,
        text=text,
        changes=tuple(changes),
        judgements=coded_judgements(reading, root, {n: each for n, (_, each) in resolved.items()})
        if not reading.errors
        else (),
        code=tuple(reading.code.values()),
        sweep=read_sweep_section(reading, entries["sweep"]) if "sweep" in entries else None,
        outcome=read_outcome(reading, entries["outcome"], span, questions) if "outcome" in entries else None,
        constraints=constraints,
        bonuses=bonuses,
        code_folder=str((folder or Path()).resolve()) if allow_code else "",
    )
    if not reading.errors:
        place = entries["follow_up"].place if "follow_up" in entries else root.place
        cast_of = (scenario.issues, scenario.sides, scenario.parties)
        placed = [(meeting, where if where.line else root.place) for meeting, where in meetings]
        check_extent(reading, span, placed, follow_up, place, scenario.events, cast_of)
    if reading.errors:
        raise ScenarioError(reading.errors)
    return scenario, in_order(reading.warnings)


def _check_worths(reading: Reading, place: Place, parties: int, questions: dict[str, Question]) -> None:
    longest = max((len(question.issue.options) for question in questions.values()), default=0)
    worths = parties * len(questions) * longest
    if worths > MOST_WORTHS:
        reading.stop(
            place,
            f"{parties:,} parties, {len(questions):,} issues and up to {longest:,} options make {worths:,} numbers in "
            f"every world, expected at most {MOST_WORTHS:,}",
        )


def _check_format(reading: Reading, root: Node) -> None:
    """Another format's other mistakes would make no sense: this one is told alone."""
    if not isinstance(root, Mapping):
        reading.error(
            root.place, f"expected a scenario (a mapping with format, title, issues, parties), found {found(root)}"
        )
        return
    node = root.entries.get("format")
    if node is not None and not (
        isinstance(node, Scalar) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    ):
        reading.error(node.place, f"expected format: {FORMAT}, found {found(node)}")
    elif isinstance(node, Scalar) and node.value != FORMAT:
        reading.error(node.place, f"this is format {node.text}; this version reads format {FORMAT}")


def _read_sources(reading: Reading, root: Node) -> None:
    node = root.entries.get("sources") if isinstance(root, Mapping) else None
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return
    if isinstance(node, Mapping):  # mappings in `sources` may name each other
        reading.sources = {key: "" for key in node.entries if key not in ("source", "note")}
    texts: dict[str, str] = {}
    for key, place, value in reading.table(node, "sources (key to text)"):
        if key == ASSUMED:
            reading.error(place, f"'{ASSUMED}' cannot be the key of a source: it marks what rests on none")
        elif isinstance(value, Mapping):
            parts = [
                reading.text(v, f"'{k}' of the source '{key}'")
                for k, v in value.entries.items()
                if reading.has_value(value, k)
            ]
            texts[key] = flatten(parts)
        else:
            texts[key] = reading.text(value, f"the source '{key}'")
    reading.sources = texts


def _parties(reading: Reading, node: Node) -> dict[str, tuple[Place, Resolved]]:
    places: dict[str, Place] = {}
    nodes: dict[str, Node] = {}
    reading.at_most(node, MOST_PARTIES, "parties")
    for name, place, value in reading.table(node, "parties (id to party)"):
        if reading.new_id(name, place, "a party", nodes):
            places[name], nodes[name] = place, value
    for name in reading.empty(node):  # wrong, but there: others may name it
        assert isinstance(node, Mapping)
        places[name], nodes[name] = node.keys[name], Mapping(node.keys[name], {}, {})
    if not nodes and isinstance(node, Mapping):
        reading.error(node.place, "a scenario needs at least two parties")
    return {name: (places[name], each) for name, each in resolve_likes(reading, nodes).items()}


def _check_weights(
    reading: Reading, sides: tuple[Side, ...], people: tuple[Party, ...], parties: dict[str, Entries]
) -> None:
    for side in sides:
        weights = [people[member].weight for member in side.members]
        if weights and all(w.certain and w.parameters[0] == 0 for w in weights):
            first = parties[people[side.members[0]].id]
            node = first.entries.get("weight")
            whose = "its member has" if len(weights) == 1 else "all its members have"
            reading.error(node.place if node else first.place, f"the side '{side.id}' has no weight: {whose} weight 0")


def _check_votes(
    reading: Reading, sides: tuple[Side, ...], people: tuple[Party, ...], groups: dict[str, SideEntries]
) -> None:
    """Whether somebody votes, and all who do state the weights that their side's rules count."""
    if len(people) > 1 and not any(party.has_vote for party in people):
        reading.error(next(iter(groups.values())).place, "no party has a vote, so nothing can be agreed")
    for side, group in zip(sides, groups.values(), strict=False):
        voters = [(people[p], group.place) for p in side.members]
        check_weights_counted(reading, group.place, side.decides.vote, voters, f"the side '{side.id}'")


def _worlds(reading: Reading, node: Node | None) -> int | None:
    return None if node is None else count(reading, node, MOST_WORLDS, "worlds")


def _clock(reading: Reading, node: Node | None) -> Literal["rounds", "days"]:
    return "days" if node is not None and reading.word(node, "clock", ("rounds", "days")) == "days" else "rounds"


def _early_harvest(reading: Reading, node: Node | None, questions: dict[str, Question]) -> bool:
    if node is None or not reading.flag(node, "early_harvest"):
        return False
    for name, question in questions.items():
        if not question.has_status_quo:
            reading.error(node.place, f"early_harvest needs a status quo on every issue, and '{name}' has none")
    return True
