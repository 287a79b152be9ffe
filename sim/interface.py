"""What `import sim` offers: the same as the command line, for use from Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError
from sim.sweeps.run import Results
from sim.sweeps.run import run as _run
from sim.talks.recorder import trace

__all__ = ["Results", "Scenario", "ScenarioError", "load", "run", "trace"]


def run(
    scenario: Scenario,
    worlds: int | None = None,
    seed: int = 0,
    *,
    out: str | Path | None = None,
    report: bool = True,
    **options: Any,
) -> Results:
    """Play a scenario in many worlds; with `out` also write tables and, unless `report` is False, figures and a page.

    Parameters
    ----------
    scenario
        From `sim.load`.
    worlds
        How many; by default what the scenario says, else 1,000.
    seed
        Same file, seed and version give the same results.
    out
        Directory to write; nothing is written without it.
    report
        Add the report to it.
    options
        See `sim.sweeps.run.run`: `overwrite`, `workers`, `batch`, `executor`, `progress`.

    Returns
    -------
    `outcomes` (count, share, 95 % interval), `worlds` and `rounds` (polars tables), `summary`, `as_json()`.
    """
    if out is not None and report:
        from sim.report.run_page import publish

        options["publish"] = publish
    return _run(scenario, worlds, seed, out=out, **options)
