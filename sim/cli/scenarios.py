"""`detente scenarios`: what comes with the program."""

from __future__ import annotations

from sim.cli.options import Json
from sim.cli.output import tell, tell_json


def scenarios(json: Json = False) -> None:
    """List the bundled scenarios.

    Each can be used by its name instead of a file.
    """
    from sim.scenario.bundled import bundled, title_of

    titles = {name: title_of(path) for name, path in bundled().items()}
    if json:
        entries = [{"name": name, "title": title} for name, title in titles.items()]
        tell_json({"scenarios": entries})
        return
    width = max(map(len, titles), default=0)
    for name, title in titles.items():
        tell(f"{name:{width}}  {title}")
