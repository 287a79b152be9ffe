"""Figure: the numbers that moved most, before and after a calibration, each on the range that the file gave it."""

from __future__ import annotations

from pathlib import Path

from matplotlib.axes import Axes

from sim.forecast.calibration import Calibration, Moved
from sim.report.figures.palette import VARIANTS
from sim.report.figures.style import INK, QUIET, Shown, new_figure, save, styled
from sim.report.words.calibration import moved_by, number_name
from sim.report.words.plain_text import distinct

_MOST = 20
_BEFORE, _AFTER = QUIET, VARIANTS[2]


def draw_calibration(result: Calibration, directory: Path) -> Shown | None:
    """Draw and save the figure into an existing directory; None where nothing moved clearly."""
    clear = sorted((moved for moved in result.moved if moved.clear), key=moved_by, reverse=True)[:_MOST]
    if not clear:
        return None
    with styled():
        figure = new_figure(1.1 + 0.24 * len(clear))
        names = distinct([number_name(result, one) for one in clear], 52)
        moved_numbers(clear, names, figure.add_subplot())
        title = "What the observations moved"
        drawing = save(figure, directory, "calibration", title)
    first = clear[0]
    alt = (
        f"{len(clear)} numbers before and after. The most moved is “{number_name(result, first)}”: its mean goes from "
        f"{first.before[0]:.3g} to {first.after[0]:.3g}."
    )
    caption = (
        "One row per number, on the range of its middle 90% before: grey with round marks as the file states it, in "
        "colour with diamonds as the observations narrow it; marks at the means."
    )
    return Shown(drawing, title, caption, alt)


def moved_numbers(moved: list[Moved], names: list[str], axes: Axes) -> Axes:
    """Bars over the middle 90 per cent before and after, scaled so that before runs from 0 to 1."""
    for row, one in enumerate(moved):
        _, _, low, high = one.before
        width = high - low or 1.0
        for numbers, colour, y, marker in (
            (one.before, _BEFORE, row - 0.14, "o"),
            (one.after, _AFTER, row + 0.14, "D"),
        ):
            at = [(x - low) / width for x in (numbers[2], numbers[0], numbers[3])]
            axes.plot([at[0], at[2]], [y, y], color=colour, linewidth=2.6, alpha=0.55, solid_capstyle="butt")
            axes.plot(at[1], y, marker=marker, color=colour, markersize=4.5, linestyle="")
        axes.text(1.04, row, f"{low:.3g} to {high:.3g}", va="center", fontsize=7, color=QUIET)
    axes.set_ylim(len(moved) - 0.4, -0.6)
    axes.set_yticks(range(len(moved)), names, fontsize=7.5)
    axes.set_xlim(-0.05, 1.3)
    axes.set_xticks([0.0, 0.5, 1.0], ["5%", "", "95%"])
    axes.set_xlabel("Middle 90%, as stated and as narrowed", loc="left", color=INK)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes
