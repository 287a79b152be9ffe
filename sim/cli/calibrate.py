"""`detente calibrate`: narrow a scenario's uncertainty by what was observed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed, Worlds


def calibrate(
    scenario: ScenarioName,
    observed: Annotated[
        Path | None,
        typer.Option(
            "--observed",
            metavar="FILE",
            help="CSV with date, side, issue, option, held_out, source (default: the bundled one of the scenario).",
        ),
    ] = None,
    worlds: Worlds = None,
    seed: Seed = 0,
    accept: Annotated[
        float, typer.Option("--accept", metavar="SHARE", help="Share of the worlds to keep, the nearest ones.")
    ] = 0.1,
    set_: Changes = None,
    allow_code: AllowCode = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write the narrowed scenario, JSON and a page to this directory."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands in it.")] = False,
    json: Json = False,
) -> None:
    """Keep the worlds whose offers look like what was observed, and narrow what the file leaves open by them."""
    from sim import interface

    loaded = interface.load(scenario, set_ or (), allow_code=allow_code)
    result = interface.calibrate(
        loaded, observed, worlds=worlds, seed=seed, accept=accept, out=out, overwrite=overwrite
    )
    if json:
        print_json(result.as_json())
    else:
        interface.show(result, out)
