"""What commands print: text in which nothing that a file says can be obeyed by the terminal."""

from __future__ import annotations

import typer

from sim.interface import visible


def tell(text: str, err: bool = False) -> None:
    """Print text on standard output, or on standard error; control characters are shown as escapes."""
    typer.echo(visible(text, kept="\n"), err=err)
