"""Figure: by when how many worlds had a deal or had broken off, on the calendar of meetings and events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from sim.arrays.kinds import Counts
from sim.report.figures.style import INK, OUTCOMES, QUIET, fitting
from sim.report.words.digits import percent
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import cut, plain
from sim.scenario.model import Meeting, Scenario
from sim.worlds.draws import central

SHOWN = ("agreement", "partial", "breakdown")
_LINES = {"agreement": "-", "partial": (0, (4, 1.5)), "breakdown": (0, (1.5, 1.2))}
_LISTED = 24
"""Most entries under the figure."""
_ONE_COLUMN = 15
_NEAR = 0.02
"""Width of a character of a sign, in widths of the axes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated meeting or event; `sign` stands at its date, `text` in the list under the figure."""

    sign: str
    day: float
    text: str
    event: bool


def marks(scenario: Scenario) -> list[Mark]:
    """Meetings (A, B, ...) and events (1, 2, ...) at their central dates, in the order of time."""
    events = sorted((round(central(one.day)), k) for k, one in enumerate(scenario.events))
    found = []
    for sign, meeting in zip(meeting_letters(scenario).values(), _by_date(scenario), strict=True):
        day = round(central(meeting.day))
        where = f", {plain(meeting.venue)}" if meeting.venue else ""
        found.append(Mark(sign, day, f"{_when(scenario, day)}  {plain(meeting.title)}{where}", False))
    for number, (day, k) in enumerate(events):
        event = scenario.events[k]
        chance = central(event.probability)
        likely = "" if event.probability.certain and chance == 1 else f" (in {chance:.0%} of worlds)"
        about = "" if event.day.certain else "about "
        found.append(Mark(str(number + 1), day, f"{about}{_when(scenario, day)}  {plain(event.title)}{likely}", True))
    return found


def meeting_letters(scenario: Scenario) -> dict[str, str]:
    """Letters of the scheduled meetings by id, in the order of their central dates."""
    return {meeting.id: letter(number) for number, meeting in enumerate(_by_date(scenario))}


def _by_date(scenario: Scenario) -> list[Meeting]:
    return sorted(scenario.meetings, key=lambda meeting: round(central(meeting.day)))


def letter(number: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def calendar_height(scenario: Scenario, by_day: Counts) -> float:
    """Inches that the figure needs, without its list."""
    lanes = [lane for _, lane in _in_lanes(scenario, _last_day(scenario, by_day))]
    return 3.3 + 0.14 * max(0, max(lanes, default=0) - 1)


def cumulative(scenario: Scenario, by_day: Counts, names: Sequence[str], axes: Axes) -> Axes:
    """Steps of the cumulative share of worlds by outcome, with meetings and events marked over them.

    Parameters
    ----------
    scenario
        For the calendar.
    by_day
        Worlds by outcome and day, shape (outcomes, days + 1); the first column is for no meeting at all.
    names
        The outcomes in order.
    axes
        Where to draw.
    """
    total = int(by_day.sum())
    end = _last_day(scenario, by_day)
    days = np.arange(-1, end + 1)
    tops = []
    for outcome in SHOWN:
        counts = by_day[list(names).index(outcome)]
        steps = np.zeros(end + 2)
        steps[: min(len(counts), end + 2)] = counts[: end + 2]
        shares = np.cumsum(steps) / total
        label = f"{outcome_name(outcome)} {percent(int(counts.sum()), total)}"
        tops.append((float(shares[-1]), outcome, label if counts.any() else f"{outcome_name(outcome)}: none"))
        if not shares[-1]:
            continue
        axes.step(days, shares, where="post", color=OUTCOMES[outcome], linestyle=_LINES[outcome], linewidth=2)
    highest = max(top for top, _, _ in tops)
    ceiling = 1.0 if highest > 0.5 or not highest else max(0.05, 1.25 * highest)
    axes.set_ylim(-0.01 * ceiling, ceiling * 1.02)
    _label_ends(axes, sorted(tops), end, ceiling)
    pad = 0.02 * end
    axes.set_xlim(-0.5 - pad, end + 0.5 + pad)
    axes.xaxis.set_major_locator(MaxNLocator(fitting(7), integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda day, _: _when(scenario, day)))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0 if ceiling > 0.06 else 1))
    axes.set_ylabel("Share of worlds so far")
    axes.grid(axis="y")
    _draw_marks(scenario, end, axes)
    return axes


def _last_day(scenario: Scenario, by_day: Counts) -> int:
    """The last day shown: the horizon, or soon after the last thing that happens where that is much earlier."""
    horizon = max(round(central(scenario.end_day)), by_day.shape[1] - 2, 1)
    ends = np.flatnonzero(by_day[:, 1:].any(axis=0))
    last = max([1.0, *ends.tolist(), *(mark.day for mark in marks(scenario))])
    return int(min(horizon, 1.2 * last + 3))


def calendar_list(scenario: Scenario, axes: Axes) -> Axes:
    """The list of what the letters and numbers of the calendar stand for."""
    axes.set_axis_off()
    found = marks(scenario)
    shown, rest = found[:_LISTED], len(found) - _LISTED
    rows = list_rows(scenario)
    for k, mark in enumerate(shown):
        last = k == len(shown) - 1 and rest > 0
        text = f"… and {rest + 1} more" if last else cut(mark.text, fitting(115 if len(shown) <= rows else 54))
        x, y = divmod(k, rows)
        at = (0.5 * x, 1 - (y + 1) / (rows + 0.8))
        weight = "normal" if mark.event else "bold"
        axes.text(*at, "" if last else mark.sign, fontsize=7, fontweight=weight, ha="left", va="center")
        axes.text(at[0] + 0.028, at[1], text, fontsize=7, ha="left", va="center")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    return axes


def list_rows(scenario: Scenario) -> int:
    """Rows of the list: one column while it is short, else two."""
    entries = min(len(scenario.meetings) + len(scenario.events), _LISTED)
    return max(1, entries if entries <= _ONE_COLUMN else -(-entries // 2))


def list_height(scenario: Scenario) -> float:
    """Inches that the list needs."""
    return 0.22 + 0.155 * list_rows(scenario)


def _in_lanes(scenario: Scenario, end: int) -> Iterator[tuple[Mark, int]]:
    """Marks with the lane over the axes that each stands in: what falls close together is stacked."""
    found = sorted(marks(scenario), key=lambda one: (one.day, one.event))
    lanes: list[float] = []
    for mark in found:
        near = _NEAR * end * max(len(mark.sign), 1.5)
        lane = next((k for k, last in enumerate(lanes) if mark.day - last >= near), len(lanes))
        lanes[lane : lane + 1] = [mark.day]
        yield mark, lane


def _draw_marks(scenario: Scenario, end: int, axes: Axes) -> None:
    """Signs over the axes."""
    for mark, lane in _in_lanes(scenario, end):
        axes.axvline(mark.day, color=QUIET if mark.event else INK, linewidth=0.6, alpha=0.45, zorder=0)
        axes.annotate(
            mark.sign,
            (mark.day, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4 + 10 * lane),
            textcoords="offset points",
            ha="center",
            fontsize=7,
            fontweight="normal" if mark.event else "bold",
            color=INK,
            annotation_clip=False,
        )


def _label_ends(axes: Axes, tops: list[tuple[float, str, str]], end: int, ceiling: float) -> None:
    """Name the lines at their right ends, pushed apart where they would overlap."""
    least = -1.0
    for top, outcome, text in tops:
        y = max(top, least)
        least = y + 0.075 * ceiling
        axes.annotate(
            text,
            (1.0, y),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color=INK,
            annotation_clip=False,
        )
        if top:
            axes.plot(end, top, marker="o", markersize=4, color=OUTCOMES[outcome], clip_on=False)


def _when(scenario: Scenario, day: float) -> str:
    try:
        at: date = scenario.start + timedelta(days=round(day))
    except OverflowError:
        return ""
    return f"{at.day} {at:%b}" if round(central(scenario.end_day)) < 330 else f"{at.day} {at:%b %Y}"
