"""How long talks can get: the rounds and follow-ups that there could be in some world, held against the limits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.scenario.limits import MOST_FOLLOW_UPS, MOST_MEASURED
from sim.scenario.model import Event, FollowUp, Issue, Meeting, Party, Quantity, Side
from sim.scenario.problems import Place
from sim.scenario.protocols import check_amendments
from sim.scenario.reading import Reading
from sim.scenario.schedule import Span

_TAILS = 4.0
"""So many standard deviations of a normal distribution are looked at."""


def check_extent(
    reading: Reading,
    span: Span,
    meetings: Sequence[tuple[Meeting, Place]],
    follow_up: FollowUp | None,
    place: Place,
    events: Sequence[Event],
    cast: tuple[Sequence[Issue], Sequence[Side], Sequence[Party]],
) -> None:
    """Note a mistake where there could be too many follow-ups, or too many rounds to keep what is measured in them.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    span
        The time that the scenario covers.
    meetings
        The scheduled meetings, each with its place.
    follow_up, place
        The follow-ups and their place in the file.
    events
        They may add rounds, bring follow-ups closer, put off the end.
    cast
        The issues, the sides and the parties.
    """
    rounds = [(_reach(meeting.rounds, events)[1], where) for meeting, where in meetings]
    if follow_up is not None:
        often = _reach(follow_up.after_days, events)[0]
        possible = _reach(span.end, events)[1] // max(often, 1.0)
        at_most = _reach(follow_up.at_most, events)[1]
        if min(possible, at_most) > MOST_FOLLOW_UPS:
            reading.error(
                place,
                f"with a follow-up every {_days(often)} there could be {possible:,.0f} of them by the end, expected at "
                f"most {MOST_FOLLOW_UPS:,}; say how many there may be by at_most",
            )
        rounds.append((_reach(follow_up.rounds, events)[1] * min(possible, at_most), place))
    for meeting, where in meetings:
        agenda = [cast[0][j] for j in meeting.agenda] if meeting.agenda is not None else cast[0]
        check_amendments(reading, where, meeting.protocol, agenda)
    if follow_up is not None:
        check_amendments(reading, place, follow_up.protocol, cast[0])
    issues, sides, parties = map(len, cast)
    measures = 2 * (1 + issues) + sides * (1 + parties + issues)
    in_all = sum(most for most, _ in rounds)
    if in_all * measures > MOST_MEASURED:
        _, where = max(rounds, key=lambda one: one[0])
        reading.error(
            where,
            f"there could be {in_all:,.0f} rounds in all, with {measures:,} distances between the sides to be "
            f"kept of each, expected at most {MOST_MEASURED:,} distances in all; fewer rounds or sides have fewer",
        )


def _days(number: float) -> str:
    return "day" if number == 1 else f"{number:,.0f} days"


def _reach(number: Quantity, events: Sequence[Event]) -> tuple[float, float]:
    """The least and the most that a number can be in any world, also after all events."""
    low, high = ends(number)
    plus = minus = 0.0
    times_low = times_high = 1.0
    for effect in (effect for event in events for effect in event.effects if effect.path == number.path):
        least, most = ends(effect.amount)
        if effect.how == "set":
            low, high = min(low, least), max(high, most)
        elif effect.how == "add":
            plus, minus = plus + max(most, 0.0), minus + min(least, 0.0)
        else:
            times_low, times_high = times_low * min(least, 1.0), times_high * max(most, 1.0)
    kept = [min(max(x, number.low), number.high) for x in ((low + minus) * times_low, (high + plus) * times_high)]
    return (math.floor(kept[0] + 0.5), math.floor(kept[1] + 0.5)) if number.whole else (kept[0], kept[1])


def ends(number: Quantity) -> tuple[float, float]:
    """The least and the most that a number is drawn as; of a normal distribution nearly always."""
    numbers = number.parameters
    match number.kind:
        case "uniform" | "triangular":
            low, high = numbers[0], numbers[-1]
        case "plus_minus":
            low, high = numbers[0] - numbers[1], numbers[0] + numbers[1]
        case "normal":
            low, high = numbers[0] - _TAILS * numbers[1], numbers[0] + _TAILS * numbers[1]
        case "beta":
            low, high = numbers[2], numbers[3]
        case _:
            low, high = min(numbers), max(numbers)
    return max(low, number.low), min(high, number.high)
