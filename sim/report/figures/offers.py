"""Figure: where every party stands on every issue, and how the sides' offers move over the rounds."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from sim.report.figures.calendar import meeting_letters
from sim.report.figures.style import GRID, INK, PAPER, fitting, side_colour, side_marker
from sim.report.figures.values import told
from sim.report.findings.rounds import Rounds
from sim.report.findings.wants import Wants
from sim.report.words.options import option_name
from sim.report.words.plain_text import distinct_lines, meeting_name
from sim.scenario.model import Issue, Scenario

_COLUMNS = 2
_STRIP = 0.16
"""Width of the strip of wishes, in widths of the part for the rounds."""
_MOST_LETTERS = 12
"""Most meetings that can be named under a panel."""
_OPTION = 22
"""Characters in a line of an option's name beside a panel."""
_BANDS = 3
"""Most sides whose bands can be told apart."""


def offers_rows(scenario: Scenario) -> int:
    """Rows of panels."""
    return -(-len(scenario.issues) // offers_columns(scenario))


def offers_columns(scenario: Scenario) -> int:
    """Panels in a row."""
    return min(fitting(_COLUMNS), len(scenario.issues))


def offers_height(scenario: Scenario) -> float:
    """Inches that the figure needs."""
    return 0.75 + 1.38 * offers_rows(scenario)


def offers(scenario: Scenario, j: int, rounds: Rounds, wants: Wants, axes: Axes) -> Axes:
    """One panel: the mean place of each side's offer on issue `j` round by round, and on the left what parties want.

    Parameters
    ----------
    scenario, rounds, wants
        What is shown.
    j
        The issue.
    axes
        Where to draw.
    """
    issue, count = scenario.issues[j], len(rounds)
    strip = _STRIP * count
    left = -0.5 - strip
    places = wants.options[j][~np.isnan(wants.options[j])]
    axes.hlines(places, 0, 1, transform=axes.get_yaxis_transform(), color=GRID, linewidth=0.5, zorder=0)
    axes.axvspan(left, -0.5, color=GRID, alpha=0.45, linewidth=0, zorder=0)
    for s, side in enumerate(scenario.sides):
        _wishes(wants, side.members, j, left + strip * (s + 1) / (len(scenario.sides) + 1), s, axes)
        _track(scenario, rounds, issue, s, axes)
    _name_ends(issue, wants, j, axes)
    axes.set_xlim(left, count - 0.5)
    axes.set_ylim(-0.12, 1.12)
    axes.annotate(
        distinct_lines([one.title for one in scenario.issues], 54, 2)[j],
        (0, 1),
        xycoords="axes fraction",
        xytext=(-74, 4),
        textcoords="offset points",
        fontsize=8,
        fontweight="bold",
        annotation_clip=False,
    )
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    return axes


def offer_rounds(scenario: Scenario, rounds: Rounds, axes: Axes, named: bool = True) -> Axes:
    """Under a panel, the meetings: by their letters in the calendar, follow-ups as F1, F2, ...

    Above others (not `named`) lines between them alone.
    """
    letters = meeting_letters(scenario)
    sittings = rounds.sittings()
    every = max(1, -(-len(sittings) // _MOST_LETTERS))
    edges = [first - 0.5 for _, first, _ in sittings[1:]]
    axes.vlines(edges, 0, 1, transform=axes.get_xaxis_transform(), color=GRID, linewidth=0.8, zorder=0)
    told = sittings[::every] if named else []
    axes.set_xticks(
        [first + (columns - 1) / 2 for _, first, columns in told],
        [letters.get(meeting) or meeting.replace("follow_up_", "F") for meeting, _, _ in told],
        fontsize=6.5,
    )
    return axes


def _wishes(wants: Wants, members: tuple[int, ...], j: int, x: float, s: int, axes: Axes) -> None:
    """Bubbles at what the members want most, sized by their part of the side's weight."""
    at = np.array(members)
    best, weight = wants.best[at, j], wants.weight[at]
    used = np.unique(best[best >= 0])
    total = weight[best >= 0].sum()
    if not len(used) or not total:
        return
    size = np.array([weight[best == option].sum() / total for option in used])
    axes.scatter(
        np.full(len(used), x),
        wants.options[j, used],
        s=5 + 34 * size,
        color=side_colour(s),
        marker=side_marker(s),
        edgecolors=PAPER,
        linewidths=0.5,
        zorder=3,
        clip_on=False,
    )


def _track(scenario: Scenario, rounds: Rounds, about: Issue, s: int, axes: Axes) -> None:
    """A side's mean offer, with a band over half of the worlds."""
    side, sides = scenario.sides[s], len(scenario.sides)
    track = rounds.track("offer", issue=about.id, side=side.id)
    x = np.arange(len(rounds))
    if not track.counted.any():
        return
    several = max(rounds.worlds) > 1 and sides <= _BANDS and len(rounds) > 1
    if several:
        low, high = track.levels["q25"], track.levels["q75"]
        axes.fill_between(x, low, high, color=side_colour(s), alpha=0.2, linewidth=0)
    columns: dict[str, list[object]] = {
        "Issue": [about.title] * len(rounds),
        "Side": [side.title] * len(rounds),
        "Meeting": [meeting_name(scenario, meeting) for meeting in rounds.meetings],
        "Round": list(rounds.numbers),
    }
    for title, level in (("Mean offer", "mean"), ("A quarter below", "q25"), ("A quarter above", "q75")):
        columns[title] = track.levels[level].tolist()
    told(axes, x, track.mean, columns)
    few = len(rounds) <= 24
    axes.plot(
        x,
        track.mean,
        color=side_colour(s),
        linewidth=1.5,
        marker=side_marker(s) if few or len(rounds) == 1 else None,
        markersize=2.6,
    )


def _name_ends(issue: Issue, wants: Wants, j: int, axes: Axes) -> None:
    """Name the options at the two ends of the scale."""
    places = wants.options[j]
    known = np.flatnonzero(~np.isnan(places))
    ends = sorted({int(known[np.argmin(places[known])]), int(known[np.argmax(places[known])])}, key=lambda k: places[k])
    names = distinct_lines([option_name(issue, k) for k in ends], _OPTION, 4)
    axes.set_yticks([float(places[k]) for k in ends], names, fontsize=6.2, color=INK, linespacing=1.05)
    for label in axes.get_yticklabels()[:1]:
        label.set_verticalalignment("bottom")
    for label in axes.get_yticklabels()[1:]:
        label.set_verticalalignment("top")
