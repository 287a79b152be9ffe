"""Axes of figures of a sweep: what was varied as numbers with its labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib.dates as dates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from sim.arrays.kinds import Floats
from sim.report.words.plain_text import capital, cut
from sim.report.words.varied import Names
from sim.sweeps.reading import is_share, is_words, varied_numbers
from sim.sweeps.sweep import Sweep


@dataclass(frozen=True, slots=True)
class Scale:
    """One varied path on an axis: its numbers by point, and, for words, what they stand for in the file."""

    path: str
    numbers: Floats
    names: Names
    words: tuple[str, ...] = ()
    dates: bool = False

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return self.names.name(self.path)

    def tick(self, place: int, width: int = 40) -> str:
        """What a word is called."""
        return cut(self.names.value(self.path, self.words[place]), width)

    def label(self, axes: Axes, which: str = "x") -> None:
        """Name the axis, and its ticks where they are words or dates."""
        axis = axes.xaxis if which == "x" else axes.yaxis
        axis.set_label_text(self.names.label(self.path, 80 if which == "x" else 44))
        if self.words:
            axis.set_ticks(range(len(self.words)), [self.tick(place, 24) for place in range(len(self.words))])
        elif self.dates:
            locator = dates.AutoDateLocator(maxticks=4)  # type: ignore[no-untyped-call]
            axis.set_major_locator(locator)
            axis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))  # type: ignore[no-untyped-call]


def scales(swept: Sweep, names: Names) -> list[Scale]:
    """The varied paths, in order."""
    numbers = varied_numbers(swept)
    found = []
    for i, entry in enumerate(swept.manifest["vary"]):
        path: str = entry["path"]
        words: tuple[str, ...] = ()
        if is_words(swept, path):
            words = tuple(entry["values"] or swept.points[path].unique(maintain_order=True).to_list())
        found.append(Scale(path, numbers[:, i], names, words, swept.points[path].dtype.is_temporal()))
    return found


def outcome_axis(axes: Axes, outcome: str, values: Any, names: Names, which: str = "y") -> None:
    """Name the axis of an outcome, and show shares as percent."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_label_text(capital(names.measure(outcome)))
    if is_share(outcome):
        axis.set_major_formatter(PercentFormatter(1, decimals=0 if np.ptp(values) > 0.05 else 1))
