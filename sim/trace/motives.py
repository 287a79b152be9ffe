"""Why the members of a side demand what they demand, in words and numbers, as their policies say it (one world)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.accepting import acceptance
from sim.parties.conceding import groups
from sim.policies.situation import Situation
from sim.talks.observer import Turn
from sim.talks.seats.sitting import Sitting
from sim.worlds.preferences import spread

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

_TOLD = 3
"""So many policies of a side's members, or issues, are told one by one before the others are counted."""


@dataclass(frozen=True, slots=True)
class Motive:
    """What the members of a side demand and accept, and what their policies say of it.

    `key` is the same for two of them that differ only in what policies demand that follow the clock.
    """

    text: str
    key: Any


def motive(sitting: Sitting, turn: Turn) -> Motive:
    """Of the side whose turn it is."""
    delegation, scenario = sitting.delegations[turn.delegation], sitting.scenario
    demand = turn.aspiration[:, 0]
    told = [_concession(sitting, p, float(a)) for p, a in zip(delegation.parties, demand, strict=True)]
    phrases, keys = [phrase for phrase, _ in told], [key for _, key in told]
    conditions = [
        _acceptance(sitting, p, float(x)) for p, x in zip(delegation.parties, turn.threshold[:, 0], strict=True)
    ]
    titles = [scenario.parties[p].title for p in delegation.parties]
    if len(phrases) == 1:
        text = f"it demands {demand[0]:.3f} now, as {phrases[0]}"
        text += f"; it {conditions[0]}" if conditions[0] else ""
    else:
        low, high = float(demand.min()), float(demand.max())
        numbers = f"{low:.3f}" if f"{low:.3f}" == f"{high:.3f}" else f"between {low:.3f} and {high:.3f}"
        text = f"its members demand {numbers} now{_of_members(titles, phrases)}"
        text += _conditions_of_members(titles, conditions)
    belief = _belief(sitting, turn.delegation)
    accepting = tuple(scenario.parties[p].acceptance for p in delegation.parties)
    return Motive(text + (f"; {belief}" if belief else ""), (tuple(keys), accepting, belief))


def _concession(sitting: Sitting, p: int, demand: float) -> tuple[str, Any]:
    """What the concession policy of a party says of its demand, and what of it may change without being news."""
    group = next(one for one in sitting.policies or groups(sitting.scenario) if p in one.who)
    own = {name: sitting.settings[name][[p]] for name in group.names}
    if sitting.situations is not None:
        situation = sitting.situations([p], own, group.words)
    else:
        situation = Situation(
            sitting.time[[sitting.scenario.parties[p].side]],
            sitting.best[[p]],
            sitting.reservation[[p]],
            own,
            group.words,
            least=sitting.least[[p]],
        )
    phrase = group.policy.phrase(situation, demand)
    if group.policy.reacts:
        return phrase, (phrase, round(demand, 3))
    return phrase, (sitting.scenario.parties[p].concession.name, [float(values[0, 0]) for values in own.values()])


def _acceptance(sitting: Sitting, p: int, threshold: float) -> str:
    """What a party accepts, where that is not what it demands."""
    if sitting.situations is None:
        return ""
    condition = sitting.scenario.parties[p].acceptance
    own = {key: sitting.settings[f"acceptance.{key}"][[p]] for key, _ in condition.settings}
    situation = sitting.situations([p], own, dict(condition.words))
    return acceptance(condition.name, sitting.scenario.code).phrase(situation, threshold)


def _of_members(titles: Sequence[str], phrases: Sequence[str]) -> str:
    """The phrases of a side's members, those together that differ in nothing but numbers."""
    alike: dict[str, list[int]] = {}
    for m, phrase in enumerate(phrases):
        alike.setdefault(_NUMBER.sub("#", phrase), []).append(m)
    if len(alike) == 1:
        return f", each as {_together(phrases)}"
    told = []
    for members in list(alike.values())[:_TOLD]:
        named = titles[members[0]] if len(members) == 1 else f"{titles[members[0]]} and {len(members) - 1} more"
        told.append(f"{named} as {_together([phrases[m] for m in members])}")
    rest = len(phrases) - sum(len(members) for members in list(alike.values())[:_TOLD])
    return f": {'; '.join(told)}" + (f"; and {rest} by other policies" if rest else "")


def _together(phrases: Sequence[str]) -> str:
    """Phrases that differ in numbers alone as one, with the range of each number."""
    numbers = zip(*(_NUMBER.findall(phrase) for phrase in phrases), strict=True)
    ranges = [(min(found, key=float), max(found, key=float)) for found in numbers]
    shown = iter(low if low == high else f"{low} to {high}" for low, high in ranges)
    return _NUMBER.sub(lambda _: next(shown), phrases[0])


def _conditions_of_members(titles: Sequence[str], conditions: Sequence[str]) -> str:
    found = [f"{title} {condition}" for title, condition in zip(titles, conditions, strict=True) if condition]
    rest = f"; {len(found) - _TOLD} more by conditions of their own" if len(found) > _TOLD else ""
    return "".join(f"; {one}" for one in found[:_TOLD]) + rest


def _belief(sitting: Sitting, i: int) -> str:
    """For which issues the i-th side believes the others to care most, where it does not know it."""
    side = sitting.scenario.sides[sitting.delegations[i].side]
    if side.opponents.kind == "known" or sitting.on_table[:, 0].sum() < 2 or len(sitting.delegations) < 2:
        return ""
    believed = sitting.preparations.belief(sitting.kind, i, sitting.cohort)
    care = np.where(sitting.on_table, spread(believed, sitting.state.coded.exists), 0.0)
    whole = float(total(care)[0])
    if whole <= TOLERANCE:
        return ""
    first = [int(j) for j in np.argsort(-np.round(care[:, 0] / whole, 9), kind="stable")][:_TOLD]
    issues = [f"{sitting.scenario.issues[j].title} {care[j, 0] / whole:.0%}" for j in first if care[j, 0] > TOLERANCE]
    return f"it believes that the others care most for {', '.join(issues)}"
