"""What an event changed, in words: whose number, by how much, and what it is now."""

from __future__ import annotations

from collections.abc import Sequence

from sim.scenario.model import VOTES, Scenario
from sim.trace.effects import Change
from sim.worlds.coding import addresses


def subject(scenario: Scenario, path: str) -> tuple[str, str]:
    """Whose number this is, and which one: "Russia", "reservation value"."""
    known = addresses(scenario)
    if path not in known or path == scenario.end_day.path:
        return _stated(scenario, path)
    name, index = known[path]
    if name == "threshold":
        side = scenario.sides[index[0]]
        return side.title, side.decides.rule
    if name == "scenario_deadline":
        return "the calendar", "deadline (days from the start)"
    if name in ("pace", "deadline"):
        what = "deadline (days from the start)" if name == "deadline" else name
        return scenario.sides[index[0]].title, what
    group, _, setting = name.partition(".")
    if group == "joined":
        return _of_vote(scenario, setting)
    owner = scenario.parties[index[0]].title
    if group == "votes":
        return owner, "votes" if setting == VOTES else f"{setting}, which its vote weighs,"
    if group == "settings":
        return owner, setting.replace(".", " ") if "." in setting or setting == "discount" else f"concession {setting}"
    of_party = {
        "reservation": "reservation value",
        "reservation_value": "reservation value",
        "weight": "weight",
        "loss": "loss exponent",
        "walk_out": "patience in meetings",
    }
    if group in of_party:
        return owner, of_party[group]
    issue = scenario.issues[index[1]]
    if group == "red":
        return owner, f"red line on {issue.title} “{issue.options[index[2]].title}”"
    if group == "salience":
        return owner, f"salience of {issue.title}"
    if group == "ideal":
        return owner, f"position on {issue.title}"
    return owner, f"score of {issue.title} “{issue.options[index[2]].title}”"


def _of_vote(scenario: Scenario, path: str) -> tuple[str, str]:
    """A number of rules by which votes are counted."""
    for side in scenario.sides:
        if path.startswith(f"sides.{side.id}."):
            return side.title, path.removeprefix(f"sides.{side.id}.").removeprefix("decides.").replace(".", " ")
    head, _, rest = path.partition(".")
    return "the agreement" if head == "agreement" else head.replace("_", " "), rest.replace(".", " ")


def possessive(owner: str) -> str:
    """Whose it is: "Russia's", "United States'"."""
    return f"{owner}'" if owner.endswith("s") else f"{owner}'s"


def changed(scenario: Scenario, changes: Sequence[Change]) -> list[str]:
    """Changes in words: "Russia's reservation value +0.030, now 0.580", and then "Germany's -0.010, now 0.400"."""
    texts, last = [], ""
    for change in changes:
        owner, what = subject(scenario, change.path)
        whose = possessive(owner)
        texts.append(f"{whose if what == last else f'{whose} {what}'} {_amount(change)}")
        last = what
    return texts


def _amount(change: Change) -> str:
    moved = change.after - change.before
    if ".red_lines." in change.path:
        return "stays as it was" if moved == 0 else "is drawn" if moved > 0 else "is given up"
    if abs(moved) < 1e-12:
        return f"stays at {change.after:.3f}"
    places = next((p for p in range(3, 12) if abs(moved) >= 10.0**-p), 12)
    return f"{moved:+.{places}f}, now {change.after:.3f}"


def _stated(scenario: Scenario, path: str) -> tuple[str, str]:
    """A number of the calendar, of a caucus or of a ratification."""
    titles = {f"meetings.{one.id}": one.title or one.id for one in scenario.meetings}
    titles |= {f"sides.{one.id}": one.title for one in scenario.sides}
    titles |= {f"parties.{one.id}": one.title for one in scenario.parties}
    for head in sorted(titles, key=len, reverse=True):
        if path.startswith(f"{head}."):
            what = path.removeprefix(f"{head}.").replace("date.days", "date (days from the start)")
            return titles[head], what.replace(".", " ")
    what = "end (days from the start)" if path == "end.days" else path.replace(".", " ").replace("_", " ")
    return "the calendar", what
