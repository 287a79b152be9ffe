"""Who blocks: whose limits alone rule a deal out, and who turns down what is on the table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.analysis.explain import conflict_named
from sim.analysis.opening import Opening
from sim.report.findings.refusals import BlockingGroup, groups
from sim.report.words.digits import percent, plural, share_range, whole
from sim.report.words.plain_text import cut, listed, plain
from sim.scenario.model import Scenario
from sim.sweeps.possible import Possible
from sim.sweeps.summary import Summary

_FEW = 5
"""So many parties are named one by one."""
_NAMED = 4
_LONG = 80
"""Longer titles are cut."""


def who(scenario: Scenario, group: BlockingGroup) -> str:
    """The group in words: "Russia", "all 30 members of NATO", "27 of the 30 members of NATO"."""
    side = scenario.sides[group.side]
    of, all_of = len(group.parties), len(side.members)
    if all_of == 1 or of <= min(_FEW, all_of - 1):
        return listed([plain(scenario.parties[p].title) for p in group.parties], _FEW)
    name = plain(side.title)
    return (
        f"both members of {name}"
        if of == all_of == 2
        else (f"all {of} members of {name}" if of == all_of else f"{of} of the {all_of} members of {name}")
    )


def conflict_sentence(scenario: Scenario, found: Opening) -> str:
    """Whose limits cannot be met together at the central values, by the exact analysis."""
    where = "At the central values of the file, before any event,"
    if found.feasible is None:
        return f"{where} it could not be told whether a deal exists."
    if found.feasible:
        return f"{where} there is a deal to be had: nobody's needs and red lines rule it out."
    if found.conflict is None:
        return f"{where} there is no deal to be had."
    return f"{where} there is no deal to be had. {plain(conflict_named(scenario, found.conflict))}"


def pivotal(scenario: Scenario, possible: Possible) -> tuple[str, tuple[str, ...]]:
    """Whose needs and red lines alone kept a deal from being there."""
    asked, none, one = possible.pivots_of, possible.without_zone, possible.by_one
    if not asked:
        return "", ()
    if not none:
        return "Nobody's needs and red lines ruled a deal out.", ()
    if asked == 1:
        if not one:
            return "No deal was to be had, and no party could have changed that alone.", ()
        text = "A deal would have been there but for the needs and red lines of"
        return f"{text} {_either(scenario, possible)}.", ()
    worlds = _without(scenario)
    where = f"In {whole(none)} of the {whole(asked)} {worlds} no deal was to be had"
    if none == asked:
        where = f"In none of the {whole(asked)} {worlds} was a deal to be had"
    if not one:
        return f"{where}, and in none of them could one party alone have changed that.", ()
    some = "each of these" if one == none else f"{whole(one)} of these"
    text = f"{where}. In {some} one would have been there but for the needs and red lines of a single party"
    return f"{text} (share of the {worlds}, and over what):", tuple(_pivots(scenario, possible))


def _without(scenario: Scenario) -> str:
    """Worlds that end without an agreement, or with one that was refused at home."""
    return "worlds without an agreement in force" if scenario.ratified else "worlds without an agreement"


def _either(scenario: Scenario, possible: Possible) -> str:
    """The pivotal parties of a single world with their issues."""
    found = [
        f"{cut(scenario.parties[p].title, _LONG)} (over {cut(scenario.issues[j].title, _LONG)})"
        for p, j in np.argwhere(possible.pivots).tolist()
    ]
    return ", or of ".join(found)


def _pivots(scenario: Scenario, possible: Possible) -> Iterator[str]:
    """The parties that are pivotal most often, and over what; then how many more there are."""
    counts = possible.by_party
    order = [int(p) for p in np.argsort(-counts, kind="stable") if counts[p]]
    for p in order[:_NAMED]:
        issues = [int(j) for j in np.argsort(-possible.pivots[p], kind="stable") if possible.pivots[p, j]]
        over = [
            f"{cut(scenario.issues[j].title, _LONG)} ({percent(int(possible.pivots[p, j]), possible.pivots_of)})"
            for j in issues[:3]
        ]
        share = percent(int(counts[p]), possible.pivots_of)
        what = listed(over) if len(issues) > 1 else cut(scenario.issues[issues[0]].title, _LONG)
        yield f"{cut(scenario.parties[p].title, _LONG)}, {share}: {what}"
    rest = order[_NAMED:]
    if rest:
        each = share_range([int(counts[p]) for p in rest], possible.pivots_of)
        yield f"{plural(len(rest), 'other party', 'other parties')}, {each}{' each' if len(rest) > 1 else ''}"


def turned_down(scenario: Scenario, summary: Summary) -> tuple[str, tuple[str, ...]]:
    """Who turned down the other side's last offer over what, in groups by issue."""
    worlds = summary.without_agreement
    if not worlds or not any(summary.gaps.count):
        return "", ()
    found = groups(scenario, summary.refusals, worlds)
    if not found:
        return f"In the {_without(scenario)} nobody turned down the other side's last offer.", ()
    items = []
    issues = list(dict.fromkeys(group.issue for group in found))
    for issue in issues[:3]:
        parts = []
        for group in (group for group in found if group.issue == issue):
            each = "each in " if len(set(group.counts)) > 1 else ""
            share = f" ({each}{share_range(list(group.counts), worlds)})" if worlds > 1 else ""
            parts.append(who(scenario, group) + share)
        items.append(f"{cut(scenario.issues[issue].title, _LONG)}: {listed(parts)}")
    if worlds == 1:
        return "The other side's last offer was turned down, over the issue that hurt most, by:", tuple(items)
    more = f"; {plural(len(issues) - 3, 'further issue')} less often" if len(issues) > 3 else ""
    text = (
        f"In the {whole(worlds)} {_without(scenario)} the other side's last offer was turned down "
        f"{'or a deal refused at home ' if scenario.ratified else ''}over these issues{more} (share of these worlds):"
    )
    return text, tuple(items)
