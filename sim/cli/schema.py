"""`detente schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors.

    With it they complete keys and check values as you type.
    """
    from sim import interface

    typer.echo(interface.schema_text(), nl=False)
