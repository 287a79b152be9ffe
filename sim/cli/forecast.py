"""`detente forecast`: what several models expect of the issues, side by side."""

from __future__ import annotations

from sim.cli.json_output import print_json
from sim.cli.options import AllowCode, Changes, Json, ScenarioName, Seed, Worlds


def forecast(
    scenario: ScenarioName,
    worlds: Worlds = None,
    seed: Seed = 0,
    set_: Changes = None,
    allow_code: AllowCode = False,
    json: Json = False,
) -> None:
    """Set models of outcomes side by side: compromise, median, bargaining, challenges, exchange, and our own talks."""
    from sim import interface
    from sim.cli.progress import progress_bar

    loaded = interface.load(scenario, set_ or (), allow_code=allow_code)
    with progress_bar("worlds") as progress:
        found = interface.forecast(loaded, worlds, seed, progress=progress)
    if json:
        print_json(found.as_json())
    else:
        interface.show(found)
