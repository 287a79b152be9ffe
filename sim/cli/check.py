"""`detente check`: whether a result directory is what was written into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import Json
from sim.cli.output import tell


def check(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory with results.")],
    json: Json = False,
) -> None:
    """Compare every file of a result directory with the checksum that was written.

    Exit code 0 if it is whole, 1 if it is damaged or not finished, 2 if it is no result directory.
    """
    from sim import interface

    found = interface.check(directory)
    if json:
        print_json(found.as_json())
    else:
        tell(found.told)
        for fault in found.problems:
            tell(f"  {fault}")
        for name in found.others:
            tell(f"  {name} is no part of the result")
    if not found.whole:
        raise typer.Exit(1)
