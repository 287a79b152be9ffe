"""Axes of figures of a sweep: what was varied as numbers with its labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib.dates as dates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Floats
from sim.report.words.plain_text import cut
from sim.report.words.sweep import measure_name, path_label
from sim.sweeps.reading import is_words, varied_numbers
from sim.sweeps.sweep import Sweep


@dataclass(frozen=True, slots=True)
class Scale:
    """One varied path on an axis: its numbers by point, and, for words, what they stand for."""

    path: str
    numbers: Floats
    words: tuple[str, ...] = ()
    dates: bool = False

    def label(self, axes: Axes, which: str = "x") -> None:
        """Name the axis, and its ticks where they are words or dates."""
        axis = axes.xaxis if which == "x" else axes.yaxis
        axis.set_label_text(path_label(self.path, 60 if which == "x" else 34))
        if self.words:
            axis.set_ticks(range(len(self.words)), [cut(word, 18) for word in self.words])
        elif self.dates:
            locator = dates.AutoDateLocator(maxticks=4)  # type: ignore[no-untyped-call]
            axis.set_major_locator(locator)
            axis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))  # type: ignore[no-untyped-call]


def scales(swept: Sweep) -> list[Scale]:
    """The varied paths, in order."""
    numbers = varied_numbers(swept)
    found = []
    for i, entry in enumerate(swept.manifest["vary"]):
        path: str = entry["path"]
        words: tuple[str, ...] = ()
        if is_words(swept, path):
            words = tuple(entry["values"] or swept.points[path].unique(maintain_order=True).to_list())
        found.append(Scale(path, numbers[:, i], words, swept.points[path].dtype.is_temporal()))
    return found


def outcome_axis(axes: Axes, outcome: str, values: Any, which: str = "y") -> None:
    """Name the axis of an outcome, and show shares as percent."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    text = measure_name(outcome)
    axis.set_label_text(text[:1].upper() + text[1:])
    if is_share(outcome):
        axis.set_major_formatter(PercentFormatter(1, decimals=0 if np.ptp(values) > 0.05 else 1))


def is_share(outcome: str) -> bool:
    """Whether an outcome measure is a share of worlds or of settlements."""
    return outcome.partition(".")[0] not in ("gap", "utility")
