"""What an event changed in one world, in words: whose number, by how much, and what it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.scenario.model import Event, Issue, Scenario
from sim.scenario.quantities import quantities
from sim.talks.state import State
from sim.worlds.coding import Address, addresses

Reading = tuple[str, str, float]
"""Whose number it is, which one, and its value."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number before and after an event, kept in its legal range, in the units of the file."""

    path: str
    owner: str
    what: str
    before: float
    after: float

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        return {"path": self.path, "before": self.before, "after": self.after}


def readings(scenario: Scenario, state: State, event: Event) -> dict[str, Reading]:
    """What an event's effects change, and its value now in a block of one world; by path."""
    known = addresses(scenario)
    found = {}
    for effect in event.effects:
        if effect.path in state.numbers:
            found[effect.path] = _stated(scenario, effect.path, float(state.numbers[effect.path][0]))
        elif effect.path in known:
            found[effect.path] = _reading(scenario, state, effect.path, known[effect.path])
    return found


def changes(before: dict[str, Reading], after: dict[str, Reading]) -> list[Change]:
    """From readings before and after."""
    return [Change(path, owner, what, was, after[path][2]) for path, (owner, what, was) in before.items()]


def told(found: Sequence[Change]) -> list[str]:
    """Changes in words: "Russia's reservation value +0.030, now 0.580", and then "Germany's -0.010, now 0.400"."""
    texts, last = [], ""
    for change in found:
        whose = f"{change.owner}'" if change.owner.endswith("s") else f"{change.owner}'s"
        subject = whose if change.what == last else f"{whose} {change.what}"
        texts.append(f"{subject} {_amount(change)}")
        last = change.what
    return texts


def _amount(change: Change) -> str:
    moved = change.after - change.before
    if ".red_lines." in change.path:
        return "stays as it was" if moved == 0 else "is drawn" if moved > 0 else "is given up"
    if abs(moved) < 1e-12:
        return f"stays at {change.after:.3f}"
    places = next((p for p in range(3, 12) if abs(moved) >= 10.0**-p), 12)
    return f"{moved:+.{places}f}, now {change.after:.3f}"


def _stated(scenario: Scenario, path: str, value: float) -> Reading:
    """A number of the calendar, of a caucus or of a ratification."""
    titles = {f"meetings.{one.id}": one.title or one.id for one in scenario.meetings}
    titles |= {f"sides.{one.id}": one.title for one in scenario.sides}
    titles |= {f"parties.{one.id}": one.title for one in scenario.parties}
    for head in sorted(titles, key=len, reverse=True):
        if path.startswith(f"{head}."):
            what = path.removeprefix(f"{head}.").replace("date.days", "date (days from the start)")
            return titles[head], what.replace(".", " "), value
    what = "end (days from the start)" if path == "end.days" else path.replace(".", " ").replace("_", " ")
    return "the calendar", what, value


def _reading(scenario: Scenario, state: State, path: str, address: Address) -> Reading:
    name, index = address
    coded = state.coded
    if name == "threshold":
        side = scenario.sides[index[0]]
        return side.title, side.decides.rule, _legal(scenario, path, coded.threshold[index])
    if name == "scenario_deadline":
        return "the calendar", "deadline (days from the start)", float(coded.scenario_deadline[0])
    if name in ("pace", "deadline"):
        what = "deadline (days from the start)" if name == "deadline" else name
        return scenario.sides[index[0]].title, what, float(getattr(coded, name)[index][0])
    p = index[0]
    owner = scenario.parties[p].title
    if name in ("reservation", "reservation_value"):
        return owner, "reservation value", float(state.wants.reservation[p, 0])
    group, _, setting = name.partition(".")
    if group == "settings":
        what = setting.replace(".", " ") if "." in setting or setting == "discount" else f"concession {setting}"
        return owner, what, _legal(scenario, path, coded.settings[setting][p])
    value = float(getattr(coded, group)[index][0])
    if group == "weight":
        return owner, "weight", max(value, 0.0)
    if group == "loss":
        return owner, "loss exponent", _legal(scenario, path, coded.loss[p])
    if group == "walk_out":
        return owner, "patience in meetings", _legal(scenario, path, coded.walk_out[p])
    issue = scenario.issues[index[1]]
    if group == "red":
        return owner, f"red line on {issue.title} “{issue.options[index[2]].title}”", value
    if group == "salience":
        return owner, f"salience of {issue.title}", max(value, 0.0)
    if group == "ideal":
        return owner, f"position on {issue.title}", _on_scale(issue, float(np.clip(value, 0.0, 1.0)))
    return owner, f"score of {issue.title} “{issue.options[index[2]].title}”", value


def _legal(scenario: Scenario, path: str, row: Floats) -> float:
    """The number in the only world, kept in its legal range."""
    number = quantities(scenario)[path]
    value = float(row[0])
    return float(np.clip(np.floor(value + 0.5) if number.whole else value, number.low, number.high))


def _on_scale(issue: Issue, place: float) -> float:
    return place if issue.scale is None else issue.scale.start + place * (issue.scale.stop - issue.scale.start)
