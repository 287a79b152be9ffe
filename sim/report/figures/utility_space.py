"""Figure: packages by what they are worth to the sides, with frontier, reservation values and solutions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.answers import Analysis
from sim.analysis.findings import side_utilities
from sim.analysis.game import Packages, all_packages, forbidden
from sim.analysis.zone import acceptable, concerned
from sim.arrays.kinds import Bools, Floats
from sim.report.figures.palette import OTHER, OUTCOMES, VARIANTS
from sim.report.figures.style import GRID, INK, PAPER, QUIET
from sim.report.words.analysis_tables import columns_of_packages
from sim.report.words.plain_text import cut

HEIGHT = 5.2
"""Inches that the figure needs."""

_MOST = 20_000
"""Packages shown; of more a sample."""
_OFF, _IN = OTHER, OUTCOMES["agreement"]
_COLOURS = (VARIANTS[2], VARIANTS[1], VARIANTS[3], VARIANTS[4])
_MARKERS = ("D", "s", "^", "v")


@dataclass(frozen=True, slots=True)
class Cloud:
    """Packages in the plane of the figure.

    Attributes
    ----------
    points
        Utilities of two sides; for more sides the sum of their surpluses and the smallest one; shape (2, packages).
    deals
        Which packages are deals, shape (packages,).
    complete
        Whether these are all packages.
    """

    points: Floats
    deals: Bools
    complete: bool


def cloud(analysis: Analysis) -> Cloud:
    """All packages, or a sample of them that is the same every time."""
    game = analysis.game
    complete = bool(np.prod(game.exists[: game.issues].sum(axis=1, dtype=float)) <= _MOST)
    packages = _in_full(analysis) if complete else _sample(analysis)
    return Cloud(_places(analysis, packages), acceptable(game, packages), complete)


def utility_space(analysis: Analysis, shown: Cloud, axes: Axes) -> Axes:
    """Draw packages as dots, deals darker, and over them the frontier, the limits and the solutions.

    Parameters
    ----------
    analysis
        For the frontier and what has a name.
    shown
        From `cloud`.
    axes
        Where to draw.
    """
    two = len(analysis.scenario.sides) == 2
    for which, colour, label in ((~shown.deals, _OFF, "no deal"), (shown.deals, _IN, "acceptable to all needed")):
        if which.any():
            small = 9 if which.sum() < 2000 else 4
            x, y = shown.points[:, which]
            axes.scatter(x, y, s=small, color=colour, alpha=0.55, linewidths=0, label=label, rasterized=True)
    if analysis.frontier is not None:
        x, y = analysis.frontier.utilities
        axes.plot(x, y, color=INK, linewidth=0.9, label="frontier", zorder=3)
    if two:
        for limit, line in zip(analysis.game.side_reservation(), (axes.axvline, axes.axhline), strict=True):
            line(float(limit), color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    else:
        axes.axhline(0.0, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    _mark(analysis, axes)
    axes.grid(color=GRID)
    _name_axes(analysis, axes)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncols=3, handletextpad=0.4, columnspacing=1.2)
    return axes


def _mark(analysis: Analysis, axes: Axes) -> None:
    named = list(columns_of_packages(analysis).items())
    quo = analysis.game.status_quo_package
    for i, (title, package) in enumerate(named):
        x, y = _places(analysis, package[None])[:, 0]
        colour, marker = _COLOURS[i % 4], _MARKERS[i % 4]
        axes.scatter(x, y, s=62, color=colour, marker=marker, edgecolors=PAPER, linewidths=0.9, label=title, zorder=5)
    if quo is not None:
        x, y = _places(analysis, quo[None])[:, 0]
        axes.scatter(x, y, s=60, color=INK, marker="x", linewidths=1.6, label="status quo", zorder=4)


def _name_axes(analysis: Analysis, axes: Axes) -> None:
    sides = analysis.scenario.sides
    if len(sides) == 2:
        axes.set_xlabel(f"Utility of {cut(sides[0].title, 40)} (dashed: reservation value)")
        axes.set_ylabel(f"Utility of {cut(sides[1].title, 40)}")
    else:
        axes.set_xlabel("Sum of the sides' surpluses over their reservation values")
        axes.set_ylabel("Smallest surplus of any side")


def _places(analysis: Analysis, packages: Packages) -> Floats:
    if len(analysis.scenario.sides) == 2:
        return analysis.game.side_utilities(packages)
    sides = list(concerned(analysis.game))
    surplus = analysis.game.side_utilities(packages)[sides] - analysis.game.side_reservation()[sides, None]
    return np.stack([surplus.sum(axis=0), surplus.min(axis=0)])


def _in_full(analysis: Analysis) -> Packages:
    game = analysis.game
    found = all_packages(game.exists[: game.issues])
    return np.asarray(found[~forbidden(found, game.joint)])


def _sample(analysis: Analysis) -> Packages:
    """Packages drawn evenly, and as many near those that have a name, as few drawn evenly lie near the frontier."""
    random = np.random.Generator(np.random.Philox(key=20220112))
    sizes = analysis.game.exists[: analysis.game.issues].sum(axis=1)
    drawn = (random.random((_MOST, len(sizes))) * sizes).astype(np.intp)
    named = list(columns_of_packages(analysis).values())
    if analysis.frontier is not None:
        named += list(analysis.frontier.packages)
    near = np.stack(named)[random.integers(len(named), size=_MOST // 2)]
    change = random.random(near.shape) < random.random((len(near), 1)) * 0.6
    found = np.concatenate([drawn[: _MOST // 2], np.where(change, drawn[_MOST // 2 :], near)])
    return np.asarray(found[~forbidden(found, analysis.game.joint)])


def in_words(analysis: Analysis, shown: Cloud) -> str:
    """What there is to see, for who cannot see it."""
    worth = [
        f"{title} at {', '.join(f'{value:.2f}' for value in side_utilities(analysis, package)[:4])}"
        for title, package in columns_of_packages(analysis).items()
    ]
    deals = "all" if shown.deals.all() else f"{int(shown.deals.sum()):,}" if shown.deals.any() else "none"
    count = f"{deals} of the {len(shown.deals):,} packages shown are deals"
    return f"Scatter of packages by what they are worth to the sides: {count}. {'; '.join(worth)}."
