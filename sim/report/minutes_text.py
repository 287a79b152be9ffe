"""The minutes of one world as a sequence of lines, for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sim.report.names import outcome_meaning, outcome_name
from sim.report.plain_text import listed, plain
from sim.report.settlements import option_name
from sim.scenario.model import Scenario
from sim.talks.minutes import MeetingMinutes, Minutes, Move, Note, Round

Kind = Literal["title", "subtitle", "meeting", "fact", "round", "move", "change", "reason", "note", "event", "call", "end"]
Package = dict[str, str]

_VERBS = {
    "offer": "offers",
    "counter": "counters",
    "accept": "accepts the offer on the table",
    "defer": "defers: it neither commits nor rejects",
    "reject": "rejects the offer on the table",
    "walk_out": "walks out",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `head` stands out before the text."""

    kind: Kind
    head: str
    text: str = ""


@dataclass(slots=True)
class _Memory:
    """What has been told already: each side's last offer and last reason."""

    offers: dict[str, Package] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


def lines(minutes: Minutes) -> Iterator[Line]:
    """Tell one world from its heading to its end."""
    scenario, memory = minutes.scenario, _Memory()
    yield Line("title", plain(scenario.title))
    yield Line("subtitle", f"Minutes of world {minutes.world}, seed {minutes.seed}")
    for entry in minutes.entries:
        if isinstance(entry, Note):
            yield from _note(scenario, entry)
        else:
            yield from _meeting(scenario, entry, memory)
    if not minutes.entries:
        yield Line("note", "", "No meeting was held.")
    yield from _end(minutes)


def _meeting(scenario: Scenario, meeting: MeetingMinutes, memory: _Memory) -> Iterator[Line]:
    when = f"{meeting.date.day} {meeting.date:%B %Y}"
    yield Line("meeting", plain(meeting.title), ", ".join(text for text in (when, plain(meeting.venue)) if text))
    yield Line("fact", "Present:", _present(scenario, meeting.present))
    yield Line("fact", "Agenda:", _agenda(scenario, meeting.agenda))
    if meeting.protocol != "alternating":
        yield Line("fact", "Protocol:", plain(meeting.protocol))
    for one in meeting.rounds:
        yield from _round(scenario, meeting, one, memory)
    for note in dict.fromkeys(meeting.notes):
        yield Line("note", "", plain(note))


def _round(scenario: Scenario, meeting: MeetingMinutes, one: Round, memory: _Memory) -> Iterator[Line]:
    gap = "" if one.gap is None else f"gap between the offers {one.gap:.2f}"
    yield Line("round", f"Round {one.number}", gap)
    for move in one.moves:
        yield from _move(scenario, meeting, move, memory)


def _move(scenario: Scenario, meeting: MeetingMinutes, move: Move, memory: _Memory) -> Iterator[Line]:
    side = next(plain(side.title) for side in scenario.sides if side.id == move.side)
    verb = _VERBS.get(move.act, move.act)
    reason = plain(move.reason)
    changes: list[tuple[str, str]] = []
    if move.act in ("offer", "counter") and move.package is not None:
        before = memory.offers.get(move.side)
        memory.offers[move.side] = move.package
        if before is None:
            verb += " for the first time:"
            changes = _whole(scenario, meeting.agenda, move.package)
        elif before == move.package:
            verb = "repeats its offer" if move.act == "offer" else "counters with the offer it made before"
        else:
            verb += " with" + (" one change:" if len(_moved(scenario, before, move.package)) == 1 else " changes:")
            changes = _moved(scenario, before, move.package)
            reason = reason.replace("moves on " + "; ".join(_as_told(scenario, before, move.package)), "moves")
    yield Line("move", side, verb)
    for issue, text in changes:
        yield Line("change", f"{issue}:", text)
    if reason and reason == memory.reasons.get(move.side):
        yield Line("reason", "Why:", "as before.")
    elif reason:
        yield Line("reason", "Why:", reason[:1].upper() + reason[1:])
    memory.reasons[move.side] = reason


def _whole(scenario: Scenario, agenda: list[str], package: Package) -> list[tuple[str, str]]:
    return [
        (plain(issue.title), option_name(issue, issue.index(package[issue.id])))
        for issue in scenario.issues
        if issue.id in agenda
    ]


def _moved(scenario: Scenario, before: Package, after: Package) -> list[tuple[str, str]]:
    return [
        (
            plain(issue.title),
            f"{option_name(issue, issue.index(before[issue.id]))} → {option_name(issue, issue.index(after[issue.id]))}",
        )
        for issue in scenario.issues
        if before[issue.id] != after[issue.id]
    ]


def _as_told(scenario: Scenario, before: Package, after: Package) -> list[str]:
    """The changes as the reason tells them: said here as a list, they need no second telling."""
    told = []
    for issue in scenario.issues:
        was, now = issue.options[issue.index(before[issue.id])], issue.options[issue.index(after[issue.id])]
        if was.id != now.id:
            told.append(plain(f"{issue.title}: {was.title} → {now.title}"))
    return told


def _note(scenario: Scenario, note: Note) -> Iterator[Line]:
    when = f"{note.date.day} {note.date:%B %Y}"
    text = plain(note.text)
    if note.answers:
        titles = {side.id: plain(side.title) for side in scenario.sides}
        said = {"yes": "yes", "defer": "defers", "no": "no"}
        answers = ", ".join(f"{titles[side]}: {said.get(answer, answer)}" for side, answer in note.answers.items())
        text = f"{text[:1].upper()}{text[1:]}. {answers}."
    yield Line("event" if note.kind == "event" else "call", f"{when}: {plain(note.title)}", text)


def _end(minutes: Minutes) -> Iterator[Line]:
    scenario = minutes.scenario
    meaning = outcome_meaning(minutes.outcome)
    yield Line("end", f"The end: {outcome_name(minutes.outcome).lower()}", f"{meaning[:1].upper()}{meaning[1:]}.")
    if minutes.package is None:
        yield Line("note", "", "Without a deal each party has its reservation value.")
        return
    for issue in scenario.issues:
        option = issue.index(minutes.package[issue.id])
        text = option_name(issue, option) + ("" if issue.id in minutes.settled else " (not settled: as it is now)")
        yield Line("change", f"{plain(issue.title)}:", text)


def worth(minutes: Minutes) -> list[tuple[str, str, str, str]]:
    """What the deal is worth: party, utility, reservation value, and the difference; nothing without a deal."""
    if minutes.package is None:
        return []
    return [
        (
            plain(party.title),
            f"{minutes.utilities[party.id]:.3f}",
            f"{minutes.reservations[party.id]:.3f}",
            f"{minutes.utilities[party.id] - minutes.reservations[party.id]:+.3f}",
        )
        for party in minutes.scenario.parties
    ]


def _present(scenario: Scenario, present: list[str]) -> str:
    if len(present) == len(scenario.parties) > 2:
        return f"all {len(present)} parties"
    texts = []
    for side in scenario.sides:
        here = [plain(scenario.parties[p].title) for p in side.members if scenario.parties[p].id in present]
        if len(here) == len(side.members) > 5:
            texts.append(f"all {len(here)} members of {plain(side.title)}")
        elif here:
            texts.append(listed(here, 40))
    return "; ".join(texts)


def _agenda(scenario: Scenario, agenda: list[str]) -> str:
    if len(agenda) == len(scenario.issues) > 1:
        return f"all {len(agenda)} issues"
    return "; ".join(plain(issue.title) for issue in scenario.issues if issue.id in agenda) or "nothing"
