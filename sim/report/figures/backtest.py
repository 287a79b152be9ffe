"""Figures of the backtest over cases: calibration of the shares of agreement, and the cases one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from sim.forecast.history import HistoryBacktest
from sim.report.figures.palette import VARIANTS
from sim.report.figures.style import INK, QUIET, Shown, new_figure, save, styled
from sim.report.words.plain_text import cut
from sim.sweeps.intervals import wilson

BINS = ((0.0, 1 / 3), (1 / 3, 2 / 3), (2 / 3, 1.0))
"""Thirds of the scale: so few cases fill no more."""

_YES, _NO = VARIANTS[0], VARIANTS[1]


def draw_backtest(found: HistoryBacktest, directory: Path) -> list[Shown]:
    """Draw and save both figures into an existing directory."""
    with styled():
        figure = new_figure(3.6)
        bins = calibration(found, figure.add_subplot())
        first = save(
            figure, directory, "calibration", "How often there was one, by the share of worlds with an agreement"
        )
        figure = new_figure(0.9 + 0.26 * len(found.cases))
        one_by_one(found, figure.add_subplot())
        second = save(figure, directory, "cases", "Share of worlds with an agreement, case by case")
    told = "; ".join(f"{low:.0%} to {high:.0%}: {yes} of {total}" for (low, high), yes, total in bins if total)
    return [
        Shown(
            first,
            "Calibration",
            "Below and above, one mark per case at its share. The bars are how often there was an agreement in the "
            "cases of a third of the scale, with 95% intervals; on the line shares and frequencies agree.",
            f"Agreements by third of the scale: {told}.",
        ),
        Shown(
            second,
            "Case by case",
            "Share of the worlds with a full agreement, with the 95% interval for so many worlds. Full dots: there was "
            "an agreement in fact; hollow squares: there was none.",
            "; ".join(
                f"{case.name} {case.share:.0%}, {'agreement' if case.happened else 'none'}" for case in found.cases
            )
            + ".",
        ),
    ]


def calibration(found: HistoryBacktest, axes: Axes) -> list[tuple[tuple[float, float], int, int]]:
    """Frequency of agreement by third of the scale, with 95 % intervals; what was drawn: thirds, agreements, cases."""
    share, happened = found.probability["talks"], found.happened
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=0.8, linestyle=(0, (4, 3)))
    drawn = []
    for low, high in BINS:
        inside = (share >= low) & ((share < high) | (high >= 1.0))
        yes, total = int(happened[inside].sum()), int(inside.sum())
        drawn.append(((low, high), yes, total))
        if total:
            x, y, ends = float(share[inside].mean()), yes / total, wilson(yes, total)
            axes.plot([x, x], ends, color=VARIANTS[2], linewidth=6, alpha=0.35, solid_capstyle="butt")
            axes.plot(x, y, marker="D", color=VARIANTS[2], markersize=6)
            axes.annotate(f"{yes} of {total}", (x, y), (7, 4), textcoords="offset points", color=INK)
    for value, colour, marker, at in ((1.0, _YES, "o", 1.08), (0.0, _NO, "s", -0.08)):
        chosen = share[happened == value]
        face = colour if value else "none"
        axes.plot(chosen, np.full(len(chosen), at), marker=marker, color=colour, markerfacecolor=face, linestyle="")
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.16, 1.16)
    axes.set_xticks(np.linspace(0, 1, 6), [f"{x:.0%}" for x in np.linspace(0, 1, 6)])
    axes.set_yticks([-0.08, 0, 0.5, 1, 1.08], ["none", "0%", "50%", "100%", "agreement"])
    axes.set_xlabel("Share of worlds with an agreement", loc="left", color=INK)
    axes.grid(axis="both")
    return drawn


def one_by_one(found: HistoryBacktest, axes: Axes) -> Axes:
    """A row a case, by its share."""
    ordered = sorted(found.cases, key=lambda case: case.share)
    for row, case in enumerate(ordered):
        low, high = wilson(case.endings["agreement"], case.worlds)
        yes = bool(case.happened)
        colour, marker = (_YES, "o") if yes else (_NO, "s")
        axes.plot([low, high], [row, row], color=colour, linewidth=2.4, alpha=0.45, solid_capstyle="butt")
        axes.plot(
            case.endings["agreement"] / case.worlds,
            row,
            marker=marker,
            color=colour,
            markerfacecolor=colour if yes else "none",
            linestyle="",
        )
    axes.set_yticks(range(len(ordered)), [cut(case.scenario.title, 44) for case in ordered], fontsize=7.5)
    axes.set_ylim(-0.6, len(ordered) - 0.4)
    axes.set_xlim(0, 1)
    axes.set_xticks(np.linspace(0, 1, 6), [f"{x:.0%}" for x in np.linspace(0, 1, 6)])
    axes.set_xlabel("Share of worlds with an agreement (full dot: there was one)", loc="left", color=INK)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return axes
