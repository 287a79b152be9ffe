"""How the talks of one world ended: what was settled and what each party got, or what kept the sides apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sim.report.minutes.lines import Grid, Line
from sim.report.minutes.reasons import judged
from sim.report.words.names import outcome_name
from sim.report.words.options import option_name
from sim.report.words.plain_text import plain
from sim.report.words.world.stops import ending
from sim.report.words.world.titles import meeting_title
from sim.trace.minutes import Minutes

_MANY = 12
"""With more parties than this those who have their reservation values are told by side."""


_OPENINGS = {
    "agreement": "Every issue was settled",
    "partial": "Some issues were settled, the others left open. ",
    "talks_continue": "Nothing was agreed so far. ",
    "impasse": "Nothing was agreed. ",
    "breakdown": "The talks broke down. ",
    "not_ratified": "",
}


def end(minutes: Minutes) -> Iterator[Line]:
    """The outcome, what ended the talks, and what was settled or what stood in the way."""
    scenario = minutes.scenario
    told = f"{_OPENINGS[minutes.outcome]}{_ending(minutes)}"
    yield Line("end", f"The end: {outcome_name(minutes.outcome).lower()}", told)
    if minutes.package is None:
        force = scenario.force
        if minutes.outcome == "not_ratified" and force is not None and force.otherwise is not None:
            yield Line("note", "", "What holds after the no:")
            for issue, option in zip(scenario.issues, force.otherwise, strict=True):
                yield Line("change", f"{plain(issue.title)}:", option_name(issue, option))
        else:
            yield Line("note", "", "Each party is left with its reservation value.")
    for issue in scenario.issues if minutes.package is not None else ():
        option = issue.index(minutes.package[issue.id]) if minutes.package else 0
        left = "" if issue.id in minutes.settled else " (not settled: as it is now)"
        yield Line("change", f"{plain(issue.title)}:", option_name(issue, option) + left)
    if minutes.outcome != "agreement":
        yield from _last_words(minutes)


def _ending(minutes: Minutes) -> str:
    """What ended the talks, with the day of an agreement."""
    if minutes.outcome != "agreement" or minutes.day is None:
        return plain(ending(minutes))
    day = minutes.scenario.start + timedelta(days=minutes.day)
    return f" by {day.day} {day:%B %Y}." if len(minutes.scenario.issues) > 1 else f" on {day.day} {day:%B %Y}."


def tables(minutes: Minutes) -> list[Grid]:
    """What each party got and, without an agreement, where the sides stood at the end."""
    found = []
    if minutes.package is not None:
        found.append(_worth(minutes))
    if minutes.outcome != "agreement" and minutes.last_offers:
        found.append(_last_offers(minutes))
    if minutes.package is None:
        found.append(_without_a_deal(minutes))
    return found


def _last_words(minutes: Minutes) -> Iterator[Line]:
    """Each side's last answer to an offer before it."""
    scenario, answers = minutes.scenario, {}
    for meeting in minutes.meetings:
        for one in meeting.rounds:
            answers.update({move.side: (move.verdict, meeting) for move in one.moves if move.verdict is not None})
    for side in scenario.sides:
        if side.id in answers:
            verdict, meeting = answers[side.id]
            text, items = judged(scenario, verdict)
            head = f"{plain(side.title)} on the last offer put to it ({plain(meeting_title(meeting))}):"
            yield Line("move", head, f"{text}.")
            for item in items:
                yield Line("ground", "", item)


def _worth(minutes: Minutes) -> Grid:
    rows = []
    for party in minutes.scenario.parties:
        utility, reservation = minutes.utilities[party.id], minutes.reservations[party.id]
        rows.append((plain(party.title), f"{utility:.3f}", f"{reservation:.3f}", f"{utility - reservation:+.3f}"))
    columns = ("Party", "Worth of the deal", "Reservation value", "Gain")
    return Grid("What each party got", columns, tuple(rows), 3)


def _without_a_deal(minutes: Minutes) -> Grid:
    scenario, caption = minutes.scenario, "What each party has without a deal"
    if len(scenario.parties) <= _MANY:
        rows = [(plain(party.title), f"{minutes.reservations[party.id]:.3f}") for party in scenario.parties]
        return Grid(caption, ("Party", "Reservation value"), tuple(rows), 1)
    by_side = []
    for side in scenario.sides:
        members = sorted((minutes.reservations[scenario.parties[p].id], p) for p in side.members)
        (low, first), (high, last) = members[0], members[-1]
        text = f"{low:.3f}"
        if len(members) > 1:
            names = [plain(scenario.parties[p].title) for p in (first, last)]
            text += f" ({names[0]}) to {high:.3f} ({names[1]})"
        by_side.append((plain(side.title), text))
    return Grid(caption, ("Side", "Reservation values"), tuple(by_side))


def _last_offers(minutes: Minutes) -> Grid:
    scenario = minutes.scenario
    sides = [side for side in scenario.sides if side.id in minutes.last_offers]
    columns = ("Issue", *(f"Last offer of {plain(side.title)}" for side in sides), "Apart")
    rows = []
    for issue in scenario.issues:
        offers = [option_name(issue, issue.index(minutes.last_offers[side.id][issue.id])) for side in sides]
        rows.append((plain(issue.title), *offers, "" if minutes.apart is None else f"{minutes.apart[issue.id]:.2f}"))
    caption = "Where the sides stood at the end (apart: 0 the same, 1 opposite ends)"
    return Grid(caption, columns, tuple(rows), 1)
