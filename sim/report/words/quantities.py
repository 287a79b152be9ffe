"""What a number of a scenario is called in a sentence or a table: titles, not paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim.report.words.plain_text import cut, plain
from sim.rules import RULES
from sim.scenario.format import KINDS
from sim.scenario.model import Scenario

_LONG = 60


@dataclass(frozen=True, slots=True)
class Titles:
    """What parts of a scenario are called, by id; options by issue, and the unit of issues on a numeric scale."""

    parties: Mapping[str, str]
    sides: Mapping[str, str]
    events: Mapping[str, str]
    meetings: Mapping[str, str]
    issues: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    units: Mapping[str, str] = field(default_factory=dict)


def titles_of(scenario: Scenario) -> Titles:
    """Those of a scenario."""
    return Titles(
        {party.id: party.title for party in scenario.parties},
        {side.id: side.title for side in scenario.sides},
        {event.id: event.title for event in scenario.events},
        {meeting.id: meeting.title or meeting.id for meeting in scenario.meetings},
        {issue.id: issue.title for issue in scenario.issues},
        {issue.id: {one.id: one.title for one in issue.options} for issue in scenario.issues},
        {issue.id: issue.scale.unit for issue in scenario.issues if issue.scale and issue.scale.unit},
    )


def quantity_name(scenario: Scenario, path: str) -> str:
    """The name of the number at a path, e.g. "Russia’s weight on Membership"; the path itself where it has none."""
    return name_by(titles_of(scenario), path)


def name_by(titles: Titles, path: str) -> str:
    """As `quantity_name`, where the titles are known and the scenario is not; it stands in a sentence as it is."""
    parts = path.split(".")
    for place, part in enumerate(parts[1:], 1):
        if part in KINDS and not any(parts[place] in of for of in (titles.issues, titles.meetings, titles.events)):
            return f"{_of_distribution(part, parts[place + 1 :])} {name_by(titles, '.'.join(parts[:place]))}"
    if path in _ALONE:
        return _ALONE[path]
    match parts[0]:
        case "parties":
            return _with(titles.parties, parts[1:], lambda who, rest: f"{whose(who)} {_of_party(titles, rest)}") or path
        case "sides":
            return _with(titles.sides, parts[1:], lambda who, rest: f"{whose(who)} {_of_voice(rest)}") or path
        case "events":
            return _with(titles.events, parts[1:], lambda what, rest: _of_event(titles, what, rest)) or path
        case "meetings":
            return _with(titles.meetings, parts[1:], lambda what, rest: _of_meeting(what, rest)) or path
        case "issues":
            return _with(titles.issues, parts[1:], lambda _, rest: _of_issue(titles, parts, rest)) or path
    return path


def option_by(titles: Titles, issue: str, option: str) -> str:
    """An option as it is called, with the unit on a numeric scale; what is written where there is none of this id."""
    title = plain(titles.options.get(issue, {}).get(option, option))
    if title == option and not option[:1].isdigit():
        title = title.replace("_", " ")
    unit = plain(titles.units.get(issue, ""))
    return title if not unit or title.endswith(unit) else f"{title} {unit}"


def whose(title: str) -> str:
    """A name as the owner of something: "Russia’s", "United States’"."""
    title = cut(title, _LONG)
    return f"{title}’" if title.endswith(("s", "S")) else f"{title}’s"


_OF_VOICE = {
    "deadline": "deadline",
    "deadline.days": "patience in days",
    "pace": "pace (the share of its weight that must be content)",
    "decides": "way to decide",
    "veto": "list of vetoes",
    "opponents": "belief of what the others want",
    "opponents.noise": "error about what the others want",
    "offering": "way to find offers",
    "package_only": "refusal of partial deals",
    "caucus.drafts": "number of drafts in its caucus",
    "ratification.probability": "chance of ratification at home",
    "ratification.threshold": "threshold of ratification at home",
    "ratification.threshold.status_quo": "threshold of ratification at home beyond the status quo",
    **{
        f"decides.{name}": f"{name} ({rule.number.says[:1].lower()}{rule.number.says[1:].rstrip('.')})"
        for name, rule in RULES.items()
        if rule.number is not None
    },
}
_OF_PARTIES = {
    **_OF_VOICE,
    "reservation": "value of no deal",
    "reservation.status_quo": "value of no deal beyond the status quo",
    "weight": "weight in its side",
    "concession": "way to concede",
    "concession.exponent": "exponent of concession (the higher, the longer it holds out)",
    "acceptance": "condition for accepting",
    "loss": "loss of value away from its ideal",
    "loss.power": "exponent of loss away from its ideal",
    "walk_out.after": "number of meetings before it walks out",
    "discount.offer": "share of the gain left after each offer",
    "discount.round": "share of the gain left after each round",
    "discount.day": "share of the gain left after each day",
    "side": "side",
    "like": "model (the party that it is like)",
}
_ALONE = {
    "start": "the first day",
    "end": "the day on which watching ends",
    "end.days": "the number of days that the talks are watched",
    "deadline": "the deadline",
    "deadline.days": "the number of days of patience",
    "clock": "the clock",
    "agreement.at_least": "the number of sides whose assent is enough",
    "agreement.all": "whether all must agree",
    "agreement.veto": "the sides with a veto",
    "follow_up.after": "the time between meetings",
    "follow_up.after.days": "the number of days between meetings",
    "follow_up.rounds": "the number of rounds of a further meeting",
    "follow_up.at_most": "the largest number of further meetings",
}
_NUMBERS = {
    "uniform": ("lower end", "upper end"),
    "triangular": ("lower end", "mode", "upper end"),
    "normal": ("mean", "standard deviation"),
    "plus_minus": ("middle", "half width"),
}
"""What the numbers of a distribution are, in order."""


def _of_distribution(kind: str, rest: list[str]) -> str:
    numbers = _NUMBERS.get(kind, ())
    if len(rest) == 1 and rest[0].isdigit():
        place = int(rest[0])
        what = numbers[place] if place < len(numbers) else f"number {place + 1}"
        return f"the {what} of the distribution of"
    return "the distribution of"


def _with(titles: Mapping[str, str], parts: list[str], say: Callable[[str, list[str]], str]) -> str:
    """What there is to say of the title of the id with which the parts begin; "" where there is no such id."""
    title, rest = _longest(titles, parts)
    return say(title, rest) if title and rest else ""


def _longest(titles: Mapping[str, str], parts: list[str]) -> tuple[str, list[str]]:
    """The title of the id with which the parts begin, ids with dots too, and what follows; "" where there is none."""
    for count in range(len(parts), 0, -1):
        if (name := ".".join(parts[:count])) in titles:
            return titles[name] or name, parts[count:]
    return "", parts


def _words(rest: list[str]) -> str:
    """Keys that have no phrase, as words."""
    return plain(" ".join(rest).replace("_", " "))


def _of_voice(rest: list[str]) -> str:
    return _OF_VOICE.get(".".join(rest)) or _words(rest)


def _of_party(titles: Titles, rest: list[str]) -> str:
    if said := _OF_PARTIES.get(".".join(rest)):
        return said
    about, further = _longest(titles.issues, rest[1:])
    if not about:
        return f"{_words(rest[1:])} of its {rest[0]}" if rest[0] in _POLICIES and len(rest) > 1 else _words(rest)
    issue = ".".join(rest[1 : len(rest) - len(further)])
    about = cut(about, _LONG)
    match rest[0]:
        case "positions":
            unit = plain(titles.units.get(issue, ""))
            return f"position on {about} ({unit})" if unit else f"position on {about}"
        case "salience":
            return f"weight on {about}"
        case "scores" if further:
            return f"worth of “{cut(option_by(titles, issue, '.'.join(further)), _LONG)}” on {about}"
        case "scores":
            return f"worth of the options on {about}"
        case "red_lines" if further:
            while further[-1] in ("drawn", "probability") and len(further) > 1:
                further = further[:-1]
            return f"red line at “{cut(option_by(titles, issue, '.'.join(further)), _LONG)}” on {about}"
        case "red_lines":
            return f"red lines on {about}"
        case "ratification":
            return f"threshold of ratification at home on {about}"
    return f"{_words(rest[:1])} on {about}"


_POLICIES = ("concession", "acceptance", "offering")


def _of_event(titles: Titles, title: str, rest: list[str]) -> str:
    event = f"“{cut(title, _LONG)}”"
    match rest:
        case ["happens"]:
            return f"whether {event} happens"
        case ["probability"]:
            return f"the probability of {event}"
        case ["date", *_]:
            return f"when {event} happens"
        case ["effects", *path]:
            return f"what {event} changes in {_changed(titles, path)}"
    return f"{event}: {_words(rest)}"


def _changed(titles: Titles, path: list[str]) -> str:
    """What an effect changes, named by the full path or from the party or side on, with what is done to it."""
    done = {"set": ", by setting it", "times": ", by a factor"}.get(path[-1], "")
    path = path[:-1] if done else path
    for section in ("parties", "sides"):
        full = ".".join((section, *path))
        if (name := name_by(titles, full)) != full:
            return name + done
    return name_by(titles, ".".join(path)) + done


def _of_meeting(title: str, rest: list[str]) -> str:
    what = {
        "date": "date",
        "date.days": "date",
        "rounds": "number of rounds",
        "protocol": "protocol",
        "parties": "list of participants",
    }
    return f"the {what.get('.'.join(rest), _words(rest))} of “{cut(title, _LONG)}”"


def _of_issue(titles: Titles, parts: list[str], rest: list[str]) -> str:
    issue = ".".join(parts[1 : len(parts) - len(rest)])
    about = cut(titles.issues[issue] or issue, _LONG)
    if rest[0] == "options" and len(rest) > 2 and rest[-1] == "at":
        return f"the place of “{cut(option_by(titles, issue, '.'.join(rest[1:-1])), _LONG)}” on the scale of {about}"
    if rest == ["status_quo"]:
        return f"the status quo on {about}"
    return f"the {_words(rest)} of {about}"
