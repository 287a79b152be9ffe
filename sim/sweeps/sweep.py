"""A sweep: many points of a scenario, each played in the same worlds, resumable and the same whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sim.sweeps.blocks import bearable, fitting
from sim.sweeps.counts import PointCounts
from sim.sweeps.crew import Crew, crew
from sim.sweeps.ledger import Ledger, ledger
from sim.sweeps.plan import Plan, PointGroup
from sim.sweeps.point_table import part_table
from sim.sweeps.seal import UNREADABLE, check_tables, has_checksums, read_manifest, remedy, without_checksums
from sim.sweeps.store import OutputError
from sim.sweeps.tasks import Played, Task, play_task, tasks_of
from sim.talks.record.endings import OUTCOMES

PART = 8_192
"""Worlds in one part, about: so much is played again after an interruption, by each worker."""

ROWS = 16_384
"""Rows in a group of rows of the finished tables."""

_MOST_GROUPS = 8
"""Structures up to which a part grows, so that blocks of one structure stay large."""

Progress = Callable[[int, int, int], None]


@dataclass(slots=True)
class Sweep:
    """A finished sweep.

    Attributes
    ----------
    manifest
        What it was computed from, as in ``manifest.json``.
    points
        A row a point: its place, the varied values, and what came out (see `sim.sweeps.point_table.result_columns`).
    out
        Its directory, None if nothing was written.
    resumed
        Points that were there already.
    rows
        A row a world, read lazily where it lies on disk; None where that was not asked for.
    """

    manifest: dict[str, Any]
    points: pl.DataFrame
    out: Path | None = None
    resumed: int = 0
    rows: pl.LazyFrame | None = None

    @property
    def paths(self) -> list[str]:
        """What was varied: the names of the columns with its values."""
        return [one["path"] for one in self.manifest["vary"]]

    @property
    def outcomes(self) -> list[str]:
        """The outcomes that there can be."""
        return [name for name in OUTCOMES if f"{name}.count" in self.points.columns]

    def as_json(self) -> dict[str, Any]:
        """The object that `sweep --json` prints."""
        manifest, worlds = self.manifest, int(self.manifest["worlds"])

        def ends(name: str) -> dict[str, float | None]:
            column = self.points[name]
            return {"least": column.min(), "most": column.max()}  # type: ignore[dict-item]

        return {
            "scenario": manifest["title"],
            "design": manifest["design"],
            "points": len(self.points),
            "worlds": worlds,
            "negotiations": len(self.points) * worlds,
            "seed": manifest["seed"],
            "out": None if self.out is None else str(self.out),
            "resumed": self.resumed,
            "varied": self.paths,
            "outcomes": {name: ends(f"{name}.share") for name in self.outcomes},
            "gap": {"first": ends("gap.first"), "last": ends("gap.last")},
        }


def read_sweep(directory: Path) -> Sweep:
    """A finished sweep from its directory.

    Raises
    ------
    OutputError
        If there is none.
    """
    manifest = read_manifest(directory)
    if manifest["kind"] != "sweep":
        raise OutputError(f"{directory} holds the results of a {manifest['kind']}, not of a sweep")
    return _read(directory, manifest)


def play_sweep(
    plan: Plan,
    out: Path | None = None,
    *,
    keep_worlds: bool = False,
    workers: int | Callable[[], int] = 1,
    batch: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    publish: Callable[[Path, Sweep], None] | None = None,
) -> Sweep:
    """Play a sweep, or what is left of it.

    Parameters
    ----------
    plan
        What is played.
    out
        Directory to write; nothing is written without it. One that holds the same sweep, unfinished, is gone on with.
    keep_worlds
        Keep a row a world too: ``worlds.parquet``.
    workers
        Processes to use; 1 plays here. With `executor`, how many tasks that does at a time, or a function that says so.
    batch
        Worlds played at once; changes nothing but speed and memory. By default what fits the scenario.
    executor
        Any executor of `concurrent.futures`, instead of processes of this machine.
    progress
        Is called with points done, points in all, and how many of them were there at the start.
    publish
        Is called with the directory and the sweep before it is declared finished, to add reports to it.

    Raises
    ------
    OutputError
        If `out` is taken by something else.
    """
    manifest = {**plan.manifest(), "keep_worlds": keep_worlds}
    with ExitStack() as stack:
        book = None if out is None else stack.enter_context(ledger(out))
        if book is not None:
            book.begin(manifest)
            if book.finished:
                book.finish()
                return _read(book.directory, read_manifest(book.directory), resumed=len(plan.points))
        parts = _Parts(plan, book, keep_worlds, progress)
        missing = parts.missing()
        if missing:
            hands = stack.enter_context(crew(workers, executor))
            size = batch or _fitting(plan, len(missing), workers() if callable(workers) else workers)
            parts.play(hands, missing, min(size, bearable(plan.scenario)))
        points, rows = parts.joined()
        sweep = Sweep(manifest, points, out, parts.resumed, rows)
        if book is not None:
            if publish:
                publish(book.directory, sweep)
            book.finish()
    return sweep


def _fitting(plan: Plan, parts: int, workers: int) -> int:
    """Worlds to play at once: a part in even blocks, in more of them where there are fewer parts than workers."""
    return fitting(plan.scenario, min(PART, len(plan.points) * plan.worlds), ceil(workers / parts))


def _read(directory: Path, manifest: dict[str, Any], resumed: int = 0) -> Sweep:
    """The tables of a finished sweep, if they are what was written."""
    check_tables(directory, manifest)
    worlds = directory / "worlds.parquet"
    try:
        points = pl.read_parquet(directory / "points.parquet")
        rows = pl.scan_parquet(worlds) if worlds.exists() else None
        if not has_checksums(manifest):
            _check_rows(points, rows, manifest)
    except FileNotFoundError as error:
        raise OutputError(f"{directory} is not whole: points.parquet is missing; {remedy(manifest)}") from error
    except UNREADABLE as error:
        raise OutputError(f"{directory} is damaged, or of another version ({error}); {remedy(manifest)}") from error
    return Sweep(without_checksums(manifest), points, directory, resumed, rows)


def _check_rows(points: pl.DataFrame, rows: pl.LazyFrame | None, manifest: dict[str, Any]) -> None:
    """Read all of tables that have no checksums, so that damage is found here and not where a row is needed."""
    wanted = {"point", "worlds", *(one["path"] for one in manifest["vary"])}
    if wanted - set(points.columns):
        raise ValueError(f"points.parquet has no {', '.join(sorted(wanted - set(points.columns)))}")
    if rows is not None:
        found = rows.select(pl.all().count(), pl.len().alias("")).collect()[""].item()
        if found != len(points) * int(manifest["worlds"]):
            raise ValueError(f"worlds.parquet has {found} rows, {len(points)} points of {manifest['worlds']} worlds")


class _Parts:
    """The parts of a sweep: consecutive points, the same whatever the batches and workers."""

    def __init__(self, plan: Plan, book: Ledger | None, keep_worlds: bool, progress: Progress | None) -> None:
        self.plan = plan
        self.book = book
        self.names = ("points", "worlds") if keep_worlds else ("points",)
        self.progress = progress
        size = max(1, PART * min(len(plan.groups), _MOST_GROUPS) // plan.worlds)
        count = len(plan.points)
        self.ranges = [(first, min(first + size, count)) for first in range(0, count, size)]
        self.found: dict[tuple[str, int], pl.DataFrame | Path] = {}
        self.done = self.resumed = 0

    def missing(self) -> list[int]:
        """Numbers of the parts that are not there yet."""
        left = []
        for number, (first, last) in enumerate(self.ranges):
            there = [(name, self.book.has(name, number) if self.book else None) for name in self.names]
            if all(path for _, path in there):
                self.found |= {(name, number): path for name, path in there if path}
                self.done += last - first
            else:
                left.append(number)
        self.resumed = self.done
        self._tell()
        return left

    def play(self, hands: Crew, numbers: list[int], batch: int) -> None:
        """Play these parts and keep each as soon as it is whole."""
        keep_rows = len(self.names) > 1
        layout: list[tuple[int, Task]] = []

        def tasks() -> Iterator[Task]:
            for number in numbers:
                first, last = self.ranges[number]
                for group in range(len(self.plan.groups)):
                    for task in tasks_of(self.plan, group, first, last, batch, keep_rows):
                        layout.append((number, task))
                        yield task

        gathering: _Gathering | None = None
        for played in hands.play(play_task, tasks()):
            number, task = layout.pop(0)
            if gathering is None or gathering.number != number:
                if gathering is not None:
                    self._keep(gathering)
                gathering = _Gathering(self.plan, number, *self.ranges[number])
            gathering.add(task, played)
        if gathering is not None:
            self._keep(gathering)

    def joined(self) -> tuple[pl.DataFrame, pl.LazyFrame | None]:
        """The finished tables: a row a point, and a row a world where asked for."""
        rows = None
        for name in self.names:
            parts = [self.found[name, number] for number in range(len(self.ranges))]
            if self.book is not None:
                self.book.join([part for part in parts if isinstance(part, Path)], f"{name}.parquet", ROWS)
                table = pl.scan_parquet(self.book.directory / f"{name}.parquet")
            else:
                table = pl.concat([part for part in parts if isinstance(part, pl.DataFrame)]).lazy()
            if name == "points":
                points = table.collect()
            else:
                rows = table
        return points, rows

    def _keep(self, gathering: _Gathering) -> None:
        for name, table in zip(self.names, gathering.tables(), strict=False):
            key = (name, gathering.number)
            self.found[key] = self.book.add(*key, table) if self.book else table
        first, last = self.ranges[gathering.number]
        self.done += last - first
        self._tell()

    def _tell(self) -> None:
        if self.progress:
            self.progress(self.done, len(self.plan.points), self.resumed)


class _Gathering:
    """A part while its tasks come in."""

    def __init__(self, plan: Plan, number: int, first: int, last: int) -> None:
        self.plan, self.number, self.first, self.last = plan, number, first, last
        self.counts: dict[int, tuple[PointGroup, int, PointCounts]] = {}
        self.rows: list[pl.DataFrame] = []

    def add(self, task: Task, played: Played) -> None:
        """Take in what came of a task."""
        if task.group not in self.counts:
            group = self.plan.groups[task.group]
            low, high = (int(np.searchsorted(group.points, end)) for end in (self.first, self.last))
            self.counts[task.group] = (group, low, PointCounts.empty(group.scenario, high - low))
        _, low, counts = self.counts[task.group]
        counts.add(played.counts, task.place - low)
        if played.rows is not None:
            self.rows.append(played.rows)

    def tables(self) -> Iterator[pl.DataFrame]:
        """Its rows: a row a point and, if they were kept, a row a world."""
        yield part_table(self.plan, self.first, self.last, list(self.counts.values()))
        if self.rows:
            yield pl.concat(self.rows, how="diagonal_relaxed").sort("point", "world")
