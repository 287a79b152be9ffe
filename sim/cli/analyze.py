"""`detente analyze`: exact answers without simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed
from sim.cli.output import tell_json


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
    from sim.interface import analyze as answer
    from sim.interface import load

    found = answer(load(scenario, set_ or (), allow_code=allow_code), worlds, seed, out=out, overwrite=overwrite)
    if json:
        tell_json(found.as_json())
    else:
        from sim.report.terminal.analysis import print_analysis

        print_analysis(found, out)
