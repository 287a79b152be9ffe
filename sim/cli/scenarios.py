"""`detente scenarios`: what comes with the program."""

from __future__ import annotations

import typer

from sim.cli.options import Json


def scenarios(json: Json = False) -> None:
    """List the bundled scenarios.

    Each can be used by its name instead of a file.
    """
    from sim.scenario.bundled import bundled, title_of

    titles = {name: title_of(path) for name, path in bundled().items()}
    if json:
        from json import dumps

        entries = [{"name": name, "title": title} for name, title in titles.items()]
        typer.echo(dumps({"scenarios": entries}, ensure_ascii=False))
        return
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        typer.echo(f"{name:{width}}  {title}")
