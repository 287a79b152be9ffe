"""`detente trace`: the minutes of one world."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import MOST, Changes, Json, ScenarioName, Seed


def trace(
    scenario: ScenarioName,
    world: Annotated[int, typer.Option("--world", min=0, max=MOST, metavar="K", help="Which world of the run.")] = 0,
    seed: Seed = 0,
    set_: Changes = None,
    json: Json = False,
) -> None:
    """Tell the minutes of one world: every offer and answer, and the reason for it."""
    from sim.scenario.loading import load
    from sim.talks.recorder import trace as play

    minutes = play(load(scenario, set_ or ()), world, seed)
    if json:
        from json import dumps

        typer.echo(dumps(minutes.as_json(), ensure_ascii=False))
    else:
        from sim.report.transcript import print_minutes

        print_minutes(minutes)
