"""`detente sweep`: play a scenario at many points."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.interruption import interrupted
from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed
from sim.cli.output import tell
from sim.interface import MOST_POINTS, MOST_WORLDS

if TYPE_CHECKING:
    from sim.interface import Scenario


def sweep(
    scenario: ScenarioName,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="PATH=LOW:HIGH[:N]",
            help="What to vary: a range of numbers or dates, a list PATH=a,b,c, or PATH alone for a number that the "
            "file is unsure of; may be repeated.",
        ),
    ] = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--lever", metavar="PATH=a,b,c", help="The same for what a negotiator can choose."),
    ] = None,
    design: Annotated[
        str | None,
        typer.Option("--design", metavar="NAME", help="grid (default), lhs, sobol, sobol2, morris or tornado."),
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(
            "--points",
            metavar="N",
            help="Size: values of a range (grid), points, trajectories; or a file of points, as with --points-file.",
        ),
    ] = None,
    points_file: Annotated[
        Path | None,
        typer.Option("--points-file", metavar="FILE", help="CSV or Parquet file of points, a column for each path."),
    ] = None,
    worlds: Annotated[
        int | None,
        typer.Option(
            "--worlds", min=1, max=MOST_WORLDS, metavar="N", help="Worlds a point (default: the file's, or 1000)."
        ),
    ] = None,
    seed: Seed = 0,
    set_: Changes = None,
    allow_code: AllowCode = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write, or where to go on with an interrupted sweep."),
    ] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="K", help="Processes to use.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, or its file, whose workers play instead."),
    ] = None,
    batch: Annotated[
        int | None, typer.Option("--batch", min=1, metavar="N", help="Worlds played at once; changes no result.")
    ] = None,
    threshold: Annotated[
        str | None,
        typer.Option(
            "--threshold",
            metavar="OUTCOME=SHARE",
            help="Instead of points: find where the share crosses this level in the range of the one --vary.",
        ),
    ] = None,
    keep_worlds: Annotated[bool, typer.Option("--keep-worlds", help="Also write a row for every world.")] = False,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write tables only: no page, no figures.")] = False,
    json: Json = False,
) -> None:
    """Play the talks at many points, each in the same worlds; the same command with the same DIR resumes."""
    from sim import interface
    from sim.cli.sweep_progress import sweep_progress
    from sim.interface import OutputError

    loaded = interface.load(scenario, set_ or (), allow_code=allow_code)
    if threshold is not None:
        if len(vary or ()) != 1 or lever or design or points or points_file or cluster or out:
            message = "--threshold goes with one --vary PATH=LOW:HIGH, and with --worlds, --seed, --set and --workers"
            raise OutputError(message)
        _find(loaded, (vary or [""])[0], threshold, worlds, seed, workers, json)
        return
    directory = out or interface.new_directory(f"{loaded.name or 'scenario'}-sweep")
    if points is not None and points_file is not None:
        raise OutputError("--points and --points-file cannot both be given")
    size, listed = _size_or_file(points)
    try:
        with sweep_progress() as progress:
            swept = interface.sweep(
                loaded,
                vary or (),
                levers=lever or (),
                design=design,
                points=points_file or listed or size,
                worlds=worlds,
                seed=seed,
                out=directory,
                keep_worlds=keep_worlds,
                workers=workers,
                cluster=cluster,
                batch=batch,
                progress=progress,
                report=not no_report,
            )
    except KeyboardInterrupt:
        kept = f"what is finished is kept in {directory}: {_again(out, directory)}"
        raise typer.Exit(interrupted(kept)) from None
    except OSError as error:
        kept = f"what is finished is kept in {directory}: {_again(out, directory)}"
        tell(f"the sweep failed: {error.strerror or error}; {kept}", err=True)
        raise typer.Exit(1) from None
    if json:
        print_json(swept.as_json())
    else:
        interface.show(swept)


def _size_or_file(points: str | None) -> tuple[int | None, Path | None]:
    """What stands after --points: the size of a design, or a file of points."""
    if points is None:
        return None, None
    try:
        size = int(points)
    except ValueError:
        return None, Path(points)
    if not 1 <= size <= MOST_POINTS:
        raise typer.BadParameter(
            f"expected a whole number from 1 to {MOST_POINTS:,}, or a file of points, found {points}",
            param_hint="'--points'",
        )
    return size, None


def _find(scenario: Scenario, vary: str, asked: str, worlds: int | None, seed: int, workers: int, json: bool) -> None:
    """Find where a share crosses a level, and print it."""
    from sim import interface
    from sim.interface import OutputError

    outcome, _, level = asked.partition("=")
    try:
        share = float(level)
    except ValueError:
        raise OutputError(f"--threshold expects OUTCOME=SHARE, e.g. agreement=0.5, found {asked}") from None
    found = interface.threshold(scenario, vary, outcome.strip(), share, worlds=worlds, seed=seed, workers=workers)
    if json:
        print_json(found.as_json())
    else:
        interface.show(found)


def _again(out: Path | None, directory: Path) -> str:
    added = "" if out else f" with --out {directory}"
    return f"the same command{added} goes on from there"
