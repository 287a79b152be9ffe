"""Taking times: interleaved repetitions, medians of ratios, child processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Job = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure with its spread (the quartiles of the repetitions), and its goal."""

    what: str
    figure: float
    low: float
    high: float
    unit: str  # "times" a ratio, "s" seconds, "us", "slope"
    goal: str  # ">= 500", "<= 1.05", "" for none
    detail: str

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if not self.goal:
            return None
        sign, limit = self.goal.split()
        return self.figure >= float(limit) if sign == ">=" else self.figure <= float(limit)

    def as_json(self) -> dict[str, Any]:
        """The row as written to the file."""
        return {**asdict(self), "met": self.met}


def interleaved(jobs: Mapping[str, Job], repetitions: int, clock: Callable[[], float] = time.process_time) -> Times:
    """Run all jobs in turn, again and again, so that a busy machine slows all of them alike.

    The clock counts processor time of this process unless told otherwise.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(repetitions):
        for name, job in jobs.items():
            start = clock()
            job()
            times[name].append(clock() - start)
    return Times(times)


@dataclass(frozen=True)
class Times:
    """Seconds by job and repetition."""

    seconds: dict[str, list[float]]

    def median(self, name: str) -> float:
        """Median seconds of a job."""
        return statistics.median(self.seconds[name])

    def ratio(self, slow: str, fast: str, factor: float = 1.0) -> tuple[float, float, float]:
        """Median and quartiles of the repetitions' ratios, times a factor."""
        pairs = zip(self.seconds[slow], self.seconds[fast], strict=True)
        return middle([factor * one / max(other, 1e-9) for one, other in pairs])


def middle(values: Sequence[float]) -> tuple[float, float, float]:
    """Median and quartiles."""
    if len(values) < 2:
        return values[0], values[0], values[0]
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return median, low, high


def child(code: str, *arguments: str, clock: Callable[[], float] = time.perf_counter) -> tuple[float, str]:
    """Run Python code in a process of its own; seconds on the clock, and what it printed."""
    start = clock()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return clock() - start, done.stdout


def children_time() -> float:
    """Processor seconds of all children that have ended, a clock for `interleaved`."""
    times = os.times()
    return times.children_user + times.children_system


def table(rows: Sequence[Row]) -> str:
    """The rows as text."""
    lines = [("what", "figure", "quartiles", "goal", "met", "detail")]
    for row in rows:
        mark = {None: "", True: "yes", False: "NO"}[row.met]
        figure = f"{_short(row.figure)} {row.unit}"
        lines.append((row.what, figure, f"{_short(row.low)} - {_short(row.high)}", row.goal, mark, row.detail))
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[5]]).rstrip()
        for line in lines
    )


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table of a Markdown page."""
    lines = ["| what | figure | quartiles | goal | met | detail |", "|---|---|---|---|---|---|"]
    for row in rows:
        mark = {None: "", True: "yes", False: "**no**"}[row.met]
        goal = row.goal.replace(">=", "at least").replace("<=", "at most")
        figure, spread = f"{_short(row.figure)} {row.unit}", f"{_short(row.low)} to {_short(row.high)}"
        lines.append(f"| {row.what} | {figure} | {spread} | {goal} | {mark} | {row.detail} |")
    return "\n".join(lines) + "\n"


def _short(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
