"""Figure: what each issue was settled at, in the worlds that settled it."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Counts
from sim.report.figures.style import PAPER, QUIET, SHADES, fitting, on
from sim.report.figures.values import told
from sim.report.findings.settled import Settled, settled_at
from sim.report.words.digits import percent, plural
from sim.report.words.options import settled_name
from sim.report.words.plain_text import distinct_lines, wrapped
from sim.scenario.model import Issue, Scenario

_CHARACTERS = 82
"""That fit into a bar of the whole width."""


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
    names = distinct_lines([issue.title for issue in scenario.issues], fitting(38), 2)
    totals = settled.sum(axis=1)
    same = len(set(totals.tolist())) == 1
    for row, issue in enumerate(scenario.issues):
        total = int(totals[row])
        names[row] += "" if same else f"\n({plural(total, 'world')})"
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
            option = settled_name(issue, part) + (", as it is now" if part.status_quo else "")
            columns = {"Issue": [issue.title], "Settled at": [option], "Worlds": [part.count], "Share": [share]}
            told(axes, left + share / 2, row, columns)
            label = _segment(issue, part, total, share)
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


def _segment(issue: Issue, part: Settled, total: int, share: float) -> str:
    """What fits into a segment: its share and as much of the option as there is room for."""
    room = int(share * fitting(_CHARACTERS))
    number = percent(part.count, total)
    if room < 4:
        return ""
    if room < 13:
        return number
    suffix = ", as it is now" if part.status_quo else ""
    return wrapped(f"{number} {settled_name(issue, part)}{suffix}", room, 3)
