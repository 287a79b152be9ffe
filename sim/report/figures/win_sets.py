"""Figure: how many packages each party and side could accept, and how many all whose assent is needed could."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from sim.analysis.answers import Analysis
from sim.report.figures.positions import legend_of_sides
from sim.report.figures.style import INK, nothing_to_show, side_colour
from sim.report.words.analysis_tables import count
from sim.report.words.plain_text import distinct

_MOST = 40
_SEEN = 0.5
"""Percent that can be seen on a linear scale."""


def win_sets_height(analysis: Analysis) -> float:
    """Inches that the figure needs."""
    return 1.1 + 0.19 * len(_bars(analysis))


def win_sets(analysis: Analysis, axes: Axes) -> Axes:
    """Bars, the smallest win-set first and the zone on top; on a logarithmic scale where some could not be seen."""
    bars = _bars(analysis)
    if not bars:
        return nothing_to_show(axes, "There are too many packages to count.")
    packages = float(analysis.game.packages)
    sizes = [value for _, value, _ in bars]
    shares = np.array([100.0 * value / packages for value in sizes])
    colours = [INK if side is None else side_colour(side) for _, _, side in bars]
    tiny = shares[shares > 0].min(initial=100.0)
    low = 0.0 if tiny >= _SEEN else 0.3 * tiny
    axes.barh(range(len(bars)), np.maximum(shares - low, 0.0), left=low, color=colours, height=0.72)
    if low:
        axes.set_xscale("log")
        axes.set_xlim(low, 100.0 * (100.0 / low) ** 0.3)
        axes.minorticks_off()
    else:
        axes.set_xlim(0.0, 125.0)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= 100.0])
    for row, (value, share) in enumerate(zip(sizes, shares, strict=True)):
        axes.annotate(
            f"{count(value)} ({share:.2g}%)",
            (max(share, low), row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )
    axes.set_yticks(range(len(bars)), distinct([title for title, _, _ in bars], 28), fontsize=7.5)
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}%"))
    axes.set_xlabel("Share of all packages that are acceptable" + (", logarithmic scale" if low else ""), loc="left")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    return legend_of_sides(analysis.scenario, axes)


def _bars(analysis: Analysis) -> list[tuple[str, int, int | None]]:
    """Title, packages and side (None for the zone itself)."""
    scenario = analysis.scenario
    bars: list[tuple[str, int, int | None]] = []
    if analysis.census is not None:
        bars.append(("Zone of agreement", analysis.census.total, None))
    groups = [
        (f"{side.title} as a whole", size, s)
        for s, side in enumerate(scenario.sides)
        if len(side.members) > 1 and (size := analysis.side_win_sets[s]) is not None
    ]
    members = [
        (party.title, size, party.side)
        for p, party in enumerate(scenario.parties)
        if (size := analysis.party_win_sets[p]) is not None
    ]
    return [*bars, *groups, *sorted(members, key=lambda bar: bar[1])[:_MOST]]
