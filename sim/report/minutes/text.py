"""The minutes of one world as a sequence of lines and tables, for the terminal, for Markdown and for pages alike."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.minutes.end import end
from sim.report.minutes.lines import Line
from sim.report.minutes.rounds import Memory, common_ground, rounds
from sim.report.words.plain_text import capital, listed, plain
from sim.report.words.world.effects import possessive, subject
from sim.report.words.world.naming import day_named
from sim.report.words.world.notes import came_of_it, titled, unwilling
from sim.report.words.world.remarks import sentence
from sim.report.words.world.titles import meeting_title
from sim.report.words.world.verdicts import numbers
from sim.rules import rule_named
from sim.scenario.model import Scenario, Side
from sim.trace.minutes import MeetingMinutes, Minutes
from sim.trace.notes import Happened, Note
from sim.trace.remarks import Common

_PROTOCOLS = {
    "simultaneous": "all put their offers at once, then each answers those of the others",
    "single_text": "a chair amends one text; each side accepts it or says what it would put instead",
    "plenary": "a plenary of statements, in which nothing is put to a decision",
}


def lines(minutes: Minutes) -> Iterator[Line]:
    """Tell one world from its heading to its end."""
    scenario, memory = minutes.scenario, Memory()
    yield Line("title", plain(scenario.title))
    yield Line("subtitle", f"Minutes of one simulated world (world {minutes.world}, seed {minutes.seed})")
    yield Line("fact", "Sides:", "; ".join(_side(scenario, side) for side in scenario.sides))
    titles = [plain(issue.title) for issue in scenario.issues]
    yield Line("fact", "Issues:", f"{len(titles)}: {listed(titles, 40)}" if len(titles) > 1 else titles[0])
    yield Line("fact", "Terms:", _words(scenario))
    for entry in minutes.entries:
        if isinstance(entry, MeetingMinutes):
            yield from _meeting(scenario, entry, memory)
        else:
            yield from _note(scenario, entry)
    if not minutes.entries:
        yield Line("note", "", "No meeting was held.")
    yield from end(minutes)


def _words(scenario: Scenario) -> str:
    text = (
        "What a party has without a deal is its reservation value. It objects to a package that is worth less to it "
        "than that, or that crosses one of its red lines. It demands more than its reservation value, and less and "
        "less as the talks go on; it is for a package that is worth what it demands now, and holds out for more in "
        "between."
    )
    if any(side.offering == "ladder" for side in scenario.sides):
        text += (
            " A side gives way step by step, from what it wants most towards what the others want most, as far as its "
            "members let it."
        )
    return text + " How far apart offers are is told from 0 (the same) to 1 (opposite ends on every issue)."


def _side(scenario: Scenario, side: Side) -> str:
    names = [plain(scenario.parties[p].title) for p in side.members]
    if len(names) == 1:
        return names[0] if names[0] == plain(side.title) else f"{plain(side.title)} ({names[0]})"
    rule = rule_named(side.decides.rule).manner
    if side.decides.named is not None:
        rule += f", {plain(scenario.parties[side.decides.named].title)}"
    return f"{plain(side.title)}, which decides {rule} ({len(names)} members: {listed(names, 60)})"


def _meeting(scenario: Scenario, meeting: MeetingMinutes, memory: Memory) -> Iterator[Line]:
    where = ", ".join(text for text in (day_named(meeting.date), plain(meeting.venue)) if text)
    yield Line("meeting", plain(meeting_title(meeting)), where)
    yield Line("fact", "Present:", _present(scenario, meeting.present))
    yield Line("fact", "Agenda:", _agenda(scenario, meeting.agenda))
    if meeting.protocol != "alternating":
        yield Line("fact", "Protocol:", _PROTOCOLS[meeting.protocol])
    yield from rounds(scenario, meeting, memory)
    yield from common_ground(scenario, meeting, memory)
    others = [sentence(scenario, one) for one in meeting.remarks if not isinstance(one, Common)]
    for note in dict.fromkeys(others):
        yield Line("note", "", plain(note))


def _note(scenario: Scenario, note: Note) -> Iterator[Line]:
    happened, reasons = isinstance(note, Happened), unwilling(note)
    text = _effects(scenario, note) if isinstance(note, Happened) else plain(came_of_it(scenario, note))
    text = f"{capital(text)}." if text else ""
    head = f"{day_named(note.date)}: {plain(titled(scenario, note))}."
    yield Line("event" if happened else "call", head, text)
    said = {"yes": "says yes", "defer": "defers: it neither commits nor rejects", "no": "says no"}
    for side in scenario.sides:
        if side.id in reasons:
            answer = said.get(note.answers[side.id], note.answers[side.id])
            yield Line("change", plain(side.title), f"{answer}, as {plain(reasons[side.id])}.")
        elif reasons:
            yield Line("change", plain(side.title), f"{said.get(note.answers[side.id], note.answers[side.id])}.")


def _effects(scenario: Scenario, note: Happened) -> str:
    """What an event changed."""
    texts = []
    for change in note.changes:
        owner, what = subject(scenario, change.path)
        before, after = numbers(change.before, change.after)
        moved = f"goes from {before} to {after}" if before != after else f"stays at {after}"
        texts.append(f"{plain(possessive(owner))} {plain(what)} {moved}")
    return "; ".join([*texts, "the talks end"] if note.ends_talks else texts)


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
