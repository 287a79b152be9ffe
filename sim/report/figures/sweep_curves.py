"""Figures: an outcome against what was varied, as curves, as a map of two paths, and as trends of many.

Marks, bars and cells stand where points were played, and nothing between them: a thin line leads the eye from one
number to the next, none from one word to another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Bools, Floats
from sim.report.figures.palette import OTHER, OUTCOMES, VARIANTS
from sim.report.figures.style import BAD_SHADES, GRID, INK, MARKERS, NOTHING, SHADES, on
from sim.report.figures.sweep_axes import Scale, outcome_axis
from sim.report.findings.tenths import means
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import cut, in_legend
from sim.sweeps.reading import is_share, more_is_better
from sim.sweeps.sweep import Sweep

HEIGHT = 3.3

_MANY = 40
"""With more points in a row than this their marks are small."""

_NUMBERED = 120
"""A map of so many cells or fewer says its numbers."""


def curves(swept: Sweep, scale: Scale, axes: Axes) -> Axes:
    """The share of every outcome against one path, each with the band of its 95 % interval."""
    order = np.argsort(scale.numbers, kind="stable")
    x = scale.numbers[order]
    for place, name in enumerate(swept.outcomes):
        share, low, high = (swept.points[f"{name}.{what}"].to_numpy()[order] for what in ("share", "low", "high"))
        if not share.any():
            continue
        look = {"colour": OUTCOMES.get(name, OTHER), "mark": MARKERS[place % len(MARKERS)]}
        _marks(axes, scale, x, share, (low, high), label=outcome_name(name), **look)
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
        name = by.tick(int(level)) if by.words else f"{level:g}"
        look = {"colour": VARIANTS[place % len(VARIANTS)], "mark": MARKERS[place % len(MARKERS)]}
        ends = None if bounds is None else (bounds[0][here], bounds[1][here])
        _marks(axes, scale, scale.numbers[here], values[here], ends, label=in_legend(cut(name, 40)), **look)
    axes.set_ylim(bottom=min(0.0, float(values.min())))
    outcome_axis(axes, outcome, values, scale.names)
    axes.grid(axis="y")
    scale.label(axes)
    axes.legend(title=by.names.label(by.path, 90), loc="lower left", bbox_to_anchor=(0, 1), ncols=3, alignment="left")
    return axes


def outcome_map(outcome: str, values: Floats, across: Scale, up: Scale, axes: Axes) -> Axes:
    """One outcome over a grid of two paths, a cell a point; of a share with the border at one half."""
    x, columns = np.unique(across.numbers, return_inverse=True)
    y, rows = np.unique(up.numbers, return_inverse=True)
    table = np.full((len(y), len(x)), np.nan)
    table[rows, columns] = values
    axes.set_facecolor(NOTHING)
    share = is_share(outcome)
    top = 1.0 if share and values.max() > 0.5 else float(max(values.max(), 0.05))
    least = min(0.0, float(values.min()))
    shades = SHADES if more_is_better(outcome) else BAD_SHADES
    drawn = axes.pcolormesh(_edges(x), _edges(y), table, cmap=shades, vmin=least, vmax=top)
    bar = axes.figure.colorbar(drawn, ax=axes, pad=0.02)
    outcome_axis(bar.ax, outcome, values, across.names)
    bar.outline.set_visible(False)
    if bar.solids is not None:
        bar.solids.set(rasterized=False, edgecolor="face")
    if share and np.nanmin(table) < 0.5 <= np.nanmax(table):
        line: dict[str, Any] = {"color": INK, "linewidth": 1.8}
        for ends in _borders(_edges(x), _edges(y), table >= 0.5):
            axes.plot(*ends, solid_capstyle="projecting", **line)
        key = Line2D([], [], label="Between cells below one half and cells with half or more", **line)
        axes.legend(handles=[key], loc="lower left", bbox_to_anchor=(-0.01, 1.0))
    if table.size <= _NUMBERED:
        for row, column in np.ndindex(*table.shape):
            if np.isnan(table[row, column]):
                continue
            colour = shades(float(np.clip((table[row, column] - least) / (top - least), 0, 1)))
            text = f"{100 * table[row, column]:.0f}" if share else f"{table[row, column]:.2g}"
            axes.text(float(x[column]), float(y[row]), text, ha="center", va="center", fontsize=7, color=on(colour))
    across.label(axes)
    up.label(axes, "y")
    axes.spines[:].set_visible(False)
    return axes


def trend(outcome: str, values: Floats, scale: Scale, limits: tuple[float, float], axes: Axes) -> Axes:
    """The outcome at every point against one path, and its mean over tenths of the points (or by value)."""
    axes.plot(scale.numbers, values, linestyle="none", marker="o", markersize=1.6, color=OTHER, alpha=0.35, zorder=1)
    x, mean, half = means(scale.numbers, values)
    _marks(axes, scale, x, mean, (mean - half, mean + half), colour=VARIANTS[0], mark="o")
    axes.set_ylim(*limits)
    outcome_axis(axes, outcome, values, scale.names)
    axes.set_ylabel("")
    scale.label(axes)
    axes.set_xlabel(scale.names.label(scale.path, 30, 4), fontsize=7.5)
    axes.tick_params(labelsize=7)
    axes.grid(axis="y", color=GRID)
    return axes


def _marks(
    axes: Axes,
    scale: Scale,
    x: Floats,
    y: Floats,
    ends: tuple[Floats, Floats] | None,
    *,
    colour: str,
    mark: str,
    label: str = "",
) -> None:
    """A mark with its interval at every value; between numbers a thin line to lead the eye, between words none."""
    if not scale.words:
        axes.plot(x, y, color=colour, linewidth=0.7, alpha=0.6, zorder=2)
    size = 4.0 if len(x) <= _MANY else 2.0
    axes.plot(x, y, color=colour, marker=mark, markersize=size, linestyle="none", label=label or None, zorder=3)
    if ends is not None:
        axes.vlines(x, *ends, color=colour, linewidth=1.2, alpha=0.6, zorder=2)


def _borders(x: Floats, y: Floats, inside: Bools) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Edges between cells that are inside and cells that are not, each with the ends of its x and of its y."""
    found = []
    for row, column in np.argwhere(inside[:, 1:] != inside[:, :-1]):
        found.append(((x[column + 1], x[column + 1]), (y[row], y[row + 1])))
    for row, column in np.argwhere(inside[1:] != inside[:-1]):
        found.append(((x[column], x[column + 1]), (y[row + 1], y[row + 1])))
    return found


def _edges(centres: Floats) -> Floats:
    """Edges of cells around their centres."""
    if len(centres) == 1:
        return np.array([centres[0] - 0.5, centres[0] + 0.5])
    middle = (centres[1:] + centres[:-1]) / 2
    return np.concatenate([[2 * centres[0] - middle[0]], middle, [2 * centres[-1] - middle[-1]]])
