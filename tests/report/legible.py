"""Whether the text of a figure can be read: nothing outside of the picture, nothing on top of something else."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

Corners = NDArray[np.float64]
"""Of a box that may be turned, shape (4, 2), in pixels."""

_SLACK = 1.5
"""Pixels by which boxes may touch: a box of text has some air around its letters."""


def faults(figure: Figure) -> list[str]:
    """What cannot be read in a figure."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    boxes = [(text, corners(text, renderer)) for text in texts(figure)]
    width, height = figure.bbox.width, figure.bbox.height
    found = [
        f"outside of the picture: {_short(text)}"
        for text, box in boxes
        if (box < -_SLACK).any() or (box[:, 0] > width + _SLACK).any() or (box[:, 1] > height + _SLACK).any()
    ]
    found += [
        f"on top of one another: {_short(one)} and {_short(other)}"
        for (one, first), (other, second) in combinations(boxes, 2)
        if overlap(first, second)
    ]
    return found


def texts(figure: Figure) -> list[Text]:
    """All text that is drawn."""
    hidden = {id(text) for axes in figure.axes if not axes.get_visible() for text in axes.findobj(Text)}
    for axes in figure.axes:
        if not axes.axison:
            hidden |= {id(text) for axis in (axes.xaxis, axes.yaxis) for text in axis.findobj(Text)}
        for axis in (axes.xaxis, axes.yaxis):
            drawn = {id(text) for tick in axis._update_ticks() for text in (tick.label1, tick.label2)}
            hidden |= {
                id(text)
                for tick in (*axis.majorTicks, *axis.minorTicks)
                for text in (tick.label1, tick.label2)
                if id(text) not in drawn
            }
    found = figure.findobj(Text)
    return [text for text in found if text.get_visible() and text.get_text().strip() and id(text) not in hidden]


def corners(text: Text, renderer: RendererBase) -> Corners:
    """The corners of a text's box, turned as the text is."""
    angle = text.get_rotation()
    if text.get_rotation_mode() != "anchor" or angle % 90 == 0:
        return _of(text.get_window_extent(renderer))
    text.set_rotation(0)
    level = _of(text.get_window_extent(renderer))
    text.set_rotation(angle)
    around = text.get_transform().transform(text.get_position())
    turn = np.deg2rad(angle)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray((level - around) @ matrix.T + around)


def overlap(first: Corners, second: Corners) -> bool:
    """Whether two turned boxes overlap by more than the slack (separating axes)."""
    for box in (first, second):
        for edge in (box[1] - box[0], box[2] - box[1]):
            length = np.hypot(*edge)
            if not length:
                return False
            axis = edge / length
            a, b = first @ axis, second @ axis
            if min(a.max(), b.max()) - max(a.min(), b.min()) <= _SLACK:
                return False
    return True


def _of(box: Bbox) -> Corners:
    return np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])


def _short(text: Text) -> str:
    return repr(text.get_text()[:40])
