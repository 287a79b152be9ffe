"""Figures: what matters, as bars of indices, as a tornado and over sample size; boxes; choices of levers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes

from sim.arrays.kinds import Floats
from sim.report.figures.palette import VARIANTS
from sim.report.figures.style import GRID, INK, MARKERS, QUIET
from sim.report.figures.sweep_axes import Scale, outcome_axis
from sim.report.words.plain_text import capital, cut, in_legend
from sim.report.words.sweep import INDEX_NAMES, difference, leading
from sim.report.words.varied import Names
from sim.sweeps.boxes import Box
from sim.sweeps.reading import more_is_better
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import Sensitivity

MOST = 20
"""Paths in a figure; what matters least is left out."""

_ROW = 0.34


def order(found: Sensitivity) -> list[str]:
    """The paths, what matters most first."""
    table = found.indices.filter(pl.col("index") == leading(found))
    return table.sort("value", descending=True, maintain_order=True)["path"].to_list()[:MOST]


def bars_height(found: Sensitivity) -> float:
    """Inches for `index_bars` and `tornado_bars`."""
    return 1.25 + _ROW * len(order(found))


def index_bars(found: Sensitivity, names: Names, axes: Axes) -> Axes:
    """Indices with their 95 % intervals, two of them side by side where the method has two."""
    paths = order(found)
    kinds = [
        name for name in found.indices["index"].unique(maintain_order=True).to_list() if name not in ("mu", "sigma")
    ]
    rows = {(row["path"], row["index"]): row for row in found.indices.iter_rows(named=True)}
    height = 0.72 / len(kinds)
    for place, name in enumerate(kinds):
        y = np.arange(len(paths)) + (place - (len(kinds) - 1) / 2) * height
        value, low, high = (
            np.array([rows[path, name][of] for path in paths], dtype=np.float64) for of in ("value", "low", "high")
        )
        colour = VARIANTS[0] if name == leading(found) else VARIANTS[5]
        axes.barh(y, np.maximum(value, 0), height=height * 0.92, color=colour, label=INDEX_NAMES[name])
        axes.hlines(y, low, high, color=INK, linewidth=1.1)
        axes.plot(value, y, linestyle="none", marker="|", color=INK, markersize=4)
    if found.noise:
        axes.axvline(found.noise, color=VARIANTS[1], linestyle="--", linewidth=1.1, label="Chance alone stays below")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlim(left=min(0.0, float(axes.get_xlim()[0])))
    _rows(axes, paths, names)
    if len(kinds) > 1 or found.noise:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    what = "Index" if len(kinds) > 1 else INDEX_NAMES[leading(found)]
    axes.set_xlabel(what if found.note else f"{what}, with its 95% interval", loc="left")
    return axes


def tornado_bars(found: Sensitivity, names: Names, axes: Axes) -> Axes:
    """From the lowest to the highest outcome of each path alone, around where it stands with all in the middle."""
    paths = order(found)
    rows = {row["path"]: row for row in found.indices.iter_rows(named=True)}
    values = np.array([[rows[path][end] for end in ("low", "high")] for path in paths])
    base = float(rows[paths[0]]["base"])
    better = {"color": VARIANTS[0], "hatch": "//", "edgecolor": "#ffffff", "linewidth": 0}
    worse = {"color": VARIANTS[1]}
    below, above = (worse, better) if more_is_better(found.outcome) else (better, worse)
    for y, path in enumerate(paths):
        low, high = values[y]
        axes.barh(y, base - low, left=low, height=0.62, **below)
        axes.barh(y, high - base, left=base, height=0.62, **above)
        if high > low:
            for end, at, side in ((low, rows[path]["low_at"], "right"), (high, rows[path]["high_at"], "left")):
                look: Any = {"fontsize": 7.5, "color": QUIET, "ha": side, "va": "center"}
                away, name = (3 if side == "left" else -3), cut(names.value(path, at), 20)
                axes.annotate(name, (end, y), (away, 0), textcoords="offset points", **look)
    axes.axvline(base, color=INK, linewidth=0.9)
    outcome_axis(axes, found.outcome, values, names, "x")
    width = float(np.ptp(values)) or 1.0
    axes.set_xlim(values.min() - 0.16 * width, values.max() + 0.16 * width)
    _rows(axes, paths, names)
    return axes


def convergence(found: Sensitivity, names: Names, axes: Axes) -> Axes:
    """The leading index of the paths that matter most, against how many points it was computed from."""
    table = found.convergence.filter(pl.col("index") == leading(found))
    for place, path in enumerate(order(found)[: len(VARIANTS)]):
        rows = table.filter(pl.col("path") == path).sort("size")
        colour, label = VARIANTS[place], in_legend(cut(capital(names.name(path)), 90))
        x = rows["size"].to_numpy() * 1.025 ** (place - 2.5)  # side by side, so that no interval hides another
        value, low, high = (rows[name].cast(pl.Float64).to_numpy() for name in ("value", "low", "high"))
        axes.plot(x, value, color=colour, linewidth=0.7, alpha=0.6)
        axes.plot(x, value, color=colour, marker=MARKERS[place], markersize=4, linestyle="none", label=label)
        axes.vlines(x, low, high, color=colour, linewidth=1.2, alpha=0.6)
    sizes = table["size"].unique().sort().to_list()
    axes.set_xscale("log", base=2)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_xlabel("Points")
    axes.set_ylabel(INDEX_NAMES[leading(found)])
    axes.grid(axis="y")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1)
    return axes


def boxes_height(boxes: Sequence[Box]) -> float:
    """Inches for `box_ranges`."""
    return 0.9 + _ROW * sum(len(box.limits) for box in boxes) + 0.35 * len(boxes)


def box_ranges(boxes: Sequence[Box], scales: Sequence[Scale], axes: Axes) -> Axes:
    """What each box leaves of every path that it restricts, as a part of the range played."""
    by_path = {scale.path: scale for scale in scales}
    y, ticks, labels = 0.0, [], []
    for number, box in enumerate(boxes):
        text = f"Box {number + 1}: coverage {box.coverage:.0%}, density {box.density:.0%}, {box.points:,} points"
        axes.text(0.0, y, text, fontsize=8.5, weight="bold", va="center")
        y += 0.85
        for limit in box.limits:
            scale = by_path[limit.path]
            axes.barh(y, 1.0, height=0.5, color=GRID)
            if limit.words:
                width = 1.0 / len(scale.words)
                for word in limit.words:
                    axes.barh(y, width, left=scale.words.index(word) * width, height=0.5, color=VARIANTS[number])
            else:
                low, high = limit.numbers()
                least, most = float(scale.numbers.min()), float(scale.numbers.max())
                a, b = (np.clip((end - least) / (most - least), 0, 1) for end in (max(low, least), min(high, most)))
                axes.barh(y, b - a, left=a, height=0.5, color=VARIANTS[number])
            axes.text(1.015, y, cut(scale.names.bounds(limit), 40), va="center", fontsize=8)
            ticks.append(y)
            labels.append(scale.names.label(limit.path, 44))
            y += 1.0
        y += 0.2
    axes.set_yticks(ticks, labels)
    axes.set_ylim(y - 0.4, -0.6)
    axes.set_xlim(0, 1.45)
    axes.set_xticks([0, 1], ["lowest", "highest"])
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    return axes


def choices_height(found: Robustness) -> float:
    """Inches for `choice_ranges`."""
    return 1.2 + 0.45 * len(found.choices)


def choice_ranges(found: Robustness, names: Names, axes: Axes) -> Axes:
    """Every choice of levers: its worst, tenth, mean and best outcome over the uncertain points, its largest regret."""
    labels = []
    for y, row in enumerate(found.choices.iter_rows(named=True)):
        axes.hlines(y, row["worst"], row["best"], color=GRID, linewidth=6)
        axes.hlines(y, row["mean_low"], row["mean_high"], color=VARIANTS[0], linewidth=6)
        axes.plot(row["mean"], y, marker="o", color=INK, markersize=5, linestyle="none")
        axes.plot(row["tenth"], y, marker="|", color=INK, markersize=9, linestyle="none")
        text = f"regret at most {difference(found.outcome, row['regret_most'])}"
        axes.text(1.01, y, text, va="center", fontsize=8, color=QUIET, transform=axes.get_yaxis_transform())
        labels.append("\n".join(cut(capital(names.choice([lever], row)), 60) for lever in found.levers))
    ends: Floats = found.choices.select("worst", "best").to_numpy()
    outcome_axis(axes, found.outcome, ends, names, "x")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    return axes


def _rows(axes: Axes, paths: Sequence[str], names: Names) -> None:
    axes.set_yticks(range(len(paths)), [names.label(path, 44) for path in paths])
    axes.set_ylim(len(paths) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
