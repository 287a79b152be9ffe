"""`detente analyze`: exact answers without simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed


def analyze(
    scenario: ScenarioName,
    set_: Changes = None,
    allow_code: AllowCode = False,
    worlds: Annotated[
        int, typer.Option("--worlds", min=0, metavar="N", help="Also ask in so many drawn worlds how often each holds.")
    ] = 0,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write a report there; by default nothing is written.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands in DIR.")] = False,
    json: Json = False,
) -> None:
    """Say exactly, without simulation, whether a deal exists, what it would be, why not, and what would make one."""
    from sim import interface

    found = interface.analyze(
        interface.load(scenario, set_ or (), allow_code=allow_code), worlds, seed, out=out, overwrite=overwrite
    )
    if json:
        print_json(found.as_json())
    else:
        interface.show(found, out)
