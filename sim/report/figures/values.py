"""The values behind the marks of a figure: told where they are drawn, shown under the pointer, given as a table.

A figure function tells what it has drawn with `told`; of figures that tell nothing, what stands in their lines, points
and bars is read off them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.arrays.kinds import Floats
from sim.report.words.plain_text import plain

_PLACES = 10_000
"""Places are whole numbers from 0 at the left and at the top to this at the right and at the bottom."""
_MOST = 4_000
"""Most marks of a figure whose values are kept."""


@dataclass(frozen=True, slots=True)
class _Told:
    axes: Axes
    x: Floats
    y: Floats
    columns: Mapping[str, Any]


_TOLD: WeakKeyDictionary[Figure, list[_Told]] = WeakKeyDictionary()


def told(axes: Axes, x: Any, y: Any, columns: Mapping[str, Any]) -> None:
    """Note what stands at some places of axes.

    Parameters
    ----------
    axes
        Where the marks are.
    x, y
        Their places in the axes' own numbers, shape (marks,).
    columns
        By title what they stand for, one value a mark.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    across, down = (np.atleast_1d(np.asarray(one, dtype=float)) for one in np.broadcast_arrays(x, y))
    _TOLD.setdefault(figure, []).append(_Told(axes, across, down, columns))


def values(figure: Figure) -> str:
    """What stands in a figure that has been laid out, as JSON: `columns`, and `rows` of places and cells.

    Empty where there is nothing to tell.
    """
    found = _TOLD.get(figure) or [one for axes in figure.axes if axes.axison for one in _read_off(figure, axes)]
    titles = list(dict.fromkeys(title for one in found for title in one.columns))
    width, height = figure.bbox.width, figure.bbox.height
    rows: list[list[object]] = []
    for one in found:
        places = one.axes.transData.transform(np.column_stack([one.x, one.y]))
        for k, (across, up) in enumerate(places):
            cells = [_shown(one.columns[title][k]) if title in one.columns else "" for title in titles]
            if np.isfinite(across) and np.isfinite(up):
                rows.append([round(_PLACES * across / width), round(_PLACES * (1 - up / height)), *cells])
    if not rows:
        return ""
    return json.dumps({"columns": titles, "rows": rows[:_MOST]}, ensure_ascii=False, separators=(",", ":"))


def _shown(value: object) -> object:
    """A cell: a number with the digits that a reader can use, or text in one line."""
    if isinstance(value, str):
        return plain(value)
    number = float(value)  # type: ignore[arg-type]
    if not np.isfinite(number):
        return ""
    return int(number) if number == int(number) and abs(number) < 1e15 else float(f"{number:.4g}")


def _read_off(figure: Figure, axes: Axes) -> list[_Told]:
    """What lines, points and bars of axes say of themselves."""
    names = _names(figure, axes)
    found = []

    def add(x: Any, y: Any, name: str) -> None:
        columns: dict[str, list[object]] = {}
        panel = axes.get_title(loc="left") or axes.get_title()
        if panel:
            columns["Panel"] = [panel] * len(x)
        if name:
            columns["Series"] = [name] * len(x)
        columns[_title(axes.xaxis, "Column")] = [_at(axes.xaxis, one) for one in x]
        columns[_title(axes.yaxis, "Row")] = [_at(axes.yaxis, one) for one in y]
        found.append(_Told(axes, np.asarray(x, dtype=float), np.asarray(y, dtype=float), columns))

    for line in axes.lines:
        x, y = (np.atleast_1d(np.asarray(one, dtype=float)) for one in line.get_data(orig=False))
        if line.get_transform() == axes.transData and len(x) and _is_series(line):
            add(x, y, _own(line) or names.get(_colour(line.get_color()), ""))
    for points in axes.collections:
        if isinstance(points, PathCollection):
            offsets: Any = np.ma.filled(np.ma.asarray(points.get_offsets(), dtype=float), np.nan)
            if len(offsets):
                add(offsets[:, 0], offsets[:, 1], _own(points) or names.get(_colour(points.get_facecolor()), ""))
    for bars in axes.containers:
        if isinstance(bars, BarContainer):
            level = bars.orientation == "horizontal"
            across = [bar.get_x() + bar.get_width() * (1 if level else 0.5) for bar in bars]
            up = [bar.get_y() + bar.get_height() * (0.5 if level else 1) for bar in bars]
            if across:
                add(across, up, _own(bars) or names.get(_colour(bars[0].get_facecolor()), ""))
    return found


def _is_series(line: Line2D) -> bool:
    return line.get_marker() not in ("None", "none", "", " ", None, "|")


def _own(drawn: Artist | BarContainer) -> str:
    """What it is called itself, if anything."""
    label = str(drawn.get_label())
    return "" if label.startswith("_") or label == "None" else plain(label)


def _names(figure: Figure, axes: Axes) -> dict[str, str]:
    """What colours stand for, by the legends."""
    found: dict[str, str] = {}
    legends = [one for one in (axes.get_legend(), *figure.legends) if one is not None]
    for legend in legends:
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            colour = (
                handle.get_color() if isinstance(handle, Line2D) else getattr(handle, "get_facecolor", lambda: None)()
            )
            if isinstance(colour, (str, tuple)):
                found.setdefault(to_hex(colour), text.get_text())
    return found


def _colour(colour: Any) -> str:
    """A colour, or the first of several, so that it can be compared."""
    rows = np.atleast_2d(np.asarray(to_rgba(colour) if isinstance(colour, str) else colour, dtype=float))
    return to_hex(rows[0]) if rows.size else ""


def _title(axis: Axis, usual: str) -> str:
    return plain(axis.get_label_text()) or usual


def _at(axis: Axis, value: float) -> object:
    """What stands at a place of an axis: the name of its tick where ticks have names, else the number."""
    ticks = {float(place): text for place, text in zip(axis.get_ticklocs(), _texts(axis), strict=False)}
    near = min(ticks, key=lambda place: abs(place - value), default=None)
    if near is not None and abs(near - value) < 0.45 and not _number(ticks[near]):
        return ticks[near]
    return float(value)


def _texts(axis: Axis) -> list[str]:
    return [plain(label.get_text()) for label in axis.get_ticklabels()]


def _number(text: str) -> bool:
    return not text or text.strip("\u2212-+%").replace(",", "").replace(".", "", 1).isdigit()
