"""`detente report`: draw a report again from stored results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.checksums import say_old
from sim.cli.options import AllowCode
from sim.cli.output import tell


def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory with results.")],
    allow_code: AllowCode = False,
) -> None:
    """Draw figures and page of stored results again, without running anything again."""
    from sim import interface

    say_old(directory)
    tell(str(interface.redraw(directory, allow_code)))
