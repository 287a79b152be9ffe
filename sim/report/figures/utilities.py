"""Figure: what each party gains by a deal over what it would have without one in the same world."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from sim.report.figures.style import INK, PAPER, QUIET, side_colour, side_marker
from sim.report.findings.gains import Gain, Gains
from sim.report.findings.order import by_side
from sim.report.words.digits import plural
from sim.report.words.plain_text import cut
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
        for row, p in enumerate(order if gain.worlds else ()):
            _mark(scenario, gain, p, row + (lane if both else 0.0), filled, axes)
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.set_yticks(range(len(order)), [cut(scenario.parties[p].title, 26) for p in order], fontsize=7.5)
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
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=2)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.03)
    return axes


def _mark(scenario: Scenario, gain: Gain, p: int, y: float, filled: bool, axes: Axes) -> None:
    level = {name: float(quantiles[p]) for name, quantiles in gain.levels.items()}
    side = scenario.parties[p].side
    colour = side_colour(side)
    axes.plot([level["q05"], level["q95"]], [y, y], color=colour, linewidth=0.8)
    axes.plot([level["q25"], level["q75"]], [y, y], color=colour, linewidth=2.6, alpha=0.55, solid_capstyle="butt")
    face, marker = colour if filled else PAPER, side_marker(side)
    axes.plot(level["q50"], y, marker=marker, markersize=4, color=colour, markerfacecolor=face, linestyle="")


def _handle(worlds: int, filled: bool, label: str) -> Line2D:
    text = f"{plural(worlds, 'world')} {label}"
    face = INK if filled else PAPER
    return Line2D([], [], linestyle="", marker="o", markersize=4.5, color=INK, markerfacecolor=face, label=text)
