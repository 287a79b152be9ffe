"""What a number of a scenario is called in a sentence or a table: titles, not paths."""

from __future__ import annotations

from sim.report.words.plain_text import cut
from sim.rules import RULES
from sim.scenario.model import Scenario

_LONG = 60


def quantity_name(scenario: Scenario, path: str) -> str:
    """The name of the number at a path, e.g. "Russia: weight of Membership"; the path itself where it has none."""
    parts = path.split(".")
    match parts[0]:
        case "parties":
            who, rest = _longest({party.id: party.title for party in scenario.parties}, parts[1:])
            said = _of_party(scenario, rest) if who else None
        case "sides":
            who, rest = _longest({side.id: side.title for side in scenario.sides}, parts[1:])
            said = _OF_SIDES.get(".".join(rest)) if who else None
        case "events":
            who, rest = _longest({event.id: event.title for event in scenario.events}, parts[1:])
            said = _of_event(scenario, rest) if who else None
        case "meetings":
            who, rest = _longest({meeting.id: meeting.title or meeting.id for meeting in scenario.meetings}, parts[1:])
            said = {"date.days": "date", "rounds": "rounds"}.get(".".join(rest)) if who else None
        case "issues":
            who, rest = _longest({issue.id: issue.title for issue in scenario.issues}, parts[1:])
            said = _place(scenario, path) if who else None
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


def _longest(titles: dict[str, str], parts: list[str]) -> tuple[str, list[str]]:
    """The title of the id with which the parts begin, ids with dots too, and what follows; "" where there is none."""
    for count in range(len(parts), 0, -1):
        if (name := ".".join(parts[:count])) in titles:
            return titles[name] or name, parts[count:]
    return "", parts


def _of_party(scenario: Scenario, rest: list[str]) -> str | None:
    said = _OF_PARTIES.get(".".join(rest))
    if said or len(rest) < 2:
        return said
    issues = {issue.id: issue.title for issue in scenario.issues}
    about, further = _longest(issues, rest[1:])
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
            option = ".".join(further)
            titles = {one.id: one.title for issue in scenario.issues for one in issue.options}
            return f"red line at “{cut(titles.get(option, option), _LONG)}” on {about}"
    return None


def _of_event(scenario: Scenario, rest: list[str]) -> str | None:
    match rest:
        case ["happens"]:
            return "whether it happens"
        case ["probability"]:
            return "its probability"
        case ["date", *_]:
            return "when it happens"
        case ["effects", *path]:
            return f"what it changes in {quantity_name(scenario, '.'.join(path))}"
    return None


def _place(scenario: Scenario, path: str) -> str | None:
    for issue in scenario.issues:
        for option in issue.options:
            if path == f"issues.{issue.id}.options.{option.id}.at":
                return f"place of “{cut(option.title, _LONG)}” on the scale"
    return None
