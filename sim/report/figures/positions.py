"""Figure: what every party wants most on every issue."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.report.figures.style import GRID, PAPER, QUIET, figure_width, fitting, side_colour, side_marker
from sim.report.figures.values import told
from sim.report.findings.order import by_side
from sim.report.findings.wants import Wants
from sim.report.words.options import option_name
from sim.report.words.plain_text import breadth, distinct, distinct_lines, in_legend
from sim.scenario.model import Scenario

_KEYS = 8
"""Most sides in a legend."""
_NAMES, _SLANT, _LINE = 88.0, 55.0, 1.2
"""Of the names of issues over their columns: points that rows' names take, degrees, height of a line in font sizes."""
_NAME = 36
"""Characters of a party's name beside its row, at most."""
_LETTER, _KEY = 5.0, 6
"""Of a legend: points that a letter takes, and how many letters are as wide as a key with the air around it."""
_MARGIN = 0.14
"""Part of a column that is left free on both sides of an issue's scale."""


def positions_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 2.2 + 0.19 * len(scenario.parties)


def positions(scenario: Scenario, wants: Wants, axes: Axes) -> Axes:
    """Dot plot: a row a party, a column an issue; within a column the dot lies at the party's best option.

    A line across the rows of a side shows the mean of its members by weight.
    """
    order = by_side(scenario)
    row_of = {p: row for row, p in enumerate(order)}
    issues = len(scenario.issues)
    inner = 1 - 2 * _MARGIN
    for j in range(issues):
        axes.axvspan(j + _MARGIN / 2, j + 1 - _MARGIN / 2, color=GRID, alpha=0.35, linewidth=0)
    for s, side in enumerate(scenario.sides):
        rows = [row_of[p] for p in side.members]
        place = wants.place[list(side.members)]
        x = np.arange(issues) + _MARGIN + inner * place
        y = np.broadcast_to(np.array(rows)[:, None], x.shape)
        if len(rows) > 1:
            for j in range(issues):
                centre = j + _MARGIN + inner * wants.centre(side.members, j)
                axes.vlines(centre, min(rows) - 0.5, max(rows) + 0.5, color=side_colour(s), linewidth=1, alpha=0.6)
        axes.scatter(
            x, y, s=22, color=side_colour(s), marker=side_marker(s), edgecolors=PAPER, linewidths=0.4, zorder=3
        )
        if s:
            axes.axhline(min(rows) - 0.5, color=QUIET, linewidth=0.8)
    row, column = np.indices((len(order), issues)).reshape(2, -1)
    who = np.array(order)[row]
    shown: dict[str, list[object]] = {
        "Party": [scenario.parties[p].title for p in who],
        "Issue": [scenario.issues[j].title for j in column],
        "Wants most": [_best(scenario, wants, int(p), int(j)) for p, j in zip(who, column, strict=True)],
        "Place": wants.place[who, column].tolist(),
    }
    told(axes, column + _MARGIN + inner * wants.place[who, column], row, shown)
    axes.set_xlim(0, issues)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_yticks(range(len(order)), party_names(scenario, order), fontsize=7.5)
    label_issues(scenario, axes, offset=0.5)
    legend_of_sides(scenario, axes)
    axes.get_legend().set_bbox_to_anchor((-0.01, -0.01))  # type: ignore[union-attr]
    axes.get_legend().set_loc("upper left")  # type: ignore[union-attr]
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return axes


def _best(scenario: Scenario, wants: Wants, party: int, issue: int) -> str:
    """The option that a party wants most, if it cares."""
    best = int(wants.best[party, issue])
    return option_name(scenario.issues[issue], best) if best >= 0 else ""


def party_names(scenario: Scenario, order: Sequence[int]) -> list[str]:
    """Names of parties beside their rows, in this order."""
    return distinct([scenario.parties[p].title for p in order], fitting(_NAME))


def label_issues(scenario: Scenario, axes: Axes, offset: float = 0.0) -> Axes:
    """Name the issues over their columns: level where there are few, slanted where there are many."""
    count = len(scenario.issues)
    few = count <= 3
    apart = (72 * figure_width() - _NAMES) / count * (1.0 if few else math.sin(math.radians(_SLANT)))
    size = min(7.5, apart / _LINE)
    lines = 2 if few else min(3, max(1, int(apart / (size * _LINE) - 0.35)))
    axes.xaxis.tick_top()
    axes.set_xticks(
        [j + offset for j in range(len(scenario.issues))],
        distinct_lines([issue.title for issue in scenario.issues], fitting(90 / count) if few else 36, lines),
        rotation=0 if few else _SLANT,
        ha="center" if few else "left",
        rotation_mode="anchor",
        fontsize=size,
    )
    return axes


def legend_of_sides(scenario: Scenario, axes: Axes, title: str | None = None) -> Axes:
    """Say over the axes which colour and marker belong to which side."""
    handles, labels = _keys(scenario)
    if title:
        handles.insert(0, Line2D([], [], linestyle=""))
        labels.insert(0, title)
    names = max((breadth(party.title) for party in scenario.parties), default=0)
    room = 72 * figure_width() - _LETTER * min(names, fitting(_NAME)) - _LETTER
    axes.legend(
        handles,
        labels,
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=_columns(labels, room),
        handletextpad=0.3,
        columnspacing=1.2,
    )
    return axes


def figure_legend_of_sides(scenario: Scenario, figure: Figure) -> Figure:
    """Say over all panels of a figure which colour and marker belong to which side."""
    handles, labels = _keys(scenario)
    figure.legend(
        handles, labels, loc="outside upper left", ncols=_columns(labels, 72 * figure_width()), handletextpad=0.3
    )
    return figure


def _columns(labels: list[str], room: float) -> int:
    """How many columns a legend may have in so many points."""
    return max(1, min(len(labels), int(room / (_LETTER * (max(map(breadth, labels)) + _KEY)))))


def _keys(scenario: Scenario) -> tuple[list[Line2D], list[str]]:
    """Handles and labels of the sides; of many only the first ones, as colours and markers come round again."""
    shown = scenario.sides[:_KEYS]
    handles = [
        Line2D([], [], linestyle="", color=side_colour(s), marker=side_marker(s), markersize=5)
        for s in range(len(shown))
    ]
    labels = [in_legend(title) for title in distinct([side.title for side in shown], 30)]
    if len(scenario.sides) > _KEYS:
        handles.append(Line2D([], [], linestyle=""))
        labels.append(f"and {len(scenario.sides) - _KEYS} more, in the order of the file")
    return handles, labels
