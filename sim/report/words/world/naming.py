"""Parties, sides, issues and options of a scenario as sentences name them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.scenario.model import Scenario

MOST = 4
"""So many members or red lines are named one by one before the others are counted."""


def party_title(scenario: Scenario, party: str) -> str:
    """The title of a party, by id."""
    return next(one.title for one in scenario.parties if one.id == party)


def side_title(scenario: Scenario, side: str) -> str:
    """The title of a side, by id."""
    return next(one.title for one in scenario.sides if one.id == side)


def issue_title(scenario: Scenario, issue: str) -> str:
    """The title of an issue, by id."""
    return next(one.title for one in scenario.issues if one.id == issue)


def option_title(scenario: Scenario, issue: str, option: str) -> str:
    """The title of an option, by the ids of its issue and of itself."""
    about = next(one for one in scenario.issues if one.id == issue)
    return about.options[about.index(option)].title


def option_named(scenario: Scenario, issue: str, option: str) -> str:
    """An option with its issue: Membership “No new members”."""
    return f"{issue_title(scenario, issue)} “{option_title(scenario, issue, option)}”"


def day_named(when: date) -> str:
    """A day: 12 January 2022."""
    return f"{when.day} {when:%B %Y}"


def crowd(scenario: Scenario, who: Sequence[str], members: Sequence[str]) -> str:
    """Members in words: all of them, those named, or all but those named, whichever is shortest and still exact."""
    if len(who) == len(members):
        return f"all {len(members)}" if len(members) > 2 else "both"
    rest = [party for party in members if party not in set(who)]
    if len(who) <= len(rest) or len(who) <= MOST:
        names = listed_all([party_title(scenario, party) for party in who])
        return names if len(who) <= MOST else f"{len(who)} of {len(members)} ({names})"
    return f"{len(who)} of {len(members)} (all but {listed_all([party_title(scenario, party) for party in rest])})"


def part(scenario: Scenario, who: Sequence[str], objectors: Sequence[str], members: Sequence[str]) -> str:
    """Some of the objectors in words: by those of them who are not meant, if these are fewer."""
    rest = [party for party in objectors if party not in set(who)]
    if len(objectors) < len(members) and len(rest) < len(who) and len(who) > 2:
        return f"all of these but {listed_all([party_title(scenario, party) for party in rest])}"
    return crowd(scenario, who, members)


def listed_all(names: Sequence[str]) -> str:
    """All names in a sentence: "A, B and C"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def some(texts: Sequence[str]) -> str:
    """The first few of several texts, and how many more there are."""
    if len(texts) <= MOST + 1:
        return ", ".join(texts)
    return ", ".join(texts[:MOST]) + f" and {len(texts) - MOST} more"
