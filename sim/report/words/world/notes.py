"""What happened between the meetings, in words: a title and what came of it."""

from __future__ import annotations

from sim.report.words.world.effects import changed
from sim.report.words.world.naming import day_named, listed_all, option_named, party_title, side_title
from sim.scenario.model import Scenario
from sim.trace.notes import Called, Caucused, Happened, Note, Ratified, Unwilling
from sim.trace.procedures import HomeAnswer

_UNWILLING = {
    Unwilling.USED_UP: "its patience is used up",
    Unwilling.CONTENT: "it demands no more than the least that it ever would",
}


def titled(scenario: Scenario, note: Note) -> str:
    """What it was."""
    match note:
        case Happened():
            return note.title
        case Called():
            if note.then is None:
                return "The call to meet again is put off"
            when = day_named(note.then)
            if note.agreed:
                return f"The sides agree to meet again on {when}"
            return f"The call to meet again is put off to {when}"
        case Caucused():
            side = side_title(scenario, note.side)
            came = (
                "has no draft to circulate"
                if not note.drafts
                else "settles its common position"
                if note.adopted
                else "settles no common position"
            )
            return f"Before {note.title or note.meeting.replace('_', ' ')}: {side} {came}"
        case Ratified():
            return "The deal is not ratified" if note.fails else "The deal is ratified"


def came_of_it(scenario: Scenario, note: Note) -> str:
    """What came of it."""
    match note:
        case Happened():
            return "; ".join([*changed(scenario, note.changes), *(["the talks end"] if note.ends_talks else [])])
        case Called():
            if note.agreed:
                return "all have patience left"
            more = ", and nothing to come changes it" if note.then is None else ""
            return f"not all have patience left{more}"
        case Caucused():
            return _drafts(scenario, note)
        case Ratified():
            return at_home(scenario, note)


def unwilling(note: Note) -> dict[str, str]:
    """Why sides would not meet again now, by side."""
    return {side: _UNWILLING[why] for side, why in note.unwilling.items()} if isinstance(note, Called) else {}


def at_home(scenario: Scenario, note: Ratified) -> str:
    """How each home that was asked took the deal."""
    titles = {party.id: party.title for party in scenario.parties}
    titles |= {side.id: side.title for side in scenario.sides}
    return "; ".join(f"{titles[home.id]} {_answered(scenario, home)}" for home in note.homes)


def _answered(scenario: Scenario, home: HomeAnswer) -> str:
    short = ""
    if home.worth is not None and home.needed is not None:
        short = f"worth {home.worth:.3f}, and home asks for {home.needed:.3f}"
    on = "" if not home.votes else f" on {listed_all([day_named(day) for day, _ in home.votes])}"
    if not home.refuses:
        first = f" refuses it on {day_named(home.votes[0][0])} and" if len(home.votes) > 1 else ""
        last = f" on {day_named(home.votes[-1][0])}" if home.votes else ""
        return f"{first} ratifies it{last}".strip() + (f": {short}" if short else "")
    if home.crossed:
        crossed = ", ".join(option_named(scenario, issue, option) for issue, option in home.crossed)
        said = f"refuses it{on}: {crossed} does not pass at home"
    elif home.too_little:
        said = f"refuses it{on}: {short}"
    else:
        said = f"refuses it{on}, which had a chance of {1 - home.chance:.0%}"
    return said + ("; but it passes without" if home.needless else "")


def _drafts(scenario: Scenario, note: Caucused) -> str:
    if not note.drafts:
        return "no rung of its ladder finds support enough"
    texts = []
    for number, draft in enumerate(note.drafts, 1):
        said = "silence is kept" if draft.kept else _broken([party_title(scenario, party) for party in draft.broke])
        texts.append(f"draft {number} (rung {draft.rung} of its ladder): {said}")
    if not note.adopted:
        texts.append("the deadline passes, and its delegation has no instructions")
    return "; ".join(texts)


def _broken(names: list[str]) -> str:
    return f"{', '.join(names)} {'breaks' if len(names) == 1 else 'break'} silence" if names else "not enough support"
