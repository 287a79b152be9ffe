"""`detente new`: a scenario to start from."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.output import tell


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The file to write; .yaml is added where it is missing.")],
) -> None:
    """Write a small commented scenario to start from.

    A file that is there already is left alone.
    """
    from pathlib import Path
    from shlex import quote

    from sim.interface import starter, write_whole

    if Path(name).name in ("", ".."):
        tell(f"expected the name of a file to write, found '{name}'", err=True)
        raise typer.Exit(2)
    path = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    title = " ".join(path.stem.replace("_", " ").replace("-", " ").split()).capitalize() or "A negotiation"
    try:
        write_whole(path, starter(title).encode(), replace=False)
    except FileExistsError:
        tell(f"{path}: there is such a file already; choose another name", err=True)
        raise typer.Exit(2) from None
    except (OSError, ValueError) as error:
        tell(f"{path}: cannot be written ({getattr(error, 'strerror', None) or error})", err=True)
        raise typer.Exit(2) from None
    tell(str(path))
    shown = quote(str(path))
    tell(f"check it with `detente validate {shown}`, play it with `detente run {shown}`", err=True)
