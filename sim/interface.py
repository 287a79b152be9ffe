"""What `import sim` offers: the same as the command line, for use from Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.analysis import Analysis
from sim.analysis import analyze as _analyze
from sim.forecast.calibration import Calibration
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.scenario.problems import ScenarioError
from sim.sweeps.compare import compare as _compare
from sim.sweeps.comparison import COMPARISON_FILE, Comparison
from sim.sweeps.discovery import Discovery, discover
from sim.sweeps.request import Vary, request_plan
from sim.sweeps.robustness import Robustness, robustness
from sim.sweeps.run import Results
from sim.sweeps.run import run as _run
from sim.sweeps.sensitivity import Sensitivity, sensitivity
from sim.sweeps.sweep import Sweep, play_sweep, read_sweep
from sim.sweeps.threshold import Threshold, threshold
from sim.trace.recorder import trace

__all__ = [
    "Analysis",
    "Calibration",
    "Comparison",
    "Discovery",
    "Results",
    "Robustness",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Sweep",
    "Threshold",
    "analyze",
    "calibrate",
    "compare",
    "discover",
    "load",
    "read_sweep",
    "robustness",
    "run",
    "sensitivity",
    "sweep",
    "threshold",
    "trace",
]


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
        from sim.report.pages.run import publish

        options["publish"] = publish
    return _run(scenario, worlds, seed, out=out, **options)


def analyze(
    scenario: Scenario,
    worlds: int = 0,
    seed: int = 0,
    *,
    out: str | Path | None = None,
    overwrite: bool = False,
) -> Analysis:
    """Answer exactly, without simulation and before any event; with `out` also write a page, figures and the JSON.

    Parameters
    ----------
    scenario
        From `sim.load`.
    worlds, seed
        Ask besides in so many drawn worlds (those of a run with this seed) how often each answer holds.
    out
        Directory to write; nothing is written without it.
    overwrite
        Replace what stands there.

    Returns
    -------
    `feasible`, `solutions`, `closest`, ..., the findings in sentences as `text`, and `as_json()`.
    """
    if out is None:
        return _analyze(scenario, worlds, seed)
    from sim.report.pages.analysis import publish_analysis
    from sim.sweeps.run import described
    from sim.sweeps.seal import MANIFEST, sealed
    from sim.sweeps.store import Draft, versions, write_json

    with Draft(Path(out), overwrite) as directory:
        found = _analyze(scenario, worlds, seed)
        write_json(directory / "analysis.json", found.as_json())
        publish_analysis(directory, found)
        kept = {"kind": "analyze", "worlds": worlds, "seed": seed, "versions": versions(), **described(scenario)}
        write_json(directory / MANIFEST, sealed(kept, directory))
    return found


def calibrate(
    scenario: Scenario,
    observed: str | Path | None = None,
    worlds: int | None = None,
    seed: int = 0,
    *,
    accept: float = 0.1,
    out: str | Path | None = None,
    overwrite: bool = False,
) -> Calibration:
    """Weight worlds by how near their offers come to what was observed; with `out` also write what was learned.

    Parameters
    ----------
    scenario
        From `sim.load`.
    observed
        Table of observations, see `sim.forecast.observed`; by default the bundled one of the scenario.
    worlds, seed
        How many worlds to play, by default 4,000, and their seed.
    accept
        Share of the worlds to keep.
    out
        Directory to write: the narrowed scenario, `calibration.json` and a page.
    overwrite
        Replace what stands there.

    Returns
    -------
    `accepted`, `effective`, `before`, `after`, `moved`, and `as_json()`.
    """
    from sim.forecast.calibration import calibrate as learn
    from sim.forecast.observed import observed_of, read_observed

    table = Path(observed) if observed is not None else observed_of(scenario)
    result = learn(scenario, read_observed(table, scenario), worlds or 4_000, seed, accept)
    if out is None:
        return result
    from sim.forecast.narrowing import narrowed
    from sim.report.pages.calibration import publish
    from sim.sweeps.seal import MANIFEST, sealed
    from sim.sweeps.store import Draft, versions, write_json

    told = (
        f"Narrowed by calibration: {result.accepted:,} of {result.worlds:,} worlds kept, seed {seed}, "
        f"observations in {table.name}."
    )
    text, changed, left = narrowed(scenario.text, result, told)
    command = f"detente calibrate {scenario.name} --observed {table.name} --worlds {result.worlds} --seed {seed}"
    with Draft(Path(out), overwrite) as directory:
        write_json(directory / "calibration.json", result.as_json())
        (directory / "scenario.yaml").write_text(text, encoding="utf-8")
        publish(directory, result, changed, left, f"{command} --accept {accept:g}")
        kept = {"kind": "calibration", "seed": seed, "versions": versions()}
        write_json(directory / MANIFEST, sealed(kept, directory))
    return result


def sweep(
    scenario: Scenario | str,
    vary: Vary = (),
    *,
    levers: Vary = (),
    design: str | None = None,
    points: Any = None,
    worlds: int | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    cluster: str | None = None,
    report: bool = True,
    **options: Any,
) -> Sweep:
    """Play a scenario at many points, each in the same worlds; nothing is written without `out`.

    Parameters
    ----------
    scenario
        From `sim.load`, or a file or bundled name.
    vary, levers
        What is varied, and what of it a negotiator can choose: texts as after ``--vary``, or a mapping of paths to
        ``(low, high)``, ``(low, high, levels)``, a list of values, or None for the number's own distribution.
    design
        ``grid`` (if nothing is said), ``lhs``, ``sobol``, ``sobol2``, ``morris`` or ``tornado``.
    points
        The number that the design is asked for; or a list of points: a table with a column a path, or its file.
    worlds
        Worlds a point; by default what the scenario says, else 1,000.
    seed
        Of the worlds and of the design.
    out
        Directory to write; a sweep that was interrupted there is gone on with.
    cluster
        Address of a Dask scheduler whose workers play, or the file that it writes.
    report
        Add figures and a page to `out`.
    options
        See `sim.sweeps.sweep.play_sweep`: `keep_worlds`, `workers`, `batch`, `executor`, `progress`.

    Returns
    -------
    `points` (a polars table, a row a point), `manifest`, `as_json()`.
    """
    plan = request_plan(scenario, vary, levers=levers, design=design, points=points, worlds=worlds, seed=seed)
    place = None if out is None else Path(out)
    if place is not None and report:
        from sim.report.pages.sweep import publish

        options["publish"] = publish
    if cluster is None:
        return play_sweep(plan, place, **options)
    from sim.sweeps.cluster import cluster as connect

    with connect(cluster) as (executor, at_a_time):
        return play_sweep(plan, place, **{**options, "executor": executor, "workers": at_a_time})


def compare(*directories: str | Path, out: str | Path | None = None, overwrite: bool = False) -> Comparison:
    """Set runs of the same talks against the first of them; with `out` also write a page, figures and the JSON.

    Parameters
    ----------
    directories
        Of two runs or more, as `run` wrote them with `out`.
    out
        Directory to write; nothing is written without it.
    overwrite
        Replace what stands there.

    Returns
    -------
    `variants`, `pairs` (differences with intervals, transitions, who stopped blocking), and `as_json()`.
    """
    found = _compare(directories)
    if out is None:
        return found
    from sim.report.pages.comparison import publish
    from sim.sweeps.seal import MANIFEST, sealed
    from sim.sweeps.store import Draft, versions, write_json

    with Draft(Path(out), overwrite) as directory:
        kept = {"kind": "compare", "directories": [str(one) for one in directories], "versions": versions()}
        write_json(directory / COMPARISON_FILE, found.as_json())
        publish(directory, found)
        write_json(directory / MANIFEST, sealed(kept, directory))
    return found
