"""A run: many worlds of one scenario, its summary, tables and result directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from sim.analysis.opening import Opening, opening
from sim.scenario.limits import MOST_WORLDS
from sim.scenario.model import Scenario
from sim.sweeps.aside import Second
from sim.sweeps.blocks import bearable, blocks, fitting
from sim.sweeps.crew import abandon, pool_of, start
from sim.sweeps.draws import DRAWS, drawn
from sim.sweeps.seal import MANIFEST, sealed
from sim.sweeps.store import Draft, OutputError, kept_code, versions, write_json
from sim.sweeps.stretches import stretches
from sim.sweeps.summary import Summary
from sim.sweeps.summary_file import SUMMARY_FILE, write_summary
from sim.sweeps.tables import round_table

ROWS = 16_384
"""Worlds in one part of the table of worlds, whatever the batches: the file is the same for all."""


@dataclass(slots=True, repr=False)
class Results:
    """What a run gives.

    Attributes
    ----------
    scenario, seed
        What was played.
    summary
        Counts over worlds.
    worlds
        A row a world; read lazily where it lies on disk.
    rounds
        A row for every round and measure of distance.
    out
        The result directory, None if nothing was written.
    versions
        Of the programs that computed it.
    """

    scenario: Scenario
    seed: int
    summary: Summary
    table: pl.LazyFrame
    rounds: pl.DataFrame
    out: Path | None = None
    versions: dict[str, str] = field(default_factory=versions)
    _draws: pl.DataFrame | None = None
    _opening: Opening | None = None

    def __repr__(self) -> str:
        return f"<Results of {self.scenario.title!r}: {self.summary.worlds:,} worlds, seed {self.seed}>"

    @property
    def worlds(self) -> pl.DataFrame:
        """A row a world, as in `worlds.parquet`."""
        return self.table.collect()

    @property
    def draws(self) -> pl.DataFrame:
        """What the first worlds drew, as in `draws.parquet`; worked out once."""
        if self._draws is None:
            self._draws = drawn(self.scenario, self.seed, self.summary.worlds)
        return self._draws

    @property
    def opening(self) -> Opening:
        """Whether a deal exists at the central values, else whose limits close the zone and what would open it."""
        if self._opening is None:
            self._opening = opening(self.scenario)
        return self._opening

    @property
    def outcomes(self) -> dict[str, dict[str, float]]:
        """Count, share and 95 % interval of every outcome."""
        return dict(self.as_json()["outcomes"])

    def as_json(self) -> dict[str, Any]:
        """The object that `run --json` prints."""
        return self.summary.as_json(self.scenario, self.seed, None if self.out is None else str(self.out))


def run(
    scenario: Scenario,
    worlds: int | None = None,
    seed: int = 0,
    *,
    out: str | Path | None = None,
    overwrite: bool = False,
    workers: int = 1,
    batch: int | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], None] | None = None,
    publish: Callable[[Path, Results], None] | None = None,
    second: Second | None = None,
) -> Results:
    """Play a scenario in many worlds.

    Parameters
    ----------
    scenario
        What is negotiated.
    worlds
        How many; by default what the scenario says, else 1,000.
    seed
        Same file, seed and version give the same results.
    out
        Directory to write; nothing is written without it.
    overwrite
        Replace a directory that is not empty.
    workers
        Processes to use; 1 plays here.
    batch
        Worlds played at once; changes nothing but speed and memory. By default what fits the scenario.
    executor
        Any executor of `concurrent.futures`, instead of a pool of `workers` here; these then say how many tasks it does
        at a time.
    progress
        Is called with worlds played and worlds in all.
    publish
        Is called with the directory being written and the results, to add reports to it.
    second
        A second process that works aside while this one plays (see `sim.sweeps.aside`).

    Raises
    ------
    OutputError
        If `out` is taken.
    """
    count = worlds or scenario.worlds or 1000
    if count > MOST_WORLDS:
        raise OutputError(f"expected at most {MOST_WORLDS:,} worlds, found {count:,}")
    size = min(batch or fitting(scenario, count, workers), ROWS, bearable(scenario))
    with ExitStack() as stack:
        draft = None if out is None else Draft(Path(out), overwrite)
        directory = stack.enter_context(draft) if draft else None
        pool = executor or stack.enter_context(_pool(workers))
        parts = _Parts(directory)
        summary: Summary | None = None
        played = (
            blocks(scenario, seed, 0, count, size, second)
            if pool is None
            else stretches(scenario, seed, count, size, pool, workers, ROWS)
        )
        for block in played:
            if summary is None:
                summary = block.summary
            else:
                summary.merge(block.summary)
            parts.add(block.rows)
            if progress:
                progress(summary.worlds, count)
        assert summary is not None
        results = Results(scenario, seed, summary, parts.finish(), round_table(scenario, summary))
        if directory is not None:
            results.rounds.write_parquet(directory / "rounds.parquet")
            results.draws.write_parquet(directory / DRAWS)
            write_summary(directory / SUMMARY_FILE, summary)
            if publish:
                publish(directory, results)
            write_json(directory / "summary.json", {**results.as_json(), "out": None})
            write_json(directory / MANIFEST, sealed(manifest(results), directory))
    if draft is not None:
        results.out = draft.target
        results.table = pl.scan_parquet(draft.target / "worlds.parquet")
    return results


def manifest(results: Results) -> dict[str, Any]:
    """What a result was computed from, so that anyone can compute it again."""
    return {
        "kind": "run",
        "worlds": results.summary.worlds,
        "seed": results.seed,
        "versions": results.versions,
        **described(results.scenario),
    }


def described(scenario: Scenario) -> dict[str, Any]:
    """What a manifest keeps of a scenario: all that is needed to load it again."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "sha256": sha256(scenario.text.encode()).hexdigest(),
        "set": list(scenario.changes),
        "text": scenario.text,
        **kept_code(scenario.code),
    }


class _Parts:
    """Gathers rows into parts of a fixed size, in memory or on disk, and joins them at the end."""

    def __init__(self, directory: Path | None) -> None:
        self.directory = directory
        self.frames: list[pl.DataFrame] = []
        self.waiting = 0
        self.files: list[Path] = []

    def add(self, frame: pl.DataFrame) -> None:
        while self.directory is not None and self.waiting + len(frame) >= ROWS:
            room = ROWS - self.waiting
            self.frames.append(frame[:room])
            self._write(self.directory)
            frame = frame[room:]
        if len(frame):
            self.frames.append(frame)
            self.waiting += len(frame)

    def finish(self) -> pl.LazyFrame:
        if self.directory is None:
            return pl.concat(self.frames, rechunk=True).lazy()
        if self.frames:
            self._write(self.directory)
        whole = self.directory / "worlds.parquet"
        if len(self.files) == 1:
            self.files[0].rename(whole)
        else:
            pl.scan_parquet(self.files).sink_parquet(whole, row_group_size=ROWS, maintain_order=True)
            for file in self.files:
                file.unlink()
        return pl.scan_parquet(whole)

    def _write(self, directory: Path) -> None:
        path = directory / f".worlds-{len(self.files):06d}.parquet"
        pl.concat(self.frames, rechunk=True).write_parquet(path, row_group_size=ROWS)
        self.files.append(path)
        self.frames, self.waiting = [], 0


@contextmanager
def _pool(workers: int) -> Iterator[Executor | None]:
    """A pool of processes, or None for one worker. On an interruption or error what waits is dropped."""
    if workers <= 1:
        yield None
        return
    pool = pool_of(workers)
    try:
        start(pool, workers)
        yield pool
    except BaseException:
        abandon(pool)
        raise
    pool.shutdown()
