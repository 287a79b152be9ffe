"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.interface import MOST_WORLDS

LAST = 2**63 - 1
"""Worlds are counted with 64 bits."""

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario file, or the name of a bundled one.")]
Worlds = Annotated[
    int | None,
    typer.Option(
        "--worlds", min=1, max=MOST_WORLDS, metavar="N", help="How many worlds to play (default: the file's, or 1000)."
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="S", help="Same file, seed and version: same results.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a number or choice of the scenario; may be repeated."),
]
AllowCode = Annotated[
    bool, typer.Option("--allow-code", help="Run the Python files of policies that the scenario names.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
