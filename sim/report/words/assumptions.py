"""What the numbers rest on, arranged for reading: judgements by subject, sources, changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.report.findings.grounds import basis
from sim.report.words.plain_text import human, meeting_name, plain
from sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgement as shown: `basis` is sourced, mixed (a source and the author's judgement), assumed or unsourced."""

    subject: str
    path: str
    value: str
    sources: tuple[str, ...]
    note: str
    basis: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Judgements on one part of the scenario."""

    title: str
    entries: list[Entry]


BASES = {
    "sourced": "rest on sources",
    "mixed": "rest on sources and the author's judgement",
    "assumed": "are assumed by the author",
    "unsourced": "name no source",
}


_CHAPTERS = {"follow_up": "Follow-up meetings"}


def tally(scenario: Scenario) -> list[tuple[str, int]]:
    """How many judgements stand on which ground, in words; without those there are none of."""
    kinds = [basis(one) for one in scenario.judgements]
    return [(text, kinds.count(kind)) for kind, text in BASES.items() if kind in kinds]


def chapters(scenario: Scenario) -> list[Chapter]:
    """Judgements by the part of the file that they stand in, in its order."""
    found: dict[str, list[Entry]] = {}
    for one in scenario.judgements:
        top = one.path.split(".", 1)[0]
        entry = Entry(
            subject=" · ".join(_names(scenario, one.path)) or human(top),
            path=one.path,
            value=plain(one.value),
            sources=one.sources,
            note=plain(one.note),
            basis=basis(one),
        )
        found.setdefault(_CHAPTERS.get(top, human(top)), []).append(entry)
    return [Chapter(title, entries) for title, entries in found.items()]


def _names(scenario: Scenario, path: str) -> Iterator[str]:
    """A path in titles: `parties.NOR.red_lines` is "Norway", "Red lines"."""
    top, *rest = path.split(".")
    if not rest:
        return
    titles = {
        "issues": {issue.id: issue.title for issue in scenario.issues},
        "parties": {party.id: party.title for party in scenario.parties},
        "sides": {side.id: side.title for side in scenario.sides},
        "events": {event.id: event.title for event in scenario.events},
    }
    if top == "meetings":
        yield meeting_name(scenario, rest[0])
    else:
        yield plain(titles.get(top, {}).get(rest[0], human(rest[0])))
    issues = titles["issues"]
    for step in rest[1:]:
        if step != "options":
            yield plain(issues.get(step, human(step)))
