"""`detente scenarios`: what comes with the program."""

from __future__ import annotations

import typer

from sim.cli.json_output import print_json
from sim.cli.options import Json


def scenarios(json: Json = False) -> None:
    """List the bundled scenarios.

    Each can be used by its name instead of a file.
    """
    from sim import interface

    titles = interface.titles()
    if json:
        print_json({"scenarios": [{"name": name, "title": title} for name, title in titles.items()]})
        return
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        typer.echo(f"{name:{width}}  {title}")
