"""Why the members of a side demand what they demand, in words: as their policies say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.report.words.world.naming import issue_title, party_title
from sim.scenario.model import Scenario
from sim.trace.motives import Demand, Motive

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")

_TOLD = 3
"""So many policies of a side's members, or issues, are told one by one before the others are counted."""


def motivated(scenario: Scenario, motive: Motive) -> str:
    """What the members of a side demand and accept, and what their policies say of it."""
    amounts = [one.amount for one in motive.demands]
    phrases = [one.phrase for one in motive.demands]
    conditions = [one.accepts for one in motive.demands]
    titles = [party_title(scenario, one.party) for one in motive.demands]
    if len(phrases) == 1:
        text = f"it demands {amounts[0]:.3f} now, as {phrases[0]}"
        text += f"; it {conditions[0]}" if conditions[0] else ""
    else:
        low, high = f"{min(amounts):.3f}", f"{max(amounts):.3f}"
        numbers = low if low == high else f"between {low} and {high}"
        text = f"its members demand {numbers} now{_of_members(titles, phrases)}"
        text += _conditions_of_members(titles, conditions)
    belief = _belief(scenario, motive)
    return text + (f"; {belief}" if belief else "")


def policies_of(scenario: Scenario, motive: Motive) -> Any:
    """The same for two motives that differ only in what policies demand that follow the clock."""
    accepting = tuple(scenario.parties[_place(scenario, one.party)].acceptance for one in motive.demands)
    return tuple(map(_policy, motive.demands)), accepting, _belief(scenario, motive)


def _policy(demand: Demand) -> Any:
    return (demand.phrase, round(demand.amount, 3)) if demand.reacts else (demand.policy, demand.settings)


def _place(scenario: Scenario, party: str) -> int:
    return next(p for p, one in enumerate(scenario.parties) if one.id == party)


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


def _belief(scenario: Scenario, motive: Motive) -> str:
    """For which issues the side believes the others to care most, where it does not know it."""
    issues = [f"{issue_title(scenario, issue)} {share:.0%}" for issue, share in motive.believed[:_TOLD]]
    return f"it believes that the others care most for {', '.join(issues)}" if issues else ""
