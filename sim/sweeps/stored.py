"""Results of a run read back from their directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from sim.scenario.loading import loads
from sim.scenario.model import Code, Scenario
from sim.scenario.problems import ScenarioError
from sim.sweeps.run import Results
from sim.sweeps.seal import UNREADABLE, check_tables, has_checksums, read_manifest
from sim.sweeps.store import OutputError
from sim.sweeps.summary_file import SUMMARY_FILE, read_summary


def read_run(directory: Path, allow_code: bool = False) -> Results:
    """The results of a run, as `run` gave them.

    With `allow_code` the code of users' policies that it kept may be run; else the scenario can be looked at alone.

    Raises
    ------
    OutputError
        If the directory holds no run, or what it holds is damaged or of another version.
    """
    kept = read_manifest(directory)
    if kept["kind"] != "run":
        raise OutputError(f"{directory} holds the results of `{kept['kind']}`, not of a run")
    check_tables(directory, kept)
    try:
        results = Results(
            scenario=_scenario(directory, kept, allow_code),
            seed=int(kept["seed"]),
            summary=read_summary(directory / SUMMARY_FILE),
            table=_table(directory / "worlds.parquet"),
            rounds=pl.read_parquet(directory / "rounds.parquet"),
            out=directory,
            versions=dict(kept["versions"]),
        )
        if not has_checksums(kept):
            _check_rows(results)
        return results
    except FileNotFoundError as error:
        name = Path(error.filename or "").name or "a file"
        raise OutputError(f"{directory} is not whole: {name} is missing; run the scenario again") from error
    except UNREADABLE as error:
        raise OutputError(f"{directory} is damaged, or of another version ({error})") from error


def _table(path: Path) -> pl.LazyFrame:
    if not path.is_file():
        raise FileNotFoundError(2, "missing", str(path))
    return pl.scan_parquet(path)


def _check_rows(results: Results) -> None:
    """Read all of a table that has no checksum, so that damage is found here and not where a row is needed."""
    counted = results.table.select(pl.all().count(), pl.len().alias("")).collect()
    rows = counted[""].item()
    if rows != results.summary.worlds or "world" not in counted.columns:
        raise ValueError(f"worlds.parquet has {rows} worlds, {results.summary.worlds} were counted")


def _scenario(directory: Path, kept: dict[str, Any], allow_code: bool) -> Scenario:
    code = [Code(name, name, text) for name, text in kept.get("code", {}).items()] if allow_code else []
    try:
        name = f"{kept['scenario']}.yaml" if kept["scenario"] else ""
        return loads(kept["text"], name, kept["set"], allow_code=None, code=code)
    except ScenarioError as error:
        raise OutputError(f"the scenario in {directory / 'manifest.json'} does not load:\n{error}") from error
