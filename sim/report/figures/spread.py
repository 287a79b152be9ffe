"""Figure: how united each side is, issue by issue."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.positions import legend_of_sides
from sim.report.figures.style import GRID, PAPER, fitting, side_colour
from sim.report.figures.values import told
from sim.report.findings.wants import Wants
from sim.report.words.options import option_name
from sim.report.words.plain_text import distinct_lines
from sim.scenario.model import Scenario


def spread_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 1.2 + 0.36 * len(scenario.issues)


def spread(scenario: Scenario, wants: Wants, axes: Axes) -> Axes:
    """Bubbles along each issue's scale: how much of a side's weight wants which option most."""
    for j in range(len(scenario.issues)):
        axes.hlines(j, 0, 1, color=GRID, linewidth=0.8, zorder=0)
        places = wants.options[j][~np.isnan(wants.options[j])]
        if len(places) <= 12:
            axes.scatter(places, np.full(len(places), j), s=14, marker="|", color=GRID, zorder=1)
        for s, side in enumerate(scenario.sides):
            members = np.array(side.members)
            best, weight = wants.best[members, j], wants.weight[members]
            total = weight[best >= 0].sum()
            used = np.unique(best[best >= 0])
            if not total or not len(used):
                continue
            x = wants.options[j, used]
            size = np.array([weight[best == option].sum() / total for option in used])
            y = j + _lane(s, len(scenario.sides))
            if len(used) > 1:
                axes.hlines(y, x.min(), x.max(), color=side_colour(s), linewidth=1, alpha=0.6)
            names = [option_name(scenario.issues[j], int(option)) for option in used]
            shown: dict[str, list[object]] = {
                "Issue": [scenario.issues[j].title] * len(used),
                "Side": [side.title] * len(used),
                "Wants most": [*names],
                "Share of its weight": size.tolist(),
            }
            told(axes, x, np.full(len(x), y), shown)
            area, colour = 6 + 110 * size, side_colour(s)
            axes.scatter(x, np.full(len(x), y), s=area, color=colour, edgecolors=PAPER, linewidths=0.6, zorder=3)
    names = distinct_lines([issue.title for issue in scenario.issues], fitting(38), 2)
    axes.set_yticks(range(len(names)), names, fontsize=7.5)
    axes.set_ylim(len(scenario.issues) - 0.4, -0.6)
    axes.set_xlim(-0.04, 1.04)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0\nfirst option", "", "0.5", "", "1\nlast option"])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    legend_of_sides(scenario, axes)
    return axes


def _lane(side: int, sides: int) -> float:
    """Sides lie a little above and below the line, that none hides another."""
    return 0.0 if sides == 1 else (side / (sides - 1) - 0.5) * 0.34
