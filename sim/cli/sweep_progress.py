"""Progress of a sweep on standard error: a bar with the time left on a terminal, now and then a line in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.interface import Progress

EVERY = 10.0
"""Seconds between two lines in a log."""


@contextmanager
def sweep_progress() -> Iterator[Progress]:
    """Give a function that is told the points done, the points in all, and how many were there at the start."""
    if not sys.stderr.isatty():
        yield _Log()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("points"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        began = monotonic()

        def tell(done: int, total: int, before: int) -> None:
            left = time_left(monotonic() - began, done, total, before)
            bar.update(task, completed=done, total=total, description=left)

        yield tell


def time_left(seconds: float, done: int, total: int, before: int) -> str:
    """How long it will still take, judged by what was done in so many seconds."""
    if done <= before or done >= total:
        return ""
    return f"{span(seconds * (total - done) / (done - before))} left"


def span(seconds: float) -> str:
    """A length of time in words: "40 s", "12 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


class _Log:
    """Writes a line at the start and at the end, and every few seconds in between."""

    def __init__(self) -> None:
        self.began = monotonic()
        self.said: float | None = None

    def __call__(self, done: int, total: int, before: int) -> None:
        now = monotonic()
        first = self.said is None
        if not first and done < total and now - (self.said or 0.0) < EVERY:
            return
        self.said = now
        resumed = f", {before:,} of them from before" if first and before else ""
        left = time_left(now - self.began, done, total, before)
        share = 100 * done // total
        line = f"sweep: {done:,} of {total:,} points ({share}%){resumed}{', ' + left if left else ''}"
        print(line, file=sys.stderr, flush=True)
