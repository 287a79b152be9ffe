"""Figure: the concession dance of one world in utility space."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.game import utilities
from sim.arrays.kinds import Floats
from sim.report.figures.palette import OUTCOMES
from sim.report.figures.style import INK, PAPER, QUIET, SHADES, fitting, side_colour, side_marker
from sim.report.figures.values import told
from sim.report.findings.course import Course
from sim.report.words.plain_text import cut, distinct, in_legend
from sim.scenario.model import Scenario

MOST_PANELS = 6
_MOST_POINTS = 400
_ZONE = SHADES(0.2)
_SOLUTIONS = {
    "nash": "Nash",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
_SIGNS = ("X", "p", "h", "8")


def panels(scenario: Scenario) -> list[int]:
    """The sides from whose point of view a panel is drawn: of two the first, of more each against the others' mean."""
    return [0] if len(scenario.sides) == 2 else list(range(min(len(scenario.sides), MOST_PANELS)))


def dance(scenario: Scenario, course: Course, side: int, axes: Axes) -> Axes:
    """Offers of all sides as paths in utility space, with the frontier, reservation lines, solutions and the deal.

    Parameters
    ----------
    scenario, course
        What is shown.
    side
        Whose utility lies along the horizontal axis; along the vertical one that of the other side, or of the others
        on average.
    axes
        Where to draw.
    """
    edge = _thinned(course.frontier(side).utilities)
    axes.plot(*edge, color=QUIET, linewidth=1, marker=".", markersize=3 if edge.shape[1] < 60 else 0, zorder=2)
    low = course.reservations(side)
    for which, value in enumerate(low):
        line = axes.axvline if which == 0 else axes.axhline
        line(value, color=INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    for of in range(len(scenario.sides)):
        path = course.path(side, of)
        if not path.shape[1]:
            continue
        colour, marker = side_colour(of), side_marker(of)
        other = scenario.sides[1 - side].title if len(scenario.sides) == 2 else "the others, on average"
        told(
            axes,
            path[0],
            path[1],
            {
                "Offer of": [scenario.sides[of].title] * path.shape[1],
                "Number": list(range(1, path.shape[1] + 1)),
                f"Utility to {scenario.sides[side].title}": path[0].tolist(),
                f"Utility to {other}": path[1].tolist(),
            },
        )
        axes.plot(*path, color=colour, linewidth=1.1, marker=marker, markersize=3.6, alpha=0.9, zorder=4)
        axes.plot(*path[:, :1], color=colour, marker=marker, markersize=7, markerfacecolor=PAPER, zorder=5)
        axes.plot(*path[:, -1:], color=colour, marker=marker, markersize=7, zorder=5)
    for sign, points in zip(_SIGNS, _by_place(course, side).values(), strict=False):
        axes.plot(*points, color=INK, marker=sign, markersize=6, linestyle="", zorder=6)
    if course.deal is not None:
        at = utilities(course.pair(side), course.deal[None].astype(np.intp), course.game.joint)
        axes.plot(
            *at, color=OUTCOMES["agreement"], marker="*", markersize=14, markeredgecolor=INK, linestyle="", zorder=7
        )
    axes.margins(0.07)
    _shade_zone(axes, low)
    axes.set_xlabel(f"Utility to {cut(scenario.sides[side].title, fitting(34))}", loc="left")
    other = cut(scenario.sides[1 - side].title, 30) if len(scenario.sides) == 2 else "the others, on average"
    axes.set_ylabel(f"Utility to {other}", loc="bottom")
    axes.grid(visible=True)
    return axes


def dance_legend(scenario: Scenario, course: Course) -> tuple[list[Line2D | Patch], list[str]]:
    """Handles and labels of everything that the panels show."""
    handles: list[Line2D | Patch] = []
    labels: list[str] = []
    shown = scenario.sides[:MOST_PANELS]
    for s, title in enumerate(distinct([side.title for side in shown], 28)):
        if course.path(0, s).shape[1]:
            handles.append(Line2D([], [], color=side_colour(s), marker=side_marker(s), markersize=4.5, linewidth=1.1))
            labels.append(in_legend(f"Offers of {title} (first: hollow)"))
    handles.append(Line2D([], [], color=QUIET, linewidth=1))
    labels.append("Frontier: nothing better for one without harm to the other")
    handles.append(Line2D([], [], color=INK, linewidth=0.9, linestyle=(0, (4, 2))))
    labels.append("Reservation values; shaded: better than no deal for the sides' means")
    for sign, names in zip(_SIGNS, _by_place(course, 0), strict=False):
        handles.append(Line2D([], [], color=INK, marker=sign, markersize=6, linestyle=""))
        labels.append(f"Solution: {names}")
    if course.deal is not None:
        handles.append(
            Line2D([], [], color=OUTCOMES["agreement"], marker="*", markersize=11, markeredgecolor=INK, linestyle="")
        )
        labels.append("Deal")
    return handles, labels


def _by_place(course: Course, side: int) -> dict[str, Floats]:
    """Solutions with the same package put together, by their names."""
    same: dict[bytes, list[str]] = {}
    packages = {}
    for name, solution in course.solutions.items():
        key = solution.package.tobytes()
        same.setdefault(key, []).append(_SOLUTIONS[name])
        packages[key] = solution.package
    worth = course.pair(side)
    return {
        ", ".join(names): utilities(worth, packages[key][None].astype(np.intp), course.game.joint)
        for key, names in same.items()
    }


def _shade_zone(axes: Axes, low: Floats) -> None:
    """Shade where both sides' means are above their reservation values."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    x = [low[0], max(right, low[0])]
    axes.fill_between(x, low[1], max(top, low[1]), color=_ZONE, alpha=0.35, linewidth=0, zorder=0)
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)


def _thinned(points: Floats) -> Floats:
    """At most some hundred points of a line, its ends among them."""
    count = points.shape[1]
    if count <= _MOST_POINTS:
        return points
    return points[:, np.unique(np.linspace(0, count - 1, _MOST_POINTS).round().astype(int))]


def path_words(scenario: Scenario, course: Course) -> Iterator[str]:
    """What the dance comes to, for who cannot see it."""
    for s, side in enumerate(scenario.sides[:MOST_PANELS]):
        path = course.path(0 if len(scenario.sides) == 2 else s, s)
        if not path.shape[1]:
            yield f"{side.title} made no offer"
            continue
        own = path[s if len(scenario.sides) == 2 else 0]
        yield f"{side.title} offered what was worth {own[0]:.2f} to itself at first and {own[-1]:.2f} at last"
