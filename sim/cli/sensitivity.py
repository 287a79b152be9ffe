"""`detente sensitivity`: what matters in a sweep, and where the answer flips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.checksums import say_old
from sim.cli.json_output import print_json
from sim.cli.options import Json


def sensitivity(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The directory of a finished sweep.")],
    method: Annotated[
        str | None,
        typer.Option("--method", metavar="NAME", help="sobol, morris, pawn, delta or tornado (default: by design)."),
    ] = None,
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="NAME", help="agreement, gap.last, settlements.ISSUE.OPTION, utility.PARTY."),
    ] = "agreement",
    discover: Annotated[
        bool, typer.Option("--discover", help="Find conditions under which the outcome lies above the level.")
    ] = False,
    level: Annotated[float, typer.Option("--level", metavar="X", help="What of the outcome is good enough.")] = 0.5,
    below: Annotated[
        bool | None,
        typer.Option(
            "--below/--above",
            help="Less or more is better (default: less of an impasse, breakdown, refusal at home or gap, more of "
            "all else).",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Say which of the varied numbers matter, with intervals; with levers also which choice is robust."""
    from sim import interface

    say_old(directory)
    found = interface.answers(
        directory, outcome, method, conditions=discover, level=level, above=None if below is None else not below
    )
    if json:
        print_json(found.as_json())
    else:
        interface.show(found)
