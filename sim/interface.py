"""What `import sim` offers, and all that the command line uses: the one way in to the rooms of the program.

Nothing is loaded before it is used: every function imports what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.answers import Analysis
    from sim.analysis.programme import SOLVER_THREAD
    from sim.convert.conversion import Conversion, convert
    from sim.disk.whole import write_whole
    from sim.forecast.calibration import Calibration
    from sim.forecast.deu.backtest import DeuBacktest
    from sim.forecast.deu.backtest import backtest as backtest_deu
    from sim.forecast.forecast import Forecasts, forecast
    from sim.forecast.history import HistoryBacktest
    from sim.report.minutes.traced import Traced
    from sim.report.pages.redraw import redraw
    from sim.report.pages.written import written
    from sim.report.terminal.show import show
    from sim.scenario.bundled import about_bundled
    from sim.scenario.limits import MOST_POINTS, MOST_WORLDS
    from sim.scenario.loading import load
    from sim.scenario.model import Scenario
    from sim.scenario.problems import Problem, ScenarioError
    from sim.scenario.schema import schema_text
    from sim.scenario.template import starter
    from sim.scenario.visible import visible, visible_json
    from sim.sweeps.answers import Answers, answers
    from sim.sweeps.checking import check
    from sim.sweeps.comparison import Comparison
    from sim.sweeps.discovery import Discovery, discover
    from sim.sweeps.request import Vary
    from sim.sweeps.robustness import Robustness, robustness
    from sim.sweeps.run import Results
    from sim.sweeps.seal import has_checksums, read_manifest
    from sim.sweeps.sensitivity import Sensitivity, sensitivity
    from sim.sweeps.store import OutputError, new_directory
    from sim.sweeps.sweep import Progress, Sweep, read_sweep
    from sim.sweeps.threshold import Threshold, threshold

_FROM = {
    "MOST_POINTS": "sim.scenario.limits",
    "MOST_WORLDS": "sim.scenario.limits",
    "Analysis": "sim.analysis.answers",
    "Answers": "sim.sweeps.answers",
    "Calibration": "sim.forecast.calibration",
    "Comparison": "sim.sweeps.comparison",
    "Conversion": "sim.convert.conversion",
    "DeuBacktest": "sim.forecast.deu.backtest",
    "Discovery": "sim.sweeps.discovery",
    "Forecasts": "sim.forecast.forecast",
    "HistoryBacktest": "sim.forecast.history",
    "OutputError": "sim.sweeps.store",
    "Problem": "sim.scenario.problems",
    "Progress": "sim.sweeps.sweep",
    "Results": "sim.sweeps.run",
    "Robustness": "sim.sweeps.robustness",
    "SOLVER_THREAD": "sim.analysis.programme",
    "Scenario": "sim.scenario.model",
    "ScenarioError": "sim.scenario.problems",
    "Sensitivity": "sim.sweeps.sensitivity",
    "Sweep": "sim.sweeps.sweep",
    "Threshold": "sim.sweeps.threshold",
    "Traced": "sim.report.minutes.traced",
    "about_bundled": "sim.scenario.bundled",
    "answers": "sim.sweeps.answers",
    "backtest_deu": "sim.forecast.deu.backtest:backtest",
    "check": "sim.sweeps.checking",
    "convert": "sim.convert.conversion",
    "discover": "sim.sweeps.discovery",
    "forecast": "sim.forecast.forecast",
    "has_checksums": "sim.sweeps.seal",
    "load": "sim.scenario.loading",
    "new_directory": "sim.sweeps.store",
    "read_manifest": "sim.sweeps.seal",
    "read_sweep": "sim.sweeps.sweep",
    "redraw": "sim.report.pages.redraw",
    "robustness": "sim.sweeps.robustness",
    "schema_text": "sim.scenario.schema",
    "sensitivity": "sim.sweeps.sensitivity",
    "show": "sim.report.terminal.show",
    "starter": "sim.scenario.template",
    "threshold": "sim.sweeps.threshold",
    "visible": "sim.scenario.visible",
    "visible_json": "sim.scenario.visible",
    "write_whole": "sim.disk.whole",
    "written": "sim.report.pages.written",
}
"""What stands elsewhere as it is offered here, and where; after a colon its name there, if that is another."""

__all__ = [
    "MOST_POINTS",
    "MOST_WORLDS",
    "SOLVER_THREAD",
    "Analysis",
    "Answers",
    "Calibration",
    "Comparison",
    "Conversion",
    "DeuBacktest",
    "Discovery",
    "Forecasts",
    "HistoryBacktest",
    "OutputError",
    "Problem",
    "Progress",
    "Results",
    "Robustness",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Sweep",
    "Threshold",
    "Traced",
    "about_bundled",
    "analyze",
    "answers",
    "backtest",
    "backtest_deu",
    "calibrate",
    "check",
    "compare",
    "convert",
    "discover",
    "examine",
    "forecast",
    "has_checksums",
    "load",
    "new_directory",
    "read_manifest",
    "read_sweep",
    "redraw",
    "robustness",
    "run",
    "schema_text",
    "sensitivity",
    "show",
    "starter",
    "sweep",
    "threshold",
    "trace",
    "visible",
    "visible_json",
    "write_whole",
    "written",
]


def __getattr__(name: str) -> Any:
    """What stands elsewhere, imported where it is first asked for."""
    if name not in _FROM:
        raise AttributeError(f"module 'sim.interface' has no attribute {name!r}")
    module, _, other = _FROM[name].partition(":")
    return getattr(import_module(module), other or name)


def run(
    scenario: Scenario,
    worlds: int | None = None,
    seed: int = 0,
    *,
    out: str | Path | None = None,
    report: bool = True,
    aside: bool = False,
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
    aside
        Where it pays, begin a second process that asks and draws while this one plays. From a program of your own only
        under `if __name__ == "__main__"`, as all processes.
    options
        See `sim.sweeps.run.run`: `overwrite`, `workers`, `batch`, `executor`, `progress`.

    Returns
    -------
    `outcomes` (count, share, 95 % interval), `worlds` and `rounds` (polars tables), `summary`, `as_json()`.
    """
    from sim.sweeps.aside import at_hand
    from sim.sweeps.run import run as play

    drawn = out is not None and report
    with at_hand(scenario, worlds, wanted=aside and drawn and options.get("workers", 1) == 1) as second:
        if drawn:
            from sim.report.pages.run import publisher

            options["publish"] = publisher(scenario, second)
        return play(scenario, worlds, seed, out=out, second=second, **options)


def trace(scenario: Scenario, world: int = 0, seed: int = 0) -> Traced:
    """Play one world of a run, and tell every offer, every answer, and the reason for it.

    Parameters
    ----------
    scenario
        From `sim.load`.
    world, seed
        As in `run` with the same seed.

    Returns
    -------
    `outcome`, `package`, `utilities`, `entries` (meetings and what came between), and `as_json()`.
    """
    from sim.report.minutes.traced import traced
    from sim.trace.recorder import trace as play

    return traced(play(scenario, world, seed))


def examine(
    file: str, changes: Sequence[str] = (), allow_code: bool = False
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What is wrong with a scenario file, its `sweep` section included, and what is odd: errors and warnings."""
    from sim.scenario.loading import examine as look

    scenario, errors, warnings = look(file, changes, allow_code=allow_code)
    if scenario is not None and scenario.sweep is not None:
        from sim.sweeps.request import check_section

        errors = check_section(scenario, allow_code)
    return errors, warnings


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
    from sim.analysis.answers import analyze as answer

    if out is None:
        return answer(scenario, worlds, seed)
    from sim.report.pages.analysis import publish_analysis
    from sim.sweeps.run import described
    from sim.sweeps.seal import MANIFEST, sealed
    from sim.sweeps.store import Draft, versions, write_json

    with Draft(Path(out), overwrite) as directory:
        found = answer(scenario, worlds, seed)
        write_json(directory / "analysis.json", found.as_json())
        publish_analysis(directory, found)
        kept = {"kind": "analyze", "worlds": worlds, "seed": seed, "versions": versions(), **described(scenario)}
        write_json(directory / MANIFEST, sealed(kept, directory))
    return found


def backtest(
    worlds: int | None = None,
    seed: int = 0,
    *,
    out: str | Path | None = None,
    overwrite: bool = False,
    **options: Any,
) -> HistoryBacktest:
    """Hold shares of agreement and expected settlements against what happened in all bundled cases with an outcome.

    Parameters
    ----------
    worlds, seed
        Worlds of each case, by default 100, and their seed.
    out
        Directory to write: a page, figures and the JSON; nothing is written without it.
    overwrite
        Replace what stands there.
    options
        See `sim.forecast.history.backtest_cases`: `cases`, `progress`.

    Returns
    -------
    `models`, `cases`, `probability`, ..., and `as_json()`.
    """
    from sim.forecast.history import backtest_cases

    if out is None:
        return backtest_cases(worlds, seed, **options)
    from sim.report.pages.backtest import publish
    from sim.sweeps.seal import MANIFEST, sealed
    from sim.sweeps.store import Draft, versions, write_json

    with Draft(Path(out), overwrite) as directory:
        found = backtest_cases(worlds, seed, **options)
        write_json(directory / "backtest.json", found.as_json())
        publish(directory, found)
        kept = {"kind": "backtest", "worlds": found.worlds, "seed": seed, "versions": versions()}
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
    from sim.sweeps.request import request_plan
    from sim.sweeps.sweep import play_sweep

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
    from sim.sweeps.compare import compare as set_against
    from sim.sweeps.comparison import COMPARISON_FILE

    found = set_against(directories)
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
