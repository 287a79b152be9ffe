"""`detente schema`: the JSON Schema of scenario files."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors.

    With it they complete keys and check values as you type.
    """
    from sim.scenario.schema import schema_text

    typer.echo(schema_text(), nl=False)
