"""`detente compare`: variants of the same talks side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.checksums import say_old
from sim.cli.json_output import print_json
from sim.cli.options import Json


def compare(
    directories: Annotated[
        list[Path], typer.Argument(metavar="DIR DIR...", help="Directories with results of runs, the base first.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write a page, figures and the JSON to this directory.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands in it.")] = False,
    json: Json = False,
) -> None:
    """Compare runs of the same talks: what differs, in which worlds, and who stopped blocking."""
    from sim import interface

    say_old(*directories)
    found = interface.compare(*directories, out=out, overwrite=overwrite)
    if json:
        print_json(found.as_json())
    else:
        interface.show(found, out)
