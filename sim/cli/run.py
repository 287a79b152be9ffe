"""`detente run`: play a scenario in many worlds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed, Worlds


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
    from sim import interface
    from sim.cli.progress import progress_bar

    loaded = interface.load(scenario, set_ or (), allow_code=allow_code)
    with progress_bar("worlds") as progress:
        results = interface.run(
            loaded,
            worlds,
            seed,
            out=out or interface.new_directory(loaded.name or "run"),
            report=not no_report,
            aside=True,
            overwrite=overwrite,
            workers=workers,
            batch=batch,
            progress=progress,
        )
    if json:
        print_json(results.as_json())
    else:
        interface.show(results)
