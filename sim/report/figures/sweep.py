"""The figures of a sweep: which there are depends on what was varied and how; drawn elsewhere, captioned here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
import polars as pl
from matplotlib.figure import Figure

from sim.arrays.kinds import Floats
from sim.report.figures import sweep_bars, sweep_curves
from sim.report.figures.style import Shown, new_figure, save, styled
from sim.report.figures.sweep_axes import Scale, scales
from sim.report.findings.tenths import explained
from sim.report.words.plain_text import capital
from sim.report.words.sweep import MEANINGS, side_of
from sim.report.words.varied import Names, names_of
from sim.sweeps.discovery import Discovery
from sim.sweeps.reading import is_share, more_is_better, outcome_values
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import Sensitivity
from sim.sweeps.sweep import Sweep

_FAMILY = 6
_TRENDS = 12
_COLUMNS = 3

_LEADS = "; the thin lines only lead the eye."
_STROKES = ("", ", the stroke through it its 95% interval")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the page of a sweep is made of: the outcome it is about, and what was found; None where there is nothing."""

    outcome: str
    sensitivity: Sensitivity | None
    robustness: Robustness | None
    discovery: Discovery | None


def draw_sweep(swept: Sweep, answers: Answers, directory: Path) -> dict[str, Shown]:
    """Draw and save all figures of a sweep; by name.

    Parameters
    ----------
    swept, answers
        What was played and found.
    directory
        Where the files go; it must exist.
    """
    shown = {}
    with styled():
        for name, title, caption, alt, figure in _figures(swept, answers):
            shown[name] = Shown(save(figure, directory, name, title), title, caption, alt)
    return shown


_Plan = tuple[str, str, str, str, Figure]


def _figures(swept: Sweep, answers: Answers) -> Iterator[_Plan]:
    values = outcome_values(swept, answers.outcome)
    names = names_of(swept)
    varied = scales(swept, names)
    yield from _shapes(swept, answers.outcome, values, varied, names)
    if answers.sensitivity is not None and not answers.sensitivity.unknown:
        yield from _importance(answers.sensitivity, names)
    if answers.discovery is not None and answers.discovery.boxes:
        yield _boxes(answers.discovery, varied, names)
    if answers.robustness is not None:
        yield _choices(answers.robustness, names)


def _shapes(swept: Sweep, outcome: str, values: Floats, varied: list[Scale], names: Names) -> Iterator[_Plan]:
    """The outcome against what was varied: curves or a map where the points are a grid, else trends."""
    what = names.measure(outcome)
    moving = [scale for scale in varied if np.ptp(scale.numbers) > 0]
    grid = len(swept.points) == np.prod([len(np.unique(scale.numbers)) for scale in moving])
    numeric = [scale for scale in moving if not scale.words]
    if grid and len(moving) == 1:
        figure = new_figure(sweep_curves.HEIGHT)
        sweep_curves.curves(swept, moving[0], figure.subplots())
        yield (
            "curves",
            "How the outcomes move",
            "The share of worlds that end in each outcome. A mark is a value that was played, the stroke through it "
            f"its 95% interval{_LEADS if not moving[0].words else '.'} All values meet the same worlds, so differences "
            "between them are surer than each interval.",
            f"Marks of the shares of the outcomes against {moving[0].name}; {what} from {values.min():.2f} to "
            f"{values.max():.2f}.",
            figure,
        )
        return
    if grid and len(moving) == 2 and len(numeric) == 2:
        figure, crossed = new_figure(4.2), is_share(outcome) and values.min() < 0.5 <= values.max()
        sweep_curves.outcome_map(outcome, values, numeric[0], numeric[1], figure.subplots())
        yield (
            "map",
            f"How the {what} moves with both",
            f"A cell is a point that was played; darker is more{'' if more_is_better(outcome) else ', which is worse'}."
            + (" A line parts cells with half or more from those with less." if crossed else ""),
            f"Map of the {what} over {numeric[0].name} and {numeric[1].name}, from {values.min():.2f} to "
            f"{values.max():.2f}.",
            figure,
        )
        return
    if grid and len(moving) == 2 and len(numeric) >= 1:
        by = next((scale for scale in moving if scale.words), moving[1])
        across = next(scale for scale in moving if scale is not by)
        if len(np.unique(by.numbers)) <= _FAMILY:
            figure = new_figure(sweep_curves.HEIGHT)
            bounds = _bounds(swept, outcome)
            sweep_curves.families(outcome, values, bounds, across, by, figure.subplots())
            yield (
                "families",
                f"How the {what} moves",
                f"A mark is a point that was played{_STROKES[bounds is not None]}{_LEADS} All points meet the same "
                "worlds.",
                f"Marks of the {what} against {across.name}, one for every value of {by.name}.",
                figure,
            )
            return
    if swept.manifest["design"] != "tornado":
        yield _trends(outcome, values, moving, names)


def _trends(outcome: str, values: Floats, moving: list[Scale], names: Names) -> _Plan:
    moves = [(explained(scale.numbers, values), i) for i, scale in enumerate(moving)]
    chosen = [moving[i] for _, i in sorted(moves, key=lambda one: (-one[0], one[1]))[:_TRENDS]]
    rows = ceil(len(chosen) / _COLUMNS)
    figure = new_figure(0.3 + 1.9 * rows)
    panels = figure.subplots(rows, min(_COLUMNS, len(chosen)), squeeze=False, sharey=True).ravel()
    margin = 0.04 * (float(np.ptp(values)) or 1.0)
    limits = (float(values.min()) - margin, float(values.max()) + margin)
    for scale, axes in zip(chosen, panels, strict=False):
        sweep_curves.trend(outcome, values, scale, limits, axes)
    for axes in panels[len(chosen) :]:
        axes.set_visible(False)
    what = names.measure(outcome)
    figure.supylabel(capital(what), fontsize=8.5)
    left_out = (
        f" Of {len(moving)} that were varied the {len(chosen)} that move it most are shown."
        if len(chosen) < len(moving)
        else ""
    )
    return (
        "trends",
        f"How the {what} moves with each",
        "A grey dot is a point of the sweep. A mark is the mean over a tenth of the points, or over those with one "
        "value where there are few values, with its 95% interval where it has five points or more: what one knows of "
        f"the outcome from this number alone, whatever the others are.{left_out}",
        f"Small panels of the {what} against {', '.join(scale.name for scale in chosen)}.",
        figure,
    )


def _bounds(swept: Sweep, outcome: str) -> tuple[Floats, Floats] | None:
    if outcome not in swept.outcomes:
        return None
    low, high = (swept.points[f"{outcome}.{end}"].cast(pl.Float64).to_numpy() for end in ("low", "high"))
    return low, high


def _importance(found: Sensitivity, names: Names) -> Iterator[_Plan]:
    what = names.measure(found.outcome)
    paths = [names.name(path) for path in sweep_bars.order(found)]
    figure = new_figure(sweep_bars.bars_height(found))
    if found.method == "tornado":
        sweep_bars.tornado_bars(found, names, figure.subplots())
        caption = (
            "Each bar goes from the lowest to the highest outcome when this number alone takes the ends of its range, "
            "all others in the middle of theirs (the line). At the ends: the values that give them. Dark and hatched "
            "is better than in the middle, light worse."
        )
        yield "tornado", f"What moves the {what}, one at a time", caption, f"Tornado chart: {', '.join(paths)}.", figure
        return
    sweep_bars.index_bars(found, names, figure.subplots())
    yield (
        "indices",
        f"What moves the {what}",
        f"{MEANINGS[found.method]} "
        + (f"There are {found.note}." if found.note else "The line is the 95% interval over the choice of points."),
        f"Bars of indices, the largest first: {', '.join(paths)}.",
        figure,
    )
    if found.convergence.height and found.convergence["size"].n_unique() > 1:
        figure = new_figure(3.4)
        sweep_bars.convergence(found, names, figure.subplots())
        yield (
            "convergence",
            "Whether the indices have settled",
            "The same indices from the first eighth, quarter and half of the design, with their 95% intervals: where "
            "they still move, more points are needed.",
            "Marks of the leading indices against the number of points.",
            figure,
        )


def _boxes(found: Discovery, varied: list[Scale], names: Names) -> _Plan:
    boxes = found.boxes or ()
    figure = new_figure(sweep_bars.boxes_height(boxes))
    sweep_bars.box_ranges(boxes, varied, figure.subplots())
    return (
        "boxes",
        f"Where the {names.measure(found.outcome)} lies {side_of(found)}",
        "Each box holds the points that fulfil all its conditions; coloured is what it leaves of a number's range. "
        "Coverage: how many of the points looked for lie in it. Density: how many of its points are such.",
        "; ".join(f"Box {i + 1}: {names.conditions(box.limits)}" for i, box in enumerate(boxes)) + ".",
        figure,
    )


def _choices(found: Robustness, names: Names) -> _Plan:
    figure = new_figure(sweep_bars.choices_height(found))
    sweep_bars.choice_ranges(found, names, figure.subplots())
    return (
        "choices",
        "Which choice is robust",
        "Grey: from the worst to the best case over the uncertain points; stroke: one case in ten is worse; dot and "
        "dark bar: the mean with its 95% interval. Regret is what the best choice would have given more in the same "
        "case.",
        "Ranges of the outcome for every choice of levers.",
        figure,
    )
