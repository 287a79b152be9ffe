"""`detente backtest`: how the models did where the outcome is known."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import Json, Seed
from sim.interface import MOST_WORLDS


class What(StrEnum):
    """What the models are held against."""

    cases = "cases"
    deu = "deu"


def backtest(
    what: Annotated[
        What,
        typer.Argument(help="cases: those bundled that are over; deu: 351 issues decided by the European Union."),
    ] = What.cases,
    worlds: Annotated[
        int | None,
        typer.Option("--worlds", min=1, max=MOST_WORLDS, metavar="N", help="Worlds a case (100) or a proposal (200)."),
    ] = None,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write a page there (cases); by default nothing.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands in DIR.")] = False,
    json: Json = False,
) -> None:
    """Hold the models against what was decided in fact: proper scores, errors, coverage, baselines, intervals."""
    from sim import interface
    from sim.cli.progress import progress_bar

    if what is What.deu and out is not None:
        raise typer.BadParameter("there is no page of this backtest; its JSON has all of it", param_hint="--out")
    with progress_bar(what.value) as progress:
        found = (
            interface.backtest_deu(worlds, seed, progress=progress)
            if what is What.deu
            else interface.backtest(worlds, seed, out=out, overwrite=overwrite, progress=progress)
        )
    if json:
        print_json(found.as_json())
    else:
        interface.show(found, out)
