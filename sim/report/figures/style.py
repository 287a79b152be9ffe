"""The look of every figure: one style, a palette that survives colour-blindness and grey print, saving as SVG.

A figure function takes data and axes and draws; its caller makes the figure and saves it here. Text from scenario
files is shown as it stands: `text.parse_math` is off, so that `$x$` never turns into mathematics. Text stays text in
the SVG, so that a browser can set any script in it. Other kinds of files are written besides where they are asked for
(`exports`).
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from markupsafe import escape
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.report.figures.exports import export
from sim.report.figures.fonts import USUAL, set_fonts
from sim.report.figures.palette import OUTCOMES, SIDES, VARIANTS
from sim.report.figures.values import values
from sim.report.figures.vectors import as_svg

WIDTH = 7.2
"""Inches; a text column of a page of A4."""

NARROW = 4.6
"""Inches of a figure that is to be printed at less than half of the width of a page, made smaller as a whole."""

_WIDTH: ContextVar[float] = ContextVar("width", default=WIDTH)

DPI = 160
"""Dots per inch of a PNG; labels are measured at the same size."""

INK, QUIET, GRID, PAPER = "#1c2126", "#59636e", "#d5d9de", "#fefefe"
"""Text, secondary text, lines of the background, background. In pages they follow the reader's light or dark."""

MARKERS = ("o", "s", "D", "^", "v", "P")
"""By side, or by what is set side by side: never told apart by colour alone."""

SHADES = LinearSegmentedColormap.from_list("shades", ["#f3f6f9", "#b7cfe3", "#5f9bc6", "#1f6193", "#0a2a4a"])
"""From little to much; the lightness falls evenly, so that it reads in grey."""

BAD_SHADES = LinearSegmentedColormap.from_list("bad_shades", ["#f9f4f0", "#f0c8a8", "#dd8a4e", "#a8481a", "#571f05"])
"""The same of what is better the less there is of it."""

NOTHING = "#e6e3da"
"""Where there is no number to show."""

_RC: Any = {
    "font.family": [USUAL],
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.labelcolor": INK,
    "axes.edgecolor": QUIET,
    "axes.facecolor": PAPER,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "figure.facecolor": PAPER,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.6,
    "pdf.fonttype": 42,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "detente",
    "text.color": INK,
    "text.hinting": "no_hinting",
    "text.parse_math": False,
    "text.usetex": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
}

_FONTS = "'DejaVu Sans', Verdana, 'Noto Sans', sans-serif"
_VARIABLES = {
    INK: "--ink",
    QUIET: "--quiet",
    GRID: "--line",
    PAPER: "--paper",
    "#0072b2": "--blue",
    "#d55e00": "--red",
    "#009e73": "--green",
    OUTCOMES["agreement"]: "--agreement",
    OUTCOMES["breakdown"]: "--breakdown",
    VARIANTS[0]: "--indigo",
    VARIANTS[2]: "--wine",
}
"""Colours that a page has in a light and a dark variant (see `templates/page.css`)."""


_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A saved figure: its file name without ending, the text of its SVG, and its width in inches.

    `missing` are the characters in it that no installed font has, `values` what stands in it (see `values.values`).
    """

    name: str
    svg: str
    width: float
    missing: str = ""
    values: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in a page: `caption` says how to read it, `alt` what is to be seen."""

    drawing: Drawing
    title: str
    caption: str
    alt: str


@contextmanager
def styled() -> Iterator[None]:
    """Make and save figures inside of this; nothing outside of it changes."""
    with mpl.rc_context(), warnings.catch_warnings(), _quiet(logging.getLogger("matplotlib.font_manager")):
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        warnings.filterwarnings("ignore", message=r".*constrained_layout not applied.*")
        yield


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Without the word that a family has no bold."""
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


@contextmanager
def narrow() -> Iterator[None]:
    """Figures made inside of this are `NARROW`."""
    token = _WIDTH.set(NARROW)
    try:
        yield
    finally:
        _WIDTH.reset(token)


def figure_width() -> float:
    """Inches that figures are wide now."""
    return _WIDTH.get()


def fitting(count: float) -> int:
    """How many characters, ticks or columns fit where so many do in a figure of the whole width; at least one."""
    return max(1, int(count * figure_width() / WIDTH + 0.01))


def new_figure(height: float, foot: float = 0.0) -> Figure:
    """A figure of this height in inches, whose axes make room for their labels. Needs no display and no state.

    `foot` inches at the bottom stay free of them.
    """
    width = figure_width()
    rect = (0.0, foot / height, 1.0, 1.0 - foot / height)
    return Figure(figsize=(width, height), dpi=DPI, layout=ConstrainedLayoutEngine(w_pad=0.06, h_pad=0.06, rect=rect))


def save(figure: Figure, directory: Path, name: str, title: str) -> Drawing:
    """Write NAME.svg, the same bytes for the same figure, and what else is asked for.

    Parameters
    ----------
    figure
        Made by `new_figure`, inside of `styled`.
    directory
        Where to write; it must exist.
    name, title
        The files' name without ending, and what they call themselves.
    """
    missing = set_fonts(figure)
    svg = as_svg(figure, title, DPI).replace("'DejaVu Sans'", _FONTS)
    (directory / f"{name}.svg").write_text(svg, encoding="utf-8")
    export(figure, directory, name, title)
    return Drawing(name, svg, float(figure.get_figwidth()), missing, values(figure))


def inline(drawing: Drawing, alt: str) -> str:
    """The drawing as an `svg` element of a page: with a text for who cannot see it, in the page's light or dark."""
    svg = drawing.svg[drawing.svg.index("<svg ") :]
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<title>.*?</title>", "", svg, count=1, flags=re.DOTALL)
    svg = _TAG.sub(lambda found: _adapted(found.group(), drawing.name), svg)
    svg = re.sub(r"\n\s*", "\n", svg)
    head, tail = svg.split(">", 1)
    head = re.sub(r'\s(?:width|height|version|xmlns:xlink|xmlns)="[^"]*"', "", head)
    return f'{head} role="img" aria-label="{escape(alt)}" style="--inches: {drawing.width:g}">{tail.rstrip()}'


def _adapted(tag: str, name: str) -> str:
    """A tag with ids that no other figure of the page has, and the page's colours."""
    tag = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', tag)
    tag = re.sub(r'(xlink:href="|url\()#', rf"\1#{name}-", tag)
    for colour, variable in _VARIABLES.items():
        tag = tag.replace(colour, f"var({variable})")
    return tag


def side_colour(side: int) -> str:
    """Colour of a side by its index."""
    return SIDES[side % len(SIDES)]


def side_marker(side: int) -> str:
    """Marker of a side by its index."""
    return MARKERS[side % len(MARKERS)]


def on(background: Sequence[float] | str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    red, green, blue = to_rgb(background if isinstance(background, str) else tuple(background[:3]))  # type: ignore[arg-type]
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.52 else "#ffffff"


def nothing_to_show(axes: Axes, why: str) -> Axes:
    """Say in the place of an empty figure why it is empty."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, why, transform=axes.transAxes, ha="center", va="center", fontsize=10, color=QUIET, wrap=True)
    return axes
