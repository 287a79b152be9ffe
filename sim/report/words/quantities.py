"""What a number of a scenario is called in a sentence or a table: titles, not paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.report.words.plain_text import cut
from sim.rules import RULES
from sim.scenario.model import Scenario

_LONG = 60


@dataclass(frozen=True, slots=True)
class Titles:
    """What parts of a scenario are called, by id; options by issue."""

    parties: Mapping[str, str]
    sides: Mapping[str, str]
    events: Mapping[str, str]
    meetings: Mapping[str, str]
    issues: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]


def titles_of(scenario: Scenario) -> Titles:
    """Those of a scenario."""
    return Titles(
        {party.id: party.title for party in scenario.parties},
        {side.id: side.title for side in scenario.sides},
        {event.id: event.title for event in scenario.events},
        {meeting.id: meeting.title or meeting.id for meeting in scenario.meetings},
        {issue.id: issue.title for issue in scenario.issues},
        {issue.id: {one.id: one.title for one in issue.options} for issue in scenario.issues},
    )


def quantity_name(scenario: Scenario, path: str) -> str:
    """The name of the number at a path, e.g. "Russia: weight of Membership"; the path itself where it has none."""
    return name_by(titles_of(scenario), path)


def name_by(titles: Titles, path: str) -> str:
    """As `quantity_name`, where the titles are known and the scenario is not."""
    parts = path.split(".")
    match parts[0]:
        case "parties":
            who, rest = _longest(titles.parties, parts[1:])
            said = _of_party(titles, rest) if who else None
        case "sides":
            who, rest = _longest(titles.sides, parts[1:])
            said = _OF_SIDES.get(".".join(rest)) if who else None
        case "events":
            who, rest = _longest(titles.events, parts[1:])
            said = _of_event(titles, rest) if who else None
        case "meetings":
            who, rest = _longest(titles.meetings, parts[1:])
            said = {"date.days": "date", "rounds": "rounds"}.get(".".join(rest)) if who else None
        case "issues":
            who, rest = _longest(titles.issues, parts[1:])
            said = _place(titles, path) if who else None
        case _:
            return _ALONE.get(path, path)
    return f"{cut(who, _LONG)}: {said}" if said else path


_OF_SIDES = {
    "deadline.days": "days of patience",
    "pace": "share of its weight that must be content",
    **{
        f"decides.{name}": rule.number.says.removeprefix("The ").rstrip(".")
        for name, rule in RULES.items()
        if rule.number is not None
    },
}
_OF_PARTIES = {
    **_OF_SIDES,
    "reservation": "value of no deal",
    "reservation.status_quo": "value of no deal, beyond that of the status quo",
    "weight": "weight in its side",
    "concession.exponent": "how long it holds out (exponent of its concession)",
    "walk_out.after": "meetings before it walks out",
    "ratification.probability": "chance of ratification at home",
    "ratification.threshold": "what its ratifiers ask for",
    "ratification.threshold.status_quo": "what its ratifiers ask for, beyond the status quo",
}
_ALONE = {
    "follow_up.after.days": "Days between meetings",
    "follow_up.rounds": "Rounds of a follow-up",
    "follow_up.at_most": "Most follow-ups",
    "deadline.days": "Days of patience",
    "end.days": "Days that the talks are watched",
    "agreement.at_least": "Sides whose assent is enough",
}


def _longest(titles: Mapping[str, str], parts: list[str]) -> tuple[str, list[str]]:
    """The title of the id with which the parts begin, ids with dots too, and what follows; "" where there is none."""
    for count in range(len(parts), 0, -1):
        if (name := ".".join(parts[:count])) in titles:
            return titles[name] or name, parts[count:]
    return "", parts


def _of_party(titles: Titles, rest: list[str]) -> str | None:
    said = _OF_PARTIES.get(".".join(rest))
    if said or len(rest) < 2:
        return said
    about, further = _longest(titles.issues, rest[1:])
    if not about:
        return f"{rest[-1]} of its concession" if rest[0] == "concession" else None
    about = cut(about, _LONG)
    match rest[0]:
        case "positions":
            return f"position on {about}"
        case "salience":
            return f"weight of {about}"
        case "scores":
            return f"worth of an option on {about}"
        case "red_lines":
            if not further:
                return f"red lines on {about}"
            option, issue = ".".join(further), ".".join(rest[1 : len(rest) - len(further)])
            return f"red line at “{cut(titles.options[issue].get(option, option), _LONG)}” on {about}"
    return None


def _of_event(titles: Titles, rest: list[str]) -> str | None:
    match rest:
        case ["happens"]:
            return "whether it happens"
        case ["probability"]:
            return "its probability"
        case ["date", *_]:
            return "when it happens"
        case ["effects", *path]:
            return f"what it changes in {name_by(titles, '.'.join(path))}"
    return None


def _place(titles: Titles, path: str) -> str | None:
    for issue, options in titles.options.items():
        for option, title in options.items():
            if path == f"issues.{issue}.options.{option}.at":
                return f"place of “{cut(title, _LONG)}” on the scale"
    return None
