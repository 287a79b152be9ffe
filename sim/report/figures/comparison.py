"""The figures of a comparison: shares side by side, differences with intervals, who changed, who stopped blocking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from sim.report.figures.palette import VARIANTS
from sim.report.figures.style import GRID, INK, MARKERS, PAPER, QUIET, SHADES, Shown, new_figure, on, save, styled
from sim.report.figures.values import told
from sim.report.words.comparison import points
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import cut, in_legend, plain, wrapped
from sim.sweeps.comparison import Comparison, Pair
from sim.talks.record.endings import OUTCOMES

_BLOCKERS = 16
"""Rows of the figure of blockers."""


def draw_comparison(comparison: Comparison, directory: Path) -> dict[str, Shown]:
    """Draw and save all figures of a comparison; by name.

    Parameters
    ----------
    comparison
        Of two runs or more.
    directory
        Where the files go; it must exist.
    """
    drawn: list[tuple[str, str, str, str, Figure]] = []
    with styled():
        drawn.append(("shares", "How the talks end", _SHARES, _shares_alt(comparison), _shares_figure(comparison)))
        drawn.append(
            ("differences", "What differs", _DIFFERENCES, _differences_alt(comparison), _differences_figure(comparison))
        )
        for k, pair in enumerate(comparison.pairs):
            if pair.transitions:
                title = f"Which worlds end otherwise: {pair.first} and {pair.second}"
                drawn.append((f"transitions_{k + 1}", title, _TRANSITIONS, _moves(pair), _transitions_figure(pair)))
            if pair.blockers:
                title = f"Who blocks where the end changed: {pair.first} and {pair.second}"
                figure = _blockers_figure(comparison, pair)
                drawn.append((f"blockers_{k + 1}", title, _WHO_BLOCKS, _blockers_alt(comparison, pair), figure))
        return {
            name: Shown(save(figure, directory, name, title), title, caption, alt)
            for name, title, caption, alt, figure in drawn
        }


def shares(comparison: Comparison, axes: Axes) -> Axes:
    """Share of every outcome in every run, with its interval."""
    names = _present(comparison)
    count = len(comparison.variants)
    for v, variant in enumerate(comparison.variants):
        rows = np.arange(len(names)) + _offset(v, count)
        found = [variant.outcomes.get(name, {"share": 0.0, "low": 0.0, "high": 0.0}) for name in names]
        middle = np.array([one["share"] for one in found])
        ends = np.array([[one["share"] - one["low"], one["high"] - one["share"]] for one in found]).T
        colour, marker = VARIANTS[v % len(VARIANTS)], MARKERS[v % len(MARKERS)]
        label = in_legend(cut(variant.name, 40))
        axes.errorbar(middle, rows, xerr=np.maximum(ends, 0), fmt=marker, color=colour, markersize=5, label=label)
    _rows(axes, [outcome_name(name) for name in names])
    axes.set_xlim(-0.01, 1.01)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel("Share of worlds, with its 95% interval", loc="left")
    return axes


def differences(comparison: Comparison, axes: Axes) -> Axes:
    """Difference of every share against the first run, with its interval."""
    names, count = _present(comparison), len(comparison.pairs)
    axes.axvline(0, color=INK, linewidth=0.9)
    for k, pair in enumerate(comparison.pairs):
        by_name = {share.name: share for share in pair.outcomes}
        rows = [row + _offset(k, count) for row, name in enumerate(names) if name in by_name]
        found = [by_name[name] for name in names if name in by_name]
        middle = [one.difference for one in found]
        ends = np.array([[one.difference - one.low, one.high - one.difference] for one in found]).T
        colour, marker = VARIANTS[(k + 1) % len(VARIANTS)], MARKERS[(k + 1) % len(MARKERS)]
        label = in_legend(cut(f"{pair.second} minus {pair.first}", 60))
        axes.errorbar(middle, rows, xerr=np.maximum(ends, 0), fmt=marker, color=colour, markersize=5, label=label)
    _rows(axes, [outcome_name(name) for name in names])
    axes.margins(x=0.12)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:+.3g}" if abs(x) > 1e-12 else "0"))
    axes.set_xlabel("Difference of shares in points, with its 95% interval", loc="left")
    return axes


def transitions(pair: Pair, axes: Axes) -> Axes:
    """Worlds by how they end in the first run (rows) and in the second (columns)."""
    present = {one.first for one in pair.transitions} | {one.second for one in pair.transitions}
    names = [name for name in OUTCOMES if name in present]
    counts = np.zeros((len(names), len(names)))
    for one in pair.transitions:
        counts[names.index(one.first), names.index(one.second)] = one.count
    share = counts / max(counts.sum(), 1)
    axes.imshow(np.sqrt(share), cmap=SHADES, vmin=0, vmax=1, aspect="auto", interpolation="none")
    for (row, column), count in np.ndenumerate(counts):
        if count:
            colour = on(SHADES(float(np.sqrt(share[row, column]))))
            weight = "normal" if row == column else "bold"
            axes.text(column, row, f"{int(count):,}", ha="center", va="center", color=colour, weight=weight)
    row_of, column_of = np.indices(counts.shape).reshape(2, -1)
    columns = {
        f"End in {pair.first}": [outcome_name(names[row]) for row in row_of],
        f"End in {pair.second}": [outcome_name(names[column]) for column in column_of],
        "Worlds": counts.ravel().tolist(),
    }
    told(axes, column_of, row_of, columns)
    labels = [wrapped(outcome_name(name), 12, 2) for name in names]
    axes.set_xticks(range(len(names)), labels)
    axes.set_yticks(range(len(names)), labels)
    for edge in range(1, len(names)):
        axes.axvline(edge - 0.5, color=PAPER, linewidth=1.5)
        axes.axhline(edge - 0.5, color=PAPER, linewidth=1.5)
    axes.set_xlabel(f"End in {cut(pair.second, 60)}")
    axes.set_ylabel(f"End in {cut(pair.first, 34)}")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return axes


def blockers(comparison: Comparison, pair: Pair, axes: Axes) -> Axes:
    """In how many changed worlds a party blocks in the first run alone (left) and in the second alone (right)."""
    crowds = _crowds(comparison, pair)
    rows = np.arange(len(crowds))
    stopped, started = np.array([one.stopped for one in crowds]), np.array([one.started for one in crowds])
    if stopped.any():
        axes.barh(rows, -stopped, color=VARIANTS[0], height=0.7, label="no longer blocks")
    if started.any():
        axes.barh(rows, started, color=VARIANTS[1], height=0.7, hatch="//", edgecolor=PAPER, label="now blocks")
    axes.axvline(0, color=INK, linewidth=0.9)
    _rows(axes, [one.label for one in crowds])
    axes.tick_params(axis="y", labelsize=7.5)
    most = max(int(stopped.max()), int(started.max()))
    axes.set_xlim(-1.08 * most if stopped.any() else -0.02 * most, 1.08 * most if started.any() else 0.02 * most)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{abs(x):,.0f}"))
    axes.set_xlabel(f"Worlds, of the {pair.replayed:,} that end otherwise", loc="left")
    return axes


@dataclass(frozen=True, slots=True)
class _Crowd:
    """A row of the figure of blockers: parties of one side to whom the same happened on one issue."""

    label: str
    stopped: int
    started: int


def _crowds(comparison: Comparison, pair: Pair) -> list[_Crowd]:
    side_of = {party: side for side, members in comparison.members.items() for party in members}
    together: dict[tuple[str, str, int, int], list[str]] = {}
    for one in pair.blockers:
        together.setdefault((side_of[one.party], one.issue, one.stopped, one.started), []).append(one.party)
    found = []
    for (side, issue, stopped, started), parties in together.items():
        name = cut(comparison.parties[parties[0]], 30)
        if len(parties) > 1:
            name = f"{len(parties)} members of {cut(comparison.sides[side], 18)}"
        found.append(_Crowd(f"{name}\n{cut(comparison.issues[issue], 48)}", stopped, started))
    return found[:_BLOCKERS]


def _shares_figure(comparison: Comparison) -> Figure:
    rows = len(_present(comparison)) * max(len(comparison.variants), 2)
    return _with_legend(comparison, rows, len(comparison.variants), shares)


def _differences_figure(comparison: Comparison) -> Figure:
    rows = len(_present(comparison)) * max(len(comparison.pairs), 2)
    return _with_legend(comparison, rows, len(comparison.pairs), differences)


def _with_legend(comparison: Comparison, rows: int, entries: int, draw: Callable[[Comparison, Axes], Axes]) -> Figure:
    foot = 0.1 + 0.19 * entries
    figure = new_figure(0.8 + 0.18 * rows + foot, foot=foot)
    axes = figure.subplots()
    draw(comparison, axes)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower left", bbox_to_anchor=(0.01, 0.0), ncols=1).set_in_layout(False)
    return figure


def _transitions_figure(pair: Pair) -> Figure:
    names = {one.first for one in pair.transitions} | {one.second for one in pair.transitions}
    figure = new_figure(1.1 + 0.45 * len(names))
    transitions(pair, figure.subplots())
    return figure


def _blockers_figure(comparison: Comparison, pair: Pair) -> Figure:
    foot = 0.28
    figure = new_figure(0.75 + 0.3 * max(len(_crowds(comparison, pair)), 2) + foot, foot=foot)
    axes = figure.subplots()
    blockers(comparison, pair, axes)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower left", bbox_to_anchor=(0.01, 0.0), ncols=2).set_in_layout(False)
    return figure


def _present(comparison: Comparison) -> list[str]:
    """Outcomes that any run has, and agreement in any case."""
    found = {name for one in comparison.variants for name, share in one.outcomes.items() if share["count"]}
    return [name for name in OUTCOMES if name in found or name == "agreement"]


def _offset(number: int, count: int) -> float:
    """Where a run's marks stand in a row."""
    return (number - (count - 1) / 2) * 0.7 / max(count, 2)


def _rows(axes: Axes, labels: list[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    for edge in range(1, len(labels)):
        axes.axhline(edge - 0.5, color=QUIET, linewidth=0.3)


def _shares_alt(comparison: Comparison) -> str:
    parts = []
    for variant in comparison.variants:
        told = [f"{outcome_name(name)} {one['share']:.0%}" for name, one in variant.outcomes.items() if one["count"]]
        parts.append(f"{plain(variant.name)}: {', '.join(told)}")
    return f"Dots with intervals by outcome. {'; '.join(parts)}."


def _differences_alt(comparison: Comparison) -> str:
    parts = [
        f"{plain(pair.second)} against {plain(pair.first)}: "
        + "; ".join(f"{outcome_name(one.name)} {points(one)}" for one in pair.outcomes)
        for pair in comparison.pairs
    ]
    return f"Dots with intervals about a line at no difference. {' | '.join(parts)}."


def _moves(pair: Pair) -> str:
    told = [f"{outcome_name(one.first)} to {outcome_name(one.second)} {one.count}" for one in pair.transitions]
    return f"Table of worlds by their end in the first and in the second run. {'; '.join(told)}."


def _blockers_alt(comparison: Comparison, pair: Pair) -> str:
    told = [
        f"{plain(comparison.parties[one.party])} on {plain(comparison.issues[one.issue])}: no longer in {one.stopped}, "
        f"now in {one.started}"
        for one in pair.blockers[:6]
    ]
    return f"Bars to the left and to the right. {'; '.join(told)}."


_SHARES = (
    "A dot is the share of a run's worlds that end so; its line is the 95% interval. Where the runs share their luck, "
    "the differences below are known better than these intervals suggest."
)
_DIFFERENCES = (
    "A dot right of the line: the outcome is more frequent than in the first run; left of it: less. Where the 95% "
    "interval crosses the line, the difference may be chance."
)
_TRANSITIONS = (
    "Every world is played in both runs with the same luck. On the diagonal it ends the same way; off it (bold) the "
    "change of the scenario changed its end: read from the row (first run) to the column (second run)."
)
_WHO_BLOCKS = (
    "Of the worlds that end otherwise: bars to the left count worlds in which the party blocks on the issue in the "
    "first run alone, bars to the right those in which it does so in the second alone. Members of a side to whom the "
    "same happened are put together; the most frequent are shown, all in the table."
)
