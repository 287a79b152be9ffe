"""The tables of an analysis as rows of text, for the terminal and for the page."""

from __future__ import annotations

import numpy as np

from sim.analysis.answers import Analysis
from sim.analysis.explain import TITLES, changes
from sim.analysis.findings import side_utilities
from sim.analysis.game import Packages
from sim.analysis.solutions import NAMES
from sim.report.words.digits import interval, percent
from sim.report.words.plain_text import plain

_MOST_TRADES = 10


def columns_of_packages(analysis: Analysis) -> dict[str, Packages]:
    """The packages worth showing, by title: solutions, or the closest; equal ones under one title."""
    found: dict[tuple[int, ...], list[str]] = {}
    packages = {TITLES[name]: s.package for name in NAMES if (s := analysis.solutions[name]) is not None}
    for title, package in (packages or {"Closest": analysis.closest.package}).items():
        found.setdefault(tuple(package.tolist()), []).append(title)
    if len(found) == 1 and len(packages) == len(NAMES):
        return {"All four solutions": next(iter(packages.values()))}
    return {", ".join(titles): np.array(package, dtype=np.intp) for package, titles in found.items()}


def package_rows(analysis: Analysis) -> list[tuple[str, list[str]]]:
    """By issue the option of each package of `columns_of_packages`."""
    packages = columns_of_packages(analysis).values()
    return [
        (plain(issue.title), [plain(issue.options[int(package[j])].title) for package in packages])
        for j, issue in enumerate(analysis.scenario.issues)
    ]


def utility_rows(analysis: Analysis) -> list[tuple[str, str, list[str]]]:
    """By side its reservation value and the utility of each package of `columns_of_packages`."""
    packages = columns_of_packages(analysis).values()
    worth = np.array([side_utilities(analysis, package) for package in packages])
    reservation = analysis.game.side_reservation()
    return [
        (plain(side.title), number(reservation[s]), [number(value) for value in worth[:, s]])
        for s, side in enumerate(analysis.scenario.sides)
    ]


def shortfall_rows(analysis: Analysis) -> list[tuple[str, str, str, str, str]]:
    """Party, reservation value, utility and shortfall in the closest package, red lines crossed there; if any."""
    found, scenario = analysis.closest, analysis.scenario
    worth = analysis.game.utilities(found.package[None])[:, 0]
    crossed: dict[int, list[str]] = {}
    for p, j in found.crossings:
        crossed.setdefault(p, []).append(plain(scenario.issues[j].title))
    order = sorted(range(len(scenario.parties)), key=lambda p: (-found.shortfalls[p], p))
    return [
        (
            plain(scenario.parties[p].title),
            number(analysis.game.reservation[p]),
            number(float(worth[p])),
            number(float(found.shortfalls[p])),
            ", ".join(crossed.get(p, [])),
        )
        for p in order
        if found.shortfalls[p] > 0 or p in crossed
    ]


def repair_rows(analysis: Analysis) -> list[tuple[int, list[str]]]:
    """Number of changes, and the changes in words, one line for those of a kind."""
    return [(repair.size, list(map(plain, changes(analysis, repair)))) for repair in analysis.repairs.sets]


def win_set_rows(analysis: Analysis) -> list[tuple[str, str, str, str]]:
    """Who, packages acceptable to it, their share, and the zone without its objections; smallest win-set first."""
    scenario, game = analysis.scenario, analysis.game
    groups = [
        (plain(side.title), analysis.side_win_sets[s], None)
        for s, side in enumerate(scenario.sides)
        if len(side.members) > 1
    ]
    members = [
        (plain(party.title), analysis.party_win_sets[p], analysis.without_party[p])
        for p, party in enumerate(scenario.parties)
    ]
    rows = [*groups, *sorted(members, key=lambda row: (row[1] is None, row[1] or 0))]
    return [(who, count(own), share(own, game.packages), count(without)) for who, own, without in rows]


def red_line_rows(analysis: Analysis) -> list[tuple[str, str, str, str]]:
    """Party, issue, what the red line rules out, and the zone without it; those that cost most first."""
    scenario = analysis.scenario
    order = sorted(analysis.without_red_line.items(), key=lambda entry: (-(entry[1] or 0), entry[0]))
    total = 0 if analysis.census is None else analysis.census.total
    return [
        (
            plain(scenario.parties[p].title),
            plain(scenario.issues[j].title),
            plain(scenario.issues[j].options[k].title),
            count(size),
        )
        for (p, j, k), size in order
        if size is None or size > total
    ]


def move_rows(analysis: Analysis) -> list[tuple[str, list[str]]]:
    """By issue what each side must move at least: from where to where, and how far."""
    issues, sides = analysis.scenario.issues, analysis.scenario.sides
    cells = {(move.issue, move.side): move for move in analysis.moves}
    rows = []
    for j, issue in enumerate(issues):
        texts = []
        for s in range(len(sides)):
            move = cells.get((j, s))
            if move is None:
                texts.append("any")
            elif move.distance == 0.0:
                texts.append("–")
            else:
                start, to = issue.options[move.start].title, issue.options[move.to].title
                texts.append(f"{plain(start)} → {plain(to)} ({move.distance:.2g})")
        rows.append((plain(issue.title), texts))
    return rows


def long_move_rows(analysis: Analysis) -> list[tuple[str, str, str, str, str]]:
    """Issue, side, from, to and distance of every move there is to make, the longest first."""
    scenario = analysis.scenario
    moves = sorted((move for move in analysis.moves if move.distance > 0), key=lambda move: -move.distance)
    return [
        (
            plain(scenario.issues[move.issue].title),
            plain(scenario.sides[move.side].title),
            plain(scenario.issues[move.issue].options[move.start].title),
            plain(scenario.issues[move.issue].options[move.to].title),
            f"{move.distance:.2g}",
        )
        for move in moves
    ]


def trade_rows(analysis: Analysis) -> list[tuple[str, str, str, str, str, str, str]]:
    """Who gives way on what and gains what, the other in return, and the joint gain; the best trades."""
    sides, issues = analysis.scenario.sides, analysis.scenario.issues
    return [
        (
            plain(sides[trade.first].title),
            plain(issues[trade.first_gives].title),
            signed(trade.first_gains),
            plain(sides[trade.second].title),
            plain(issues[trade.second_gives].title),
            signed(trade.second_gains),
            signed(trade.gain),
        )
        for trade in analysis.trades[:_MOST_TRADES]
    ]


def world_rows(analysis: Analysis) -> list[tuple[str, str, str]]:
    """What was asked in drawn worlds, the share in which it holds, and its interval."""
    drawn = analysis.worlds
    if drawn is None:
        return []
    titles = [f"A deal is the package: {title}" for title in columns_of_packages(analysis)]
    asked = [("A zone of agreement exists", drawn.feasible), *zip(titles, drawn.deals, strict=True)]
    return [(title, percent(own.count, own.total), interval(own.count, own.total)) for title, own in asked]


def number(value: float) -> str:
    """A utility or reservation value."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.4g}"


def signed(value: float) -> str:
    """A gain or loss."""
    return f"{value:+.3f}"


def count(value: int | None) -> str:
    """A number of packages, or that it is not known."""
    return "–" if value is None else f"{value:,}" if value < 10**12 else f"{value:.3g}"


def share(value: int | None, total: int) -> str:
    """A share of the packages."""
    if value is None or not total:
        return "–"
    part = 100 * value / total
    return f"{part:.0f}%" if part >= 10 or value in (0, total) else f"{part:.1g}%" if part < 0.1 else f"{part:.1f}%"
