"""Figure: which party turns down offers over which issue."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.positions import label_issues, party_names
from sim.report.figures.style import PAPER, QUIET, SHADES, on
from sim.report.figures.values import told
from sim.report.findings.order import by_side
from sim.scenario.model import Scenario


def refusals_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 1.6 + 0.19 * max(len(scenario.parties), 4)


def refusals(scenario: Scenario, refused: np.ndarray[Any, np.dtype[np.int64]], worlds: int, axes: Axes) -> Axes:
    """Heat map of the share of worlds without an agreement in which a party turns an offer down over an issue.

    Parameters
    ----------
    scenario
        For the names.
    refused
        Worlds by party and issue, shape (parties, issues).
    worlds
        Worlds without an agreement.
    axes
        Where to draw.
    """
    order = by_side(scenario)
    shares = refused[order] / worlds
    axes.imshow(shares, cmap=SHADES, vmin=0, vmax=1, aspect="auto", interpolation="none")
    for (row, column), share in np.ndenumerate(shares):
        if refused[order[row], column]:
            text = "<1" if share < 0.005 else f"{100 * share:.0f}"
            axes.text(column, row, text, ha="center", va="center", fontsize=6.5, color=on(SHADES(share)))
    row_of, column_of = np.indices(shares.shape).reshape(2, -1)
    columns = {
        "Party": [scenario.parties[order[row]].title for row in row_of],
        "Issue": [scenario.issues[column].title for column in column_of],
        "Worlds": refused[order].ravel().tolist(),
        "Share": shares.ravel().tolist(),
    }
    told(axes, column_of, row_of, columns)
    axes.set_yticks(range(len(order)), party_names(scenario, order), fontsize=7.5)
    label_issues(scenario, axes)
    for column in range(1, len(scenario.issues)):
        axes.axvline(column - 0.5, color=PAPER, linewidth=1)
    row = 0
    for side in scenario.sides[:-1]:
        row += len(side.members)
        axes.axhline(row - 0.5, color=QUIET, linewidth=1)
    axes.set_xlabel("Percent of the worlds without an agreement", loc="left", fontsize=8)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return axes
