"""`detente run`: play a scenario in many worlds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed, Worlds
from sim.cli.output import tell_json

if TYPE_CHECKING:
    from sim.sweeps.run import Results


def run(
    scenario: ScenarioName,
    worlds: Worlds = None,
    seed: Seed = 0,
    set_: Changes = None,
    allow_code: AllowCode = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write (default: a new one under results/).")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands in DIR.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="K", help="Processes to use.")] = 1,
    batch: Annotated[
        int | None, typer.Option("--batch", min=1, metavar="N", help="Worlds played at once; changes no result.")
    ] = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write tables only: no page, no figures.")] = False,
    json: Json = False,
) -> None:
    """Play the talks in many worlds and report what came out.

    Writes tables, figures and a page, and prints a summary.
    """
    from sim.cli.progress import progress_bar
    from sim.scenario.loading import load
    from sim.sweeps.run import run as play
    from sim.sweeps.store import new_directory

    loaded = load(scenario, set_ or (), allow_code=allow_code)
    with progress_bar("worlds") as progress:
        results = play(
            loaded,
            worlds,
            seed,
            out=out or new_directory(loaded.name or "run"),
            overwrite=overwrite,
            workers=workers,
            batch=batch,
            progress=progress,
            publish=None if no_report else _publish,
        )
    if json:
        tell_json(results.as_json())
    else:
        from sim.report.terminal.run import print_run

        print_run(results)


def _publish(directory: Path, results: Results) -> None:
    from sim.report.pages.run import publish

    publish(directory, results)
