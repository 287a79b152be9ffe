"""What an event changed in one world: which number, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.scenario.model import Event, Issue, Scenario
from sim.scenario.quantities import quantities
from sim.talks.state import State
from sim.worlds.coding import Address, addresses


@dataclass(frozen=True, slots=True)
class Change:
    """A number before and after an event, kept in its legal range, in the units of the file."""

    path: str
    before: float
    after: float

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        return {"path": self.path, "before": self.before, "after": self.after}


def readings(scenario: Scenario, state: State, event: Event) -> dict[str, float]:
    """What the numbers that an event's effects change are now in a block of one world; by path."""
    known = addresses(scenario)
    found = {}
    for effect in event.effects:
        if effect.path in state.numbers:
            found[effect.path] = float(state.numbers[effect.path][0])
        elif effect.path in known:
            found[effect.path] = _reading(scenario, state, effect.path, known[effect.path])
    return found


def changes(before: dict[str, float], after: dict[str, float]) -> list[Change]:
    """From readings before and after."""
    return [Change(path, was, after[path]) for path, was in before.items()]


def _reading(scenario: Scenario, state: State, path: str, address: Address) -> float:
    name, index = address
    coded = state.coded
    if name == "threshold":
        return _legal(scenario, path, coded.threshold[index])
    if name == "scenario_deadline":
        return float(coded.scenario_deadline[0])
    if name in ("pace", "deadline"):
        return float(getattr(coded, name)[index][0])
    group, _, setting = name.partition(".")
    if group in ("votes", "joined"):
        return _legal(scenario, path, getattr(coded, group)[setting][index])
    p = index[0]
    if name in ("reservation", "reservation_value"):
        return float(state.wants.reservation[p, 0])
    if group == "settings":
        return _legal(scenario, path, coded.settings[setting][p])
    value = float(getattr(coded, group)[index][0])
    if group == "loss":
        return _legal(scenario, path, coded.loss[p])
    if group == "walk_out":
        return _legal(scenario, path, coded.walk_out[p])
    if group in ("weight", "salience"):
        return max(value, 0.0)
    if group == "ideal":
        return _on_scale(scenario.issues[index[1]], float(np.clip(value, 0.0, 1.0)))
    return value


def _legal(scenario: Scenario, path: str, row: Floats) -> float:
    """The number in the only world, kept in its legal range."""
    number = quantities(scenario)[path]
    value = float(row[0])
    return float(np.clip(np.floor(value + 0.5) if number.whole else value, number.low, number.high))


def _on_scale(issue: Issue, place: float) -> float:
    return place if issue.scale is None else issue.scale.start + place * (issue.scale.stop - issue.scale.start)
