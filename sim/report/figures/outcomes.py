"""Figure: in which share of worlds the talks ended how."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from sim.report.figures.palette import OTHER, OUTCOMES
from sim.report.figures.style import GRID, INK
from sim.report.figures.values import told
from sim.report.words.digits import interval, percent
from sim.report.words.names import outcome_name
from sim.sweeps.intervals import wilson

HEIGHT = 2.3


def outcome_shares(counts: Mapping[str, int], axes: Axes) -> Axes:
    """Bars of outcome shares with 95 % Wilson intervals.

    Parameters
    ----------
    counts
        Worlds by outcome; the bars keep their order.
    axes
        Where to draw.
    """
    total = sum(counts.values())
    for row, (outcome, count) in enumerate(counts.items()):
        low, high = wilson(count, total)
        share = count / total if total else 0.0
        axes.barh(row, share, height=0.62, color=OUTCOMES.get(outcome, OTHER))
        if total > 1:
            axes.plot([low, high], [row, row], color=INK, linewidth=1.2, marker="|", markersize=6)
        label = f"{percent(count, total)}  ({interval(count, total)})" if total > 1 else f"{count} of {total}"
        axes.text(1.03, row, label, va="center", fontsize=9)
    shares = [count / total if total else 0.0 for count in counts.values()]
    bounds = np.array([wilson(count, total) for count in counts.values()])
    names = [outcome_name(outcome) for outcome in counts]
    columns = {"Outcome": names, "Worlds": list(counts.values()), "Share": shares}
    told(axes, shares, range(len(counts)), columns | {"From": bounds[:, 0].tolist(), "To": bounds[:, 1].tolist()})
    axes.set_yticks(range(len(counts)), [outcome_name(outcome) for outcome in counts])
    axes.tick_params(axis="y", length=0, labelsize=9)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.01)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of simulated worlds, with its 95% interval", loc="left")
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.vlines([0.2, 0.4, 0.6, 0.8, 1], -0.5, len(counts) - 0.5, color=GRID, linewidth=0.6, zorder=0)
    axes.vlines([0], -0.5, len(counts) - 0.5, color=INK, linewidth=0.8)
    return axes
