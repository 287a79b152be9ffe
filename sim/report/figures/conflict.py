"""Figure: what the conflict is about, and what the closest package lacks to whom."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.answers import Analysis
from sim.report.figures.style import INK, nothing_to_show, side_colour
from sim.report.words.plain_text import distinct, distinct_lines

_MOST = 14


def conflict_height(analysis: Analysis) -> float:
    """Inches that the figure needs."""
    return 1.2 + 0.27 * max(4, len(_issues(analysis)), len(_short(analysis)))


def conflict_by_issue(analysis: Analysis, axes: Axes) -> Axes:
    """Bars: each issue's share of the conflict."""
    order = _issues(analysis)
    if analysis.conflict is None or not order:
        return nothing_to_show(axes, "Red lines alone\nrule a deal out." if analysis.conflict else "No conflict found.")
    shares = [float(analysis.conflict.by_issue[j]) for j in order]
    axes.barh(range(len(order)), [100 * x for x in shares], color=INK, height=0.65)
    _finish(axes, distinct_lines([analysis.scenario.issues[j].title for j in order], 36, 2))
    axes.set_xlabel("Share of the conflict (%)", loc="left")
    return axes


def shortfall_by_party(analysis: Analysis, axes: Axes) -> Axes:
    """Bars: what each party lacks in the package that comes closest."""
    order = _short(analysis)
    if not order:
        return nothing_to_show(axes, "The closest package\ngives everyone the\nreservation value.")
    lacking = analysis.closest.shortfalls
    parties = analysis.scenario.parties
    axes.barh(range(len(order)), lacking[order], color=[side_colour(parties[p].side) for p in order], height=0.65)
    _finish(axes, distinct([parties[p].title for p in order], 22))
    axes.set_xlabel("Shortfall in the closest package", loc="left")
    return axes


def _finish(axes: Axes, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), names, fontsize=7.5)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")


def _issues(analysis: Analysis) -> list[int]:
    if analysis.conflict is None:
        return []
    shares = analysis.conflict.by_issue
    return [int(j) for j in np.argsort(-shares, kind="stable") if shares[j] > 0.005][:_MOST]


def _short(analysis: Analysis) -> list[int]:
    lacking = analysis.closest.shortfalls
    return [int(p) for p in np.argsort(-lacking, kind="stable") if lacking[p] > 0][:_MOST]
