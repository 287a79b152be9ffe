"""The numbers of the calendar that an event can change: dates and rounds of meetings, the end, follow-ups."""

from __future__ import annotations

from sim.scenario.distributions import ANY, Legal, as_number, is_distribution, quantity
from sim.scenario.format import DateEffect
from sim.scenario.model import Effect, FollowUp, Meeting, Quantity
from sim.scenario.reading import Reading, found
from sim.scenario.schedule import DAYS, Span, read_day
from sim.scenario.yaml_text import Mapping, Node, Scalar

MOVABLE = (
    "meetings.ID.date",
    "meetings.ID.rounds",
    "end",
    "deadline",
    "follow_up.after",
    "follow_up.at_most",
    "follow_up.rounds",
)
"""What of the calendar an event can change."""


def timetable(
    span: Span, meetings: dict[str, Meeting], follow_up: FollowUp | None, deadline: Quantity | None
) -> dict[str, Quantity]:
    """The numbers of the calendar by the path that effects name them by."""
    numbers = {"end": span.end}
    if deadline is not None:
        numbers["deadline"] = deadline
    for name, meeting in meetings.items():
        numbers[f"meetings.{name}.date"] = meeting.day
        numbers[f"meetings.{name}.rounds"] = meeting.rounds
    if follow_up is not None:
        numbers["follow_up.after"] = follow_up.after_days
        numbers["follow_up.at_most"] = follow_up.at_most
        numbers["follow_up.rounds"] = follow_up.rounds
    return numbers


def date_effect(reading: Reading, node: Node, shown: str, path: str, number: Quantity, span: Span) -> Effect | None:
    """An effect on a date or a delay: ``{days: 7}`` or 7 moves it, ``{set: 2022-02-01}`` sets it.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The effect.
    shown, path
        The path that the file gives, and that of the effect's own number.
    number
        What it changes.
    span
        The time that the scenario covers.
    """
    moves = f"the days by which '{shown}' moves"
    if isinstance(node, Scalar) or is_distribution(node):
        return Effect(number.path, "add", quantity(reading, node, path, ANY, moves))
    entries = reading.entries(node, DateEffect, "a number of days, a distribution or ")
    given = [key for key in ("days", "set") if isinstance(node, Mapping) and key in node.entries]
    if isinstance(node, Mapping) and len(given) != 1:
        reading.error(node.place, f"expected {{days: N}} or {{set: DATE}} for '{shown}', found {found(node)}")
    if len(given) != 1 or given[0] not in entries:
        return None
    if given[0] == "days":
        return Effect(number.path, "add", quantity(reading, entries["days"], path, ANY, moves))
    to = entries["set"]
    if (isinstance(to, Mapping) and not is_distribution(to)) or (isinstance(to, Scalar) and as_number(to) is None):
        open_end = Quantity("end.days", "fixed", (DAYS.high,), 0.0, DAYS.high, whole=True)
        return Effect(number.path, "set", read_day(reading, to, path, f"the new '{shown}'", Span(span.start, open_end)))
    legal = Legal(number.low, number.high, number.whole)
    return Effect(number.path, "set", quantity(reading, to, path, legal, f"the new '{shown}' (days)"))
