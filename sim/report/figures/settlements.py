"""Figure: what each issue was settled at, in the worlds that settled it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Counts
from sim.report.figures.style import PAPER, QUIET, SHADES, on
from sim.report.words.digits import percent, plural
from sim.report.words.plain_text import plain, wrapped
from sim.scenario.model import Issue, Scenario

_MOST = 8
"""Options that can be shown one by one; more are put together in ranges."""
_RANGES = 6
_CHARACTERS = 82
"""That fit into a bar of the whole width."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One option, or a range of options of a numeric scale, with the worlds that settled there.

    `depth` is its place among the options, from 0 (the first) to 1 (the last).
    """

    label: str
    count: int
    depth: float
    status_quo: bool = False


def settled_at(issue: Issue, counts: Counts) -> list[Settled]:
    """What an issue was settled at, in the order of its options, never-chosen ones left out.

    Parameters
    ----------
    issue
        With its options.
    counts
        Worlds by option.
    """
    used = np.flatnonzero(counts[: len(issue.options)])
    last = max(len(issue.options) - 1, 1)
    if len(used) <= _MOST:
        return [
            Settled(option_name(issue, int(k)), int(counts[k]), int(k) / last, int(k) == issue.status_quo) for k in used
        ]
    edges = np.linspace(used[0], used[-1] + 1, _RANGES + 1).round().astype(int)
    result = []
    for low, high in pairwise(edges.tolist()):
        count = int(counts[low:high].sum())
        if count:
            label = f"{plain(issue.options[low].title)} to {option_name(issue, high - 1)}"
            result.append(Settled(label, count, (low + high - 1) / 2 / last))
    return result


def option_name(issue: Issue, option: int) -> str:
    """Title of an option, with the unit on a numeric scale."""
    title = plain(issue.options[option].title)
    if issue.scale is None and title == issue.options[option].id:
        title = title.replace("_", " ")
    unit = plain(issue.scale.unit) if issue.scale and issue.scale.unit else ""
    return f"{title} {unit}".strip() if not title.endswith(unit) else title


def settlements_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 0.75 + 0.5 * len(scenario.issues)


def settlements(scenario: Scenario, settled: Counts, axes: Axes) -> Axes:
    """Stacked bars: a row an issue, a segment an option, as a share of the worlds that settled the issue.

    Parameters
    ----------
    scenario
        For the names.
    settled
        Worlds by issue and option, shape (issues, options).
    axes
        Where to draw.
    """
    names = []
    totals = settled.sum(axis=1)
    same = len(set(totals.tolist())) == 1
    for row, issue in enumerate(scenario.issues):
        total = int(totals[row])
        names.append(wrapped(issue.title, 38, 2) + ("" if same else f"\n({plural(total, 'world')})"))
        if not total:
            axes.barh(row, 1, height=0.7, color="none", edgecolor=QUIET, linewidth=0.6, hatch="//")
            box = {"color": PAPER, "pad": 2}
            axes.text(0.5, row, "not settled in any world", ha="center", va="center", fontsize=8, bbox=box)
            continue
        left = 0.0
        for part in settled_at(issue, settled[row]):
            share = part.count / total
            colour = SHADES(0.12 + 0.76 * part.depth)
            axes.barh(row, share, left=left, height=0.74, color=colour, edgecolor=PAPER, linewidth=1)
            label = _segment(part, total, share)
            if label:
                middle, ink = left + share / 2, on(colour)
                axes.text(middle, row, label, ha="center", va="center", fontsize=7, color=ink, linespacing=1.0)
            left += share
    axes.set_yticks(range(len(names)), names, fontsize=7.5, linespacing=1.1)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    which = plural(int(totals[0]), "world") if same else "worlds"
    axes.set_xlabel(f"Share of the {which} that settled the issue", loc="left")
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes


def _segment(part: Settled, total: int, share: float) -> str:
    """What fits into a segment: its share and as much of the option as there is room for."""
    room = int(share * _CHARACTERS)
    number = percent(part.count, total)
    if room < 4:
        return ""
    if room < 13:
        return number
    suffix = ", as it is now" if part.status_quo else ""
    return wrapped(f"{number} {part.label}{suffix}", room, 3)
