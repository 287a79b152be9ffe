"""The calendar: start and end, meetings, follow-ups, and the days of events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sim.rules import rule_named
from sim.scenario.distributions import Legal, central, is_distribution, quantity
from sim.scenario.format import Days, FollowUpEntry, MeetingEntry
from sim.scenario.issues import Question
from sim.scenario.limits import MOST_MEETINGS
from sim.scenario.model import FollowUp, Meeting, Quantity, Side
from sim.scenario.policies import PROTOCOLS
from sim.scenario.problems import Place
from sim.scenario.protocols import read_protocol
from sim.scenario.reading import Reading, found, is_null
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, number_id

START = date(2000, 1, 1)
ROUNDS = 10.0
LAST = date(3999, 12, 31)
DAYS = Legal(0.0, 1_000_000.0, whole=True)
"""Days from the start: with `LAST` no more than the calendar has dates for, also for a follow-up beyond the end."""
SITTING = Legal(1.0, 100_000.0, whole=True)
"""Rounds of a meeting."""
FOLLOW_UPS = Legal(0.0, DAYS.high, whole=True)
"""How many follow-ups there may be; where nothing is said the highest, more than there are days for."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a scenario covers."""

    start: date
    end: Quantity

    def shown(self, days: float) -> str:
        """Date of a day."""
        return (self.start + timedelta(days=days)).isoformat()


def read_span(reading: Reading, start_node: Node | None, end_node: Node | None) -> Span:
    """Start and horizon of the scenario."""
    start = START
    if start_node is not None:
        start = read_date(reading, start_node, "start", "") or START
    path = "end.days"
    if end_node is None:
        return Span(start, Quantity(path, "fixed", (_year_after(start),), 0.0, DAYS.high, whole=True))
    if isinstance(end_node, Mapping):
        return Span(start, _days(reading, end_node, path, "end"))
    end = read_date(reading, end_node, "end")
    if end is not None and end < start:
        reading.error(end_node.place, f"the end {end} lies before the start {start}")
        end = None
    if end is None:  # wrong, so that nothing can be said to lie after it
        return Span(start, Quantity(path, "fixed", (DAYS.high,), 0.0, DAYS.high, whole=True))
    return Span(start, Quantity(path, "fixed", (float((end - start).days),), 0.0, DAYS.high, whole=True))


def read_day(reading: Reading, node: Node | None, path: str, what: str, span: Span) -> Quantity:
    """Return a day between start and end, in days from the start; a random one may lie beyond the end."""
    if node is None:
        return Quantity(path, "fixed", (0.0,), 0.0, DAYS.high, whole=True)
    day = read_any_day(reading, node, path, what, span.start)
    if day.certain and span.end.certain and day.parameters[0] > span.end.parameters[0]:
        late, end = span.shown(day.parameters[0]), span.shown(span.end.parameters[0])
        reading.error(node.place, f"{what} {late} lies after the end {end}")
    return day


def read_any_day(reading: Reading, node: Node, path: str, what: str, start: date) -> Quantity:
    """Return a day from the start on, also one after the end, in days from the start."""
    if isinstance(node, Mapping):
        return _days(reading, node, path, what)
    on = read_date(reading, node, what)
    if on is None:
        return Quantity(path, "fixed", (0.0,), 0.0, DAYS.high, whole=True)
    if on < start:
        reading.error(node.place, f"{what} {on} lies before the start {start}")
        on = start
    return Quantity(path, "fixed", (float((on - start).days),), 0.0, DAYS.high, whole=True)


def meeting_ids(reading: Reading, nodes: list[Node]) -> list[str]:
    """Ids of the meetings; meeting_N by place in the file where none is given."""
    names: list[str] = []
    for i, node in enumerate(nodes):
        given = node.entries.get("id") if isinstance(node, Mapping) else None
        name = reading.id(given, "a meeting") if given is not None and not is_null(given) else None
        if name is not None and given is not None:
            reading.new_id(name, given.place, "a meeting", names)
        names.append(name or f"meeting_{i + 1}")
    for i, name in enumerate(names):
        if name in names[:i] and nodes[i].place is not None and not _gives_id(nodes[i]):
            reading.error(nodes[i].place, f"the id '{name}' of a meeting stands twice")
    return names


def read_meetings(
    reading: Reading,
    node: Node | None,
    span: Span,
    parties: dict[str, int],
    questions: dict[str, Question],
    members: dict[str, str],
) -> list[tuple[Meeting, Place]]:
    """Meetings in the order of the file, each with its place; without the section, one at the start.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The `meetings` section, if there is one.
    span
        The time that the scenario covers.
    parties
        Index of each party by id.
    questions
        The issues by id.
    members
        For the id of each side, a hint at its members: meetings are of parties.
    """
    if node is None:
        rounds = _rounds(reading, {}, "meetings.meeting_1.rounds")
        day = read_day(reading, None, "meetings.meeting_1.date.days", "", span)
        return [(Meeting("meeting_1", "meeting_1", day, "", PROTOCOLS[0], rounds), Place())]
    reading.at_most(node, MOST_MEETINGS, "meetings")
    nodes = reading.items(node, "meetings")
    return [
        (_meeting(reading, item, name, span, parties, questions, members), item.place)
        for item, name in zip(nodes, meeting_ids(reading, nodes), strict=True)
    ]


def check_meetings(
    reading: Reading, meetings: list[tuple[Meeting, Place]], sides: tuple[Side, ...], questions: dict[str, Question]
) -> None:
    """Check what meetings and the rest of the scenario ask of each other."""
    of = {member: side for side in sides for member in side.members}
    for meeting, place in meetings:
        if meeting.agenda is not None:
            for name, question in questions.items():
                if not question.has_status_quo and question.index not in meeting.agenda:
                    reading.error(
                        place,
                        f"the issue '{name}' has no status quo, so it must be on the agenda of every meeting, "
                        f"also of '{meeting.id}'",
                    )
        if meeting.parties is None:
            continue
        present = {of[p].id: of[p] for p in meeting.parties if p in of}
        if len(present) == 1 and len(sides) > 1:
            reading.error(place, f"all parties of the meeting '{meeting.id}' are of the side '{next(iter(present))}'")
        for side in present.values():
            there = len([m for m in side.members if m in meeting.parties])
            decides, rule = side.decides, rule_named(side.decides.rule)
            if decides.named is not None and decides.named not in meeting.parties:
                reading.warning(place, f"the side '{side.id}' can decide nothing in '{meeting.id}': {rule.absent}")
            if rule.number is None or rule.number.high is not None or decides.number is None:
                continue
            if central(decides.number) > there:
                asked = number_id(central(decides.number))
                reading.warning(
                    place,
                    f"the {rule.name} of the side '{side.id}' is {asked}, but of its members only {there} "
                    f"{'is' if there == 1 else 'are'} in '{meeting.id}', where that many are enough",
                )


def read_follow_up(reading: Reading, node: Node, parties: dict[str, int]) -> FollowUp | None:
    """Read the follow-up meetings that the sides may agree on."""
    entries = reading.entries(node, FollowUpEntry)
    rounds = _rounds(reading, entries, "follow_up.rounds")
    after = None
    if "after" in entries:
        inner = _counted(reading, entries["after"], "", "after")
        if "days" in inner:
            after = quantity(
                reading, inner["days"], "follow_up.after.days", Legal(1.0, DAYS.high, whole=True), "after (days)"
            )
    low, high = FOLLOW_UPS.low, FOLLOW_UPS.high
    at_most = Quantity("follow_up.at_most", "fixed", (high,), low, high, whole=True)
    if "at_most" in entries:
        at_most = quantity(reading, entries["at_most"], at_most.path, FOLLOW_UPS, "at_most")
    protocol, procedure = read_protocol(reading, entries, parties)
    return None if after is None else FollowUp(after, at_most, rounds, protocol, procedure)


def _rounds(reading: Reading, entries: dict[str, Node], path: str) -> Quantity:
    if "rounds" in entries:
        return quantity(reading, entries["rounds"], path, SITTING, "rounds")
    return Quantity(path, "fixed", (ROUNDS,), SITTING.low, SITTING.high, whole=True)


def _meeting(
    reading: Reading,
    node: Node,
    name: str,
    span: Span,
    parties: dict[str, int],
    questions: dict[str, Question],
    members: dict[str, str],
) -> Meeting:
    entries = reading.entries(node, MeetingEntry)
    base = f"meetings.{name}"
    rounds = _rounds(reading, entries, f"{base}.rounds")
    there = agenda = None
    if "parties" in entries:
        there = _chosen(reading, entries["parties"], "party", parties, members)
    if "agenda" in entries:
        agenda = _chosen(reading, entries["agenda"], "issue", {n: q.index for n, q in questions.items()})
    protocol, procedure = read_protocol(reading, entries, parties)
    return Meeting(
        id=name,
        title=reading.text(entries["title"], "title") if "title" in entries else name,
        day=read_day(reading, entries.get("date"), f"{base}.date.days", f"the date of '{name}'", span),
        venue=reading.text(entries["venue"], "venue") if "venue" in entries else "",
        protocol=protocol,
        rounds=rounds,
        parties=there,
        agenda=agenda,
        procedure=procedure,
    )


def _chosen(
    reading: Reading, node: Node, what: str, index: dict[str, int], hints: dict[str, str] | None = None
) -> tuple[int, ...] | None:
    """Return the indices of the parties or issues in a list; None, for all, where the list is wrong."""
    names = reading.ids(node, what, index, hints=hints)
    if isinstance(node, Items) and not node.items:
        reading.error(node.place, f"a meeting needs at least one {what}; leave the key out for all")
    if not names or not isinstance(node, Items) or len(names) < len(node.items):
        return None
    return tuple(sorted(index[name] for name in names))


def _gives_id(node: Node) -> bool:
    given = node.entries.get("id") if isinstance(node, Mapping) else None
    return isinstance(given, Scalar) and given.value is not None


def _days(reading: Reading, node: Node, path: str, what: str) -> Quantity:
    entries = _counted(reading, node, "a date (YYYY-MM-DD) or ", what)
    if "days" in entries:
        return quantity(reading, entries["days"], path, DAYS, f"{what} (days from the start)")
    return Quantity(path, "fixed", (0.0,), 0.0, DAYS.high, whole=True)


def _counted(reading: Reading, node: Node, also: str, what: str) -> dict[str, Node]:
    """Entries of ``{days: N}``."""
    if is_distribution(node):
        reading.error(node.place, f"expected {also}{{days: ...}} for {what}, found {found(node)}; put it inside")
        return {}
    return reading.entries(node, Days, also, what)


def read_date(reading: Reading, node: Node, what: str, also: str = " or {days: N}") -> date | None:
    """Return the date that a node names, None where it names none, which is a mistake."""
    if isinstance(node, Scalar):
        match = _DATE.fullmatch(node.text.strip())
        if match:
            try:
                on = date(*map(int, match.groups()))
            except ValueError:
                reading.error(node.place, f"there is no date {node.text} (for {what})")
                return None
            if on > LAST:
                reading.error(node.place, f"expected a date up to {LAST} for {what}, found {on}")
                return None
            return on
    reading.error(node.place, f"expected a date YYYY-MM-DD{also} for {what}, found {found(node)}")
    return None


def _year_after(start: date) -> float:
    try:
        return float((start.replace(year=start.year + 1) - start).days)
    except ValueError:  # the 29th of February
        return 365.0
