"""`detente backtest`: how the models did where the outcome is known."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import MOST, Json, Seed


class What(StrEnum):
    """What the models are held against."""

    deu = "deu"


def backtest(
    what: Annotated[
        What, typer.Argument(metavar="[deu]", help="deu: 351 disputed issues decided by the European Union.")
    ] = What.deu,
    worlds: Annotated[
        int | None,
        typer.Option("--worlds", min=1, max=MOST, metavar="N", help="Worlds a proposal (default: 200)."),
    ] = None,
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Hold the models against what was decided in fact: errors, scores of distributions, coverage, differences."""
    from sim import interface
    from sim.cli.progress import progress_bar

    del what
    with progress_bar("proposals") as progress:
        found = interface.backtest_deu(worlds, seed, progress=progress)
    if json:
        print_json(found.as_json())
    else:
        interface.show(found)
