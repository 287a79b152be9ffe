"""Figure: what each party gains by a deal over what it would have without one in the same world."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.arrays.kinds import Floats
from sim.report.figures.positions import party_names
from sim.report.figures.style import INK, PAPER, QUIET, fitting, side_colour, side_marker
from sim.report.figures.values import told
from sim.report.findings.gains import Gains
from sim.report.findings.order import by_side
from sim.report.words.digits import plural
from sim.scenario.model import Scenario

_LANE = 0.17
"""The two kinds of deals lie a little above and below the middle of the row."""


def utilities_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 1.4 + 0.22 * max(len(scenario.parties), 3)


def utilities(scenario: Scenario, gains: Gains, axes: Axes) -> Axes:
    """Median gain by party with bars over the middle 50 % and 90 % of worlds: of whole deals, and of partial ones."""
    order = by_side(scenario)
    both = gains.whole.worlds and gains.partial.worlds
    for gain, filled, lane in ((gains.whole, True, -_LANE), (gains.partial, False, _LANE)):
        for s, side in enumerate(scenario.sides if gain.worlds else ()):
            rows = [row for row, p in enumerate(order) if p in side.members]
            own = {name: level[[order[row] for row in rows]] for name, level in gain.levels.items()}
            shown: dict[str, list[object]] = {
                "Party": [scenario.parties[order[row]].title for row in rows],
                "Deals": ["whole" if filled else "partial"] * len(rows),
            }
            shown |= {f"{name[1:].lstrip('0')}% below": level.tolist() for name, level in own.items()}
            told(axes, own["q50"], np.array(rows) + (lane if both else 0.0), shown)
            _marks(axes, own, np.array(rows) + (lane if both else 0.0), side_colour(s), side_marker(s), filled)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_yticks(range(len(order)), party_names(scenario, order), fontsize=7.5)
    row = 0
    for one in scenario.sides[:-1]:
        row += len(one.members)
        axes.axhline(row - 0.5, color=QUIET, linewidth=0.8)
    axes.set_xlabel("Gain over no deal in the same world, in utility", loc="left")
    handles = [
        _handle(gain.worlds, filled, label)
        for gain, filled, label in ((gains.whole, True, "agreed on all issues"), (gains.partial, False, "on some"))
        if gain.worlds
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=fitting(2))
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.03)
    return axes


def _marks(axes: Axes, level: dict[str, Floats], y: Floats, colour: str, marker: str, filled: bool) -> None:
    """Bars and marks of the members of a side."""
    known = np.isfinite(level["q50"])
    y, level = y[known], {name: values[known] for name, values in level.items()}
    axes.hlines(y, level["q05"], level["q95"], color=colour, linewidth=0.8)
    axes.hlines(y, level["q25"], level["q75"], color=colour, linewidth=2.6, alpha=0.55, zorder=2.1)
    face = colour if filled else PAPER
    axes.plot(
        level["q50"], y, marker=marker, markersize=4, color=colour, markerfacecolor=face, linestyle="", zorder=2.2
    )


def _handle(worlds: int, filled: bool, label: str) -> Line2D:
    text = f"{plural(worlds, 'world')} {label}"
    face = INK if filled else PAPER
    return Line2D([], [], linestyle="", marker="o", markersize=4.5, color=INK, markerfacecolor=face, label=text)
