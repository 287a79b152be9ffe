"""Figure: how many worlds are still without an agreement by when, on the calendar of meetings and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from sim.arrays.kinds import Floats
from sim.report.figures.palette import OUTCOMES
from sim.report.figures.style import INK, PAPER, QUIET, fitting
from sim.report.figures.values import told
from sim.report.findings.dates import Curve, Dates
from sim.report.words.digits import percent
from sim.report.words.plain_text import cut, plain
from sim.scenario.model import Meeting, Scenario
from sim.worlds.draws import central

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


def calendar_height(scenario: Scenario, found: Dates) -> float:
    """Inches that the figure needs, without its list."""
    lanes = [lane for _, lane in _in_lanes(scenario, _last_day(scenario, found))]
    return 3.3 + 0.14 * max(0, max(lanes, default=0) - 1)


def still_without(scenario: Scenario, found: Dates, worlds: int, axes: Axes) -> Axes:
    """Steps of the share of worlds without an agreement, and with a breakdown, with meetings and events over them.

    Parameters
    ----------
    scenario
        For the calendar.
    found
        What came by when.
    worlds
        How many were played; of one alone no interval is drawn.
    axes
        Where to draw.
    """
    end = _last_day(scenario, found)
    days = np.arange(-1, end + 1)
    name = "Without an agreement" if found.signed is None else "Without an agreement in force"
    lines: list[tuple[str, str, Curve, Any]] = [("agreement", name, _upto(found.agreed, end), "-")]
    if found.signed is not None:
        lines.append(("not_ratified", "Without a signed deal", _upto(found.signed, end), (0, (4, 1.5))))
    broken = _upto(found.broken, end)
    lines.append(
        ("breakdown", "Broken down", Curve(1 - broken.share, 1 - broken.high, 1 - broken.low), (0, (1.5, 1.2)))
    )
    tops = []
    for outcome, label, curve, dashes in lines:
        last = float(curve.share[-1])
        rounded = percent(round(last * worlds), worlds)
        tops.append((last, outcome, f"{label} {rounded}"))
        if outcome == "breakdown" and not last:
            continue
        changes = np.flatnonzero(np.diff(curve.share, prepend=np.nan))
        columns = {
            "Worlds": [label] * len(changes),
            "On": [_when(scenario, int(days[k])) for k in changes],
            "Share": curve.share[changes].tolist(),
            "From": curve.low[changes].tolist(),
            "To": curve.high[changes].tolist(),
        }
        told(axes, days[changes], curve.share[changes], columns)
        axes.step(days, curve.share, where="post", color=OUTCOMES[outcome], linestyle=dashes, linewidth=2)
        if worlds > 1:
            axes.fill_between(
                days, curve.low, curve.high, step="post", color=OUTCOMES[outcome], alpha=0.18, linewidth=0
            )
    axes.set_ylim(-0.01, 1.02)
    _label_ends(axes, sorted(tops), end, 1.0)
    _mark_end(scenario, found.watched, end, axes)
    pad = 0.02 * end
    axes.set_xlim(-0.5 - pad, end + 0.5 + pad)
    axes.xaxis.set_major_locator(MaxNLocator(fitting(7), integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda day, _: _when(scenario, day)))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_ylabel("Share of worlds")
    axes.grid(axis="y")
    _draw_marks(scenario, end, axes)
    return axes


def _upto(curve: Curve, end: int) -> Curve:
    """The curve from the day before the start, when nothing has happened, to a day; what comes after is not drawn."""
    ones = np.ones(1)

    def of(values: Floats) -> Floats:
        known = values[: end + 1]
        return np.concatenate([ones, known, np.full(end + 1 - len(known), known[-1])])

    return Curve(of(curve.share), of(curve.low), of(curve.high))


def _mark_end(scenario: Scenario, watched: tuple[int, int], end: int, axes: Axes) -> None:
    """Where the watching stops; where that is beyond what is drawn, it is said."""
    first, last = watched
    style: dict[str, Any] = {
        "fontsize": 7,
        "color": QUIET,
        "ha": "right",
        "annotation_clip": False,
        "bbox": {"color": PAPER, "pad": 1},
    }
    if first > end:
        text = f"watched until {_when(scenario, last)} →"
        axes.annotate(text, (1, 0.5), (-3, 0), xycoords="axes fraction", textcoords="offset points", **style)
        return
    if last > first:
        axes.axvspan(first, min(last, end), color=QUIET, alpha=0.12, linewidth=0)
    axes.axvline(first, color=QUIET, linewidth=1, linestyle=(0, (6, 2)))
    text = "the watching of worlds stops from here on" if last > first else "end of watching"
    axes.annotate(
        text,
        (first, 0.5),
        (-3, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        rotation=90,
        va="center",
        **style,
    )


def _last_day(scenario: Scenario, found: Dates) -> int:
    """The last day shown: the horizon, or soon after the last thing that happens where that is much earlier."""
    curves = [curve for curve in (found.agreed, found.signed, found.broken) if curve is not None]
    changes = [int(np.flatnonzero(np.diff(curve.share, prepend=1.0))[-1]) for curve in curves if curve.share[-1] < 1]
    last = max([1.0, *changes, *(mark.day for mark in marks(scenario))])
    return int(min(max(found.watched[1], 1), 1.2 * last + 3))


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
