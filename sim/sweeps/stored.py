"""Results of a run read back from their directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from sim.scenario.loading import loads
from sim.scenario.model import Code, Scenario
from sim.scenario.problems import ScenarioError
from sim.sweeps.run import Results
from sim.sweeps.store import OutputError
from sim.sweeps.summary_file import SUMMARY_FILE, read_summary


def read_manifest(directory: Path) -> dict[str, Any]:
    """What the results in a directory were computed from.

    Raises
    ------
    OutputError
        If the directory holds no results.
    """
    path = directory / "manifest.json"
    if not directory.is_dir():
        raise OutputError(f"{directory} is not a directory with results; `detente run SCENARIO --out DIR` makes one")
    if not path.is_file():
        raise OutputError(f"{directory} holds no results: it has no manifest.json")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OutputError(f"{path} cannot be read ({error})") from error
    if not isinstance(found, dict) or not isinstance(found.get("kind"), str):
        raise OutputError(f"{path} is not the manifest of a result of detente")
    return found


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
    try:
        return Results(
            scenario=_scenario(directory, kept, allow_code),
            seed=int(kept["seed"]),
            summary=read_summary(directory / SUMMARY_FILE),
            table=_table(directory / "worlds.parquet"),
            rounds=pl.read_parquet(directory / "rounds.parquet"),
            out=directory,
            versions=dict(kept["versions"]),
        )
    except FileNotFoundError as error:
        name = Path(error.filename or "").name or "a file"
        raise OutputError(f"{directory} is not whole: {name} is missing; run the scenario again") from error
    except (ValueError, KeyError, TypeError, OSError, pl.exceptions.PolarsError) as error:
        raise OutputError(f"{directory} is damaged, or of another version ({error})") from error


def _table(path: Path) -> pl.LazyFrame:
    if not path.is_file():
        raise FileNotFoundError(2, "missing", str(path))
    return pl.scan_parquet(path)


def _scenario(directory: Path, kept: dict[str, Any], allow_code: bool) -> Scenario:
    code = [Code(name, name, text) for name, text in kept.get("code", {}).items()] if allow_code else []
    try:
        name = f"{kept['scenario']}.yaml" if kept["scenario"] else ""
        return loads(kept["text"], name, kept["set"], allow_code=None, code=code)
    except ScenarioError as error:
        raise OutputError(f"the scenario in {directory / 'manifest.json'} does not load:\n{error}") from error
