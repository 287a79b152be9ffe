"""The minutes of one world as a sequence of lines and tables, for the terminal, for Markdown and for pages alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sim.report.minutes_end import end
from sim.report.minutes_line import Line
from sim.report.plain_text import listed, plain
from sim.report.settlements import option_name
from sim.scenario.model import Scenario, Side
from sim.talks.minutes import MeetingMinutes, Minutes, Move, Note, Package, Round

_VERBS = {
    "offer": "offers",
    "counter": "answers with an offer of its own",
    "accept": "accepts the offer on the table",
    "defer": "defers: it neither commits nor rejects",
    "reject": "rejects the offer on the table",
    "walk_out": "walks out",
}
_PROTOCOLS = {
    "simultaneous": "all put their offers at once, then each answers those of the others",
    "single_text": "a chair amends one text; each side accepts it or says what it would put instead",
    "plenary": "a plenary of statements, in which nothing is put to a decision",
}
_RULES = {
    "consensus": "by consensus",
    "unanimity": "unanimously",
    "quorum": "by a quorum",
    "majority": "by weighted majority",
    "leader": "by its leader",
}


@dataclass(slots=True)
class _Memory:
    """What has been told already: each side's last offer, last answer and last grounds."""

    offers: dict[str, Package] = field(default_factory=dict)
    told: dict[tuple[str, str], str] = field(default_factory=dict)


def lines(minutes: Minutes) -> Iterator[Line]:
    """Tell one world from its heading to its end."""
    scenario, memory = minutes.scenario, _Memory()
    yield Line("title", plain(scenario.title))
    yield Line("subtitle", f"Minutes of one simulated world (world {minutes.world}, seed {minutes.seed})")
    yield Line("fact", "Sides:", "; ".join(_side(scenario, side) for side in scenario.sides))
    titles = [plain(issue.title) for issue in scenario.issues]
    yield Line("fact", "Issues:", f"{len(titles)}: {listed(titles, 40)}" if len(titles) > 1 else titles[0])
    yield Line("fact", "Words:", _words(scenario))
    for entry in minutes.entries:
        if isinstance(entry, Note):
            yield from _note(scenario, entry)
        else:
            yield from _meeting(scenario, entry, memory)
    if not minutes.entries:
        yield Line("note", "", "No meeting was held.")
    yield from end(minutes)


def _words(scenario: Scenario) -> str:
    text = (
        "A party objects to a package that crosses one of its red lines or is worth less to it than its reservation "
        "value, which is what it has without a deal. It is for one that is worth what it demands now, and holds out "
        "for more in between. What it demands comes down as the talks go on, towards its reservation value."
    )
    if any(side.offering == "ladder" for side in scenario.sides):
        text += (
            " A side's ladder is the order in which it gives way, from the package that it wants most (rung 1) towards "
            "what the others want most."
        )
    return text


def _side(scenario: Scenario, side: Side) -> str:
    names = [plain(scenario.parties[p].title) for p in side.members]
    if len(names) == 1:
        return names[0] if names[0] == plain(side.title) else f"{plain(side.title)} ({names[0]})"
    rule = _RULES[side.decides.rule]
    if side.decides.leader is not None:
        rule += f", {plain(scenario.parties[side.decides.leader].title)}"
    return f"{plain(side.title)}, which decides {rule} ({len(names)} members: {listed(names, 60)})"


def _meeting(scenario: Scenario, meeting: MeetingMinutes, memory: _Memory) -> Iterator[Line]:
    where = ", ".join(text for text in (_day(meeting.date), plain(meeting.venue)) if text)
    yield Line("meeting", plain(meeting.title), where)
    yield Line("fact", "Present:", _present(scenario, meeting.present))
    yield Line("fact", "Agenda:", _agenda(scenario, meeting.agenda))
    if meeting.protocol != "alternating":
        yield Line("fact", "Protocol:", _PROTOCOLS[meeting.protocol])
    for one in meeting.rounds:
        yield from _round(scenario, meeting, one, memory)
    for note in meeting.notes:
        yield Line("note", "", plain(note))


def _round(scenario: Scenario, meeting: MeetingMinutes, one: Round, memory: _Memory) -> Iterator[Line]:
    gap = "" if one.gap is None else f"gap between the last offers {one.gap:.2f}"
    yield Line("round", f"Round {one.number}", gap)
    if one.text is not None:
        yield Line("note", "", f"{plain(one.chair)}.")
        if one.number == 1:
            for issue, text in _whole(scenario, meeting.agenda, one.text):
                yield Line("change", f"{issue}:", text)
    for move in one.moves:
        yield from _move(scenario, meeting, move, memory)


def _move(scenario: Scenario, meeting: MeetingMinutes, move: Move, memory: _Memory) -> Iterator[Line]:
    side = next(plain(side.title) for side in scenario.sides if side.id == move.side)
    verb = _VERBS.get(move.act, move.act)
    changes: list[tuple[str, str]] = []
    if move.act in ("offer", "counter") and move.package is not None:
        before = memory.offers.get(move.side)
        memory.offers[move.side] = move.package
        if before is None:
            verb += ":"
            changes = _whole(scenario, meeting.agenda, move.package)
        elif before == move.package:
            verb = "repeats its last offer" if move.act == "offer" else "answers by repeating its last offer"
        else:
            changes = _moved(scenario, before, move.package)
            verb = "changes its offer:" if move.act == "offer" else "answers by changing its offer:"
    yield Line("move", side, verb)
    for issue, text in changes:
        yield Line("change", f"{issue}:", text)
    told = [("On the offer before it:", plain(move.answer)), ("On its own:", plain(move.grounds))]
    told = [(head, text) for head, text in told if text]
    if move.act not in ("offer", "counter") and len(told) == 1:
        told = [("Why:", told[0][1])]
    fresh = [(head, text) for head, text in told if memory.told.get((move.side, head)) != text]
    memory.told.update({(move.side, head): text for head, text in told})
    if told and not fresh:
        yield Line("reason", "Why:", "as before.")
        return
    for head, text in told:
        yield Line("reason", head, "as before." if (head, text) not in fresh else f"{text[:1].upper()}{text[1:]}.")


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


def _note(scenario: Scenario, note: Note) -> Iterator[Line]:
    text = plain(note.text)
    text = f"{text[:1].upper()}{text[1:]}." if text else ""
    yield Line("event" if note.kind == "event" else "call", f"{_day(note.date)}: {plain(note.title)}.", text)
    said = {"yes": "says yes", "defer": "defers: it neither commits nor rejects", "no": "says no"}
    for side in scenario.sides:
        if side.id in note.reasons:
            answer = said.get(note.answers[side.id], note.answers[side.id])
            yield Line("change", plain(side.title), f"{answer}, as {plain(note.reasons[side.id])}.")
        elif note.reasons:
            yield Line("change", plain(side.title), f"{said.get(note.answers[side.id], note.answers[side.id])}.")


def _present(scenario: Scenario, present: list[str]) -> str:
    if len(present) == len(scenario.parties) > 2:
        return f"all {len(present)} parties"
    texts = []
    for side in scenario.sides:
        here = [plain(scenario.parties[p].title) for p in side.members if scenario.parties[p].id in present]
        if len(here) == len(side.members) > 5:
            texts.append(f"all {len(here)} members of {plain(side.title)}")
        elif here and len(side.members) > len(here):
            texts.append(f"{listed(here, 40)} for {plain(side.title)}, ad referendum")
        elif here:
            texts.append(listed(here, 40))
    return "; ".join(texts)


def _agenda(scenario: Scenario, agenda: list[str]) -> str:
    if len(agenda) == len(scenario.issues) > 1:
        return f"all {len(agenda)} issues"
    return "; ".join(plain(issue.title) for issue in scenario.issues if issue.id in agenda) or "nothing"


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
