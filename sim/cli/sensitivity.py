"""`detente sensitivity`: what matters in a sweep, and where the answer flips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Json
from sim.cli.output import tell_json


def sensitivity(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The directory of a finished sweep.")],
    method: Annotated[
        str | None,
        typer.Option("--method", metavar="NAME", help="sobol, morris, pawn, delta or tornado (default: by design)."),
    ] = None,
    outcome: Annotated[
        str,
        typer.Option("--outcome", metavar="NAME", help="agreement, gap.last, settlements.ISSUE.OPTION, utility.PARTY."),
    ] = "agreement",
    discover: Annotated[
        bool, typer.Option("--discover", help="Find conditions under which the outcome lies above the level.")
    ] = False,
    level: Annotated[float, typer.Option("--level", metavar="X", help="What of the outcome is good enough.")] = 0.5,
    below: Annotated[bool, typer.Option("--below", help="Less is better: ask for below the level.")] = False,
    json: Json = False,
) -> None:
    """Say which of the varied numbers matter, with intervals; with levers also which choice is robust."""
    from sim.sweeps.discovery import discover as find
    from sim.sweeps.reading import lever_paths, uncertain_paths
    from sim.sweeps.robustness import robustness
    from sim.sweeps.sensitivity import sensitivity as analyse
    from sim.sweeps.sweep import read_sweep

    swept = read_sweep(directory)
    indices = None if (discover and method is None) or not uncertain_paths(swept) else analyse(swept, method, outcome)
    choices = robustness(swept, outcome, level, not below) if lever_paths(swept) else None
    found = find(swept, outcome, level, not below) if discover else None
    if json:
        told = {
            "scenario": swept.manifest["title"],
            "design": swept.manifest["design"],
            "points": len(swept.points),
            "worlds": swept.manifest["worlds"],
            "sensitivity": indices.as_json() if indices else None,
            "robustness": choices.as_json() if choices else None,
            "discovery": found.as_json() if found else None,
        }
        tell_json(told)
        return
    from sim.report.terminal.sweep_answers import print_discovery, print_robustness, print_sensitivity

    if indices:
        print_sensitivity(swept, indices)
    if choices:
        print_robustness(choices)
    if found:
        print_discovery(found)
