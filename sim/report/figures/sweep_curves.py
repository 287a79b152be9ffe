"""Figures: an outcome against what was varied, as curves, as a map of two paths, and as trends of many."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Floats
from sim.report.figures.palette import OTHER, OUTCOMES, VARIANTS
from sim.report.figures.style import GRID, MARKERS, NOTHING, SHADES, on
from sim.report.figures.sweep_axes import Scale, outcome_axis
from sim.report.findings.tenths import means
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import cut, in_legend
from sim.report.words.sweep import path_label
from sim.sweeps.sweep import Sweep

HEIGHT = 3.3

_STYLES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))


def curves(swept: Sweep, scale: Scale, axes: Axes) -> Axes:
    """The share of every outcome against one path, each with the band of its 95 % interval."""
    order = np.argsort(scale.numbers, kind="stable")
    x = scale.numbers[order]
    for place, name in enumerate(swept.outcomes):
        share, low, high = (swept.points[f"{name}.{what}"].to_numpy()[order] for what in ("share", "low", "high"))
        if not share.any():
            continue
        colour = OUTCOMES.get(name, OTHER)
        axes.fill_between(x, low, high, color=colour, alpha=0.18, linewidth=0)
        style: dict[str, Any] = {"linestyle": _STYLES[place % len(_STYLES)], "marker": MARKERS[place % len(MARKERS)]}
        axes.plot(x, share, color=colour, label=outcome_name(name), markersize=4 if len(x) <= 40 else 0, **style)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_ylabel("Share of worlds")
    axes.grid(axis="y")
    scale.label(axes)
    axes.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1))
    return axes


def families(
    outcome: str, values: Floats, bounds: tuple[Floats, Floats] | None, scale: Scale, by: Scale, axes: Axes
) -> Axes:
    """One outcome against one path, a curve for every value of another."""
    levels = np.unique(by.numbers)
    for place, level in enumerate(levels):
        here = np.flatnonzero(by.numbers == level)
        here = here[np.argsort(scale.numbers[here], kind="stable")]
        name = by.words[int(level)] if by.words else f"{level:g}"
        colour, mark = VARIANTS[place % len(VARIANTS)], MARKERS[place % len(MARKERS)]
        if bounds is not None:
            axes.fill_between(
                scale.numbers[here], bounds[0][here], bounds[1][here], color=colour, alpha=0.15, linewidth=0
            )
        style = _STYLES[place % len(_STYLES)]
        label = in_legend(cut(name, 40))
        axes.plot(
            scale.numbers[here], values[here], color=colour, marker=mark, markersize=4, linestyle=style, label=label
        )
    axes.set_ylim(bottom=min(0.0, float(values.min())))
    outcome_axis(axes, outcome, values)
    axes.grid(axis="y")
    scale.label(axes)
    axes.legend(title=path_label(by.path, 70), loc="lower left", bbox_to_anchor=(0, 1), ncols=3, alignment="left")
    return axes


def outcome_map(outcome: str, values: Floats, across: Scale, up: Scale, axes: Axes) -> Axes:
    """One outcome over a grid of two paths, with the line of equal chance (one half) and its neighbours."""
    x, columns = np.unique(across.numbers, return_inverse=True)
    y, rows = np.unique(up.numbers, return_inverse=True)
    table = np.full((len(y), len(x)), np.nan)
    table[rows, columns] = values
    axes.set_facecolor(NOTHING)
    top = 1.0 if values.max() > 0.5 else float(max(values.max(), 0.05))
    drawn = axes.pcolormesh(_edges(x), _edges(y), table, cmap=SHADES, vmin=min(0.0, float(values.min())), vmax=top)
    bar = axes.figure.colorbar(drawn, ax=axes, pad=0.02)
    outcome_axis(bar.ax, outcome, values)
    bar.outline.set_visible(False)
    if len(x) > 1 and len(y) > 1 and not np.isnan(table).any() and table.min() < 0.5 < table.max():
        axes.contour(x, y, table, levels=[0.5], colors=[VARIANTS[1]], linewidths=1.8)
        keys = [Line2D([], [], color=VARIANTS[1], linewidth=1.8, label="50%: equal chance")]
        others = [level for level in (0.25, 0.75) if table.min() < level < table.max()]
        if others:
            axes.contour(x, y, table, levels=others, colors=[VARIANTS[1]], linewidths=0.9, linestyles="dashed")
            told = " and ".join(f"{level:.0%}" for level in others)
            keys.append(Line2D([], [], color=VARIANTS[1], linewidth=0.9, linestyle="dashed", label=told))
        axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=2)
    elif table.size <= 120:
        for row, column in np.ndindex(*table.shape):
            colour = SHADES(float(np.clip(table[row, column] / top, 0, 1)))
            at, text = (float(x[column]), float(y[row])), f"{100 * table[row, column]:.0f}"
            axes.text(*at, text, ha="center", va="center", fontsize=7, color=on(colour))
    across.label(axes)
    up.label(axes, "y")
    axes.spines[:].set_visible(False)
    return axes


def trend(outcome: str, values: Floats, scale: Scale, limits: tuple[float, float], axes: Axes) -> Axes:
    """The outcome at every point against one path, and its mean over tenths of the points (or by value)."""
    axes.plot(scale.numbers, values, linestyle="none", marker="o", markersize=1.6, color=OTHER, alpha=0.35, zorder=1)
    x, mean, half = means(scale.numbers, values)
    if scale.words:
        axes.errorbar(x, mean, half, color=VARIANTS[0], marker="o", markersize=4, linestyle="none", capsize=3, zorder=3)
    else:
        axes.fill_between(x, mean - half, mean + half, color=VARIANTS[0], alpha=0.25, linewidth=0, zorder=2)
        axes.plot(x, mean, color=VARIANTS[0], marker="o", markersize=3.2, zorder=3)
    axes.set_ylim(*limits)
    outcome_axis(axes, outcome, values)
    axes.set_ylabel("")
    scale.label(axes)
    axes.set_xlabel(path_label(scale.path, 32), fontsize=7.5)
    axes.tick_params(labelsize=7)
    axes.grid(axis="y", color=GRID)
    return axes


def _edges(centres: Floats) -> Floats:
    """Edges of cells around their centres."""
    if len(centres) == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    middle = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])
