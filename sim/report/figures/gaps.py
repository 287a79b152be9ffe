"""Figures: how far apart the sides are, issue by issue and in total, over the rounds of the talks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.palette import VARIANTS
from sim.report.figures.style import GRID, INK, NOTHING, PAPER, QUIET, SHADES, fitting, on
from sim.report.figures.values import told
from sim.report.findings.rounds import Rounds
from sim.report.words.plain_text import distinct, distinct_lines, meeting_name, wrapped
from sim.scenario.model import Scenario

_MOST_NAMES = 20
_NUMBERED = 18
"""Most columns in which numbers can be read."""


def gap_map_height(scenario: Scenario) -> float:
    """Inches that the heat map needs."""
    return 1.75 + 0.33 * (len(scenario.issues) + 1)


def gap_map(scenario: Scenario, rounds: Rounds, axes: Axes) -> Axes:
    """Heat map of the mean gap between the sides' last offers: a row an issue, a column a round."""
    rows = [rounds.track("gap", issue=issue.id).mean for issue in scenario.issues]
    values = np.stack([rounds.track("gap").mean, *rows])
    shades = SHADES.with_extremes(bad=NOTHING)
    axes.imshow(np.ma.masked_invalid(values), cmap=shades, vmin=0, vmax=1, aspect="auto", interpolation="none")
    row, column = np.indices(values.shape).reshape(2, -1)
    about = ["Total (weighted)", *(issue.title for issue in scenario.issues)]
    shown = {"Issue": [about[k] for k in row], **_rounds(scenario, rounds, column), "Mean gap": values.ravel().tolist()}
    told(axes, column, row, shown)
    names = ["Total (weighted)", *distinct_lines([issue.title for issue in scenario.issues], fitting(38), 2)]
    axes.set_yticks(range(len(names)), names, fontsize=7.5, linespacing=1.1)
    axes.get_yticklabels()[0].set_fontweight("bold")
    axes.axhline(0.5, color=PAPER, linewidth=3)
    if len(rounds) <= fitting(_NUMBERED):
        for (row, column), value in np.ndenumerate(values):
            text = "–" if np.isnan(value) else f"{value:.2f}"
            colour = on(shades(0.0 if np.isnan(value) else value))
            axes.text(column, row, text, ha="center", va="center", fontsize=7, color=colour)
    else:
        bar = axes.figure.colorbar(axes.images[0], ax=axes, fraction=0.03, pad=0.02, ticks=[0, 0.25, 0.5, 0.75, 1])
        bar.set_label(wrapped("Mean gap (0: same option, 1: opposite ends)", 12 * len(names), 3), fontsize=7.5)
        bar.outline.set_visible(False)
    label_meetings(scenario, rounds, axes)
    axes.tick_params(axis="both", length=0)
    axes.spines[:].set_visible(False)
    return axes


def total_gap(scenario: Scenario, rounds: Rounds, axes: Axes) -> Axes:
    """Total gap over the rounds: median, and bands that hold the middle 50 % and 90 % of worlds."""
    track, wanted = rounds.track("gap"), rounds.track("position_gap")
    x = np.arange(len(rounds))
    if len(rounds) == 1:
        x_drawn, take = np.array([-0.3, 0.3]), np.array([0, 0])
    else:
        x_drawn, take = x.astype(float), x
    level = {name: values[take] for name, values in track.levels.items()}
    if max(rounds.worlds) > 1:
        for low, high, alpha, label in (("q05", "q95", 0.16, "90% of worlds"), ("q25", "q75", 0.34, "50% of worlds")):
            axes.fill_between(
                x_drawn, level[low], level[high], color=VARIANTS[0], alpha=alpha, linewidth=0, label=label
            )
    label = "Gap between offers" if max(rounds.worlds) == 1 else "Median gap between offers"
    axes.plot(x_drawn, level["q50"], color=VARIANTS[0], linewidth=2, label=label)
    if len(rounds) <= 40:
        axes.plot(x, track.levels["q50"], color=VARIANTS[0], linestyle="", marker="o", markersize=3.5)
    axes.plot(
        x_drawn,
        wanted.levels["q50"][take],
        color=QUIET,
        linewidth=1.2,
        linestyle=(0, (4, 2)),
        label="Gap between what the members want most",
    )
    quantiles = {
        f"Gap, {name[1:].lstrip('0')}% of worlds below": values.tolist()
        for name, values in track.levels.items()
        if name != "mean"
    }
    wished = {"Between first wishes": wanted.levels["q50"].tolist()}
    told(axes, x, track.levels["q50"], _rounds(scenario, rounds, x) | quantiles | wished)
    axes.set_ylim(0, 1.02)
    axes.set_xlim(-0.5, len(rounds) - 0.5)
    axes.set_ylabel("Gap (0: same package,\n1: opposite ends)")
    axes.grid(axis="y")
    label_meetings(scenario, rounds, axes)
    axes.tick_params(axis="x", labelbottom=False)
    axes.set_xlabel("")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=fitting(2), borderaxespad=0.2, handlelength=1.8)
    return axes


def worlds_left(scenario: Scenario, rounds: Rounds, axes: Axes) -> Axes:
    """Share of the worlds that held each round, as bars: how many the gap above it is about."""
    most = max(rounds.worlds)
    shares = [held / most for held in rounds.worlds]
    axes.bar(range(len(rounds)), shares, width=0.8, color=QUIET)
    told(axes, range(len(rounds)), shares, _rounds(scenario, rounds, range(len(rounds))) | {"Worlds": rounds.worlds})
    axes.set_ylim(0, 1)
    axes.set_xlim(-0.5, len(rounds) - 0.5)
    axes.set_yticks([0, 1], ["0%", "100%"])
    axes.set_ylabel("Worlds\nstill\ntalking", rotation=0, ha="right", va="center", fontsize=7.5)
    label_meetings(scenario, rounds, axes)
    for line in list(axes.lines):
        line.remove()
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes


def _rounds(scenario: Scenario, rounds: Rounds, columns: Iterable[int]) -> dict[str, Sequence[object]]:
    """Meeting and round of some columns."""
    at = [int(k) for k in columns]
    return {
        "Meeting": [meeting_name(scenario, rounds.meetings[k]) for k in at],
        "Round": [rounds.numbers[k] for k in at],
    }


def label_meetings(scenario: Scenario, rounds: Rounds, axes: Axes) -> Axes:
    """Name the meetings under their rounds, with lines between them; as many names as there is room for.

    A name is left out where it would come too close to the one before.
    """
    sittings = rounds.sittings()
    named: list[tuple[str, int, int]] = []
    for sitting in sittings:
        middle = sitting[1] + sitting[2] / 2
        if not named or middle - (named[-1][1] + named[-1][2] / 2) >= len(rounds) / fitting(_MOST_NAMES):
            named.append(sitting)
    axes.set_xticks(
        [first + (columns - 1) / 2 for _, first, columns in named],
        distinct([meeting_name(scenario, meeting) for meeting, _, _ in named], fitting(28)),
        rotation=38 if len(named) > 1 else 0,
        ha="right" if len(named) > 1 else "center",
        rotation_mode="anchor" if len(named) > 1 else None,
        fontsize=7.5,
    )
    axes.tick_params(axis="x", length=0, pad=3)
    colour, width, order = (PAPER, 2, 3) if axes.images else (GRID, 0.8, 0)
    for _, first, _ in sittings[1:]:
        axes.axvline(first - 0.5, color=colour, linewidth=width, zorder=order)
    if len(sittings) == 1 and len(rounds) > 1:
        axes.set_xlabel(axes.get_xticklabels()[0].get_text() + f", rounds 1 to {len(rounds)}", color=INK)
        step = max(1, -(-len(rounds) // fitting(20)))
        axes.set_xticks(range(0, len(rounds), step), [str(number) for number in rounds.numbers[::step]])
    return axes
