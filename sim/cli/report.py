"""`detente report`: draw a report again from stored results."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.checksums import say_old
from sim.cli.options import AllowCode
from sim.cli.output import tell


class Kind(StrEnum):
    """Files of figures."""

    PNG = "png"
    PDF = "pdf"
    JOURNAL = "journal"


def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A directory with results.")],
    allow_code: AllowCode = False,
    figures: Annotated[
        list[Kind] | None,
        typer.Option(
            "--figures",
            help="What to draw figures as besides SVG; may be repeated. `journal` is PDF and PNG, 85 and 180 mm wide.",
        ),
    ] = None,
) -> None:
    """Draw figures and page of stored results again, without running anything again."""
    from sim import interface

    say_old(directory)
    tell(str(interface.redraw(directory, allow_code, [one.value for one in figures or ()])))
