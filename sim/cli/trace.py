"""`detente trace`: the minutes of one world."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import json_text
from sim.cli.options import LAST, AllowCode, Changes, Json, ScenarioName, Seed


class Format(StrEnum):
    """How minutes are written."""

    text = "text"
    markdown = "markdown"
    html = "html"


_SUFFIXES = {".md": Format.markdown, ".markdown": Format.markdown, ".html": Format.html, ".htm": Format.html}


def trace(
    scenario: ScenarioName,
    world: Annotated[int, typer.Option("--world", min=0, max=LAST, metavar="K", help="Which world of the run.")] = 0,
    seed: Seed = 0,
    set_: Changes = None,
    allow_code: AllowCode = False,
    format_: Annotated[
        Format | None, typer.Option("--format", help="How to write them (default: as --out's ending says, else text).")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file: .html, .md, .json, else text.")
    ] = None,
    json: Json = False,
) -> None:
    """Tell the minutes of one world: every offer and answer, and the reason for it."""
    from sim import interface

    if json and format_ is not None:
        raise typer.BadParameter("--json and --format exclude one another")
    told = interface.trace(interface.load(scenario, set_ or (), allow_code=allow_code), world, seed)
    suffix = "" if out is None else out.suffix.lower()
    if json or (format_ is None and suffix == ".json"):
        text = json_text(told.as_json())
    else:
        as_format = format_ or _SUFFIXES.get(suffix, Format.text)
        if out is None and as_format is Format.text:
            interface.show(told)
            return
        text = interface.written(told, as_format.value, _command(scenario, world, seed, set_ or [], allow_code))
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        interface.write_whole(out, text.encode())
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise typer.BadParameter(f"cannot write {out}: {why}", param_hint="--out") from error


def _command(scenario: str, world: int, seed: int, changes: list[str], allow_code: bool) -> str:
    parts = ["detente", "trace", scenario, "--world", str(world), "--seed", str(seed)]
    for change in changes:
        parts += ["--set", change]
    if allow_code:
        parts.append("--allow-code")
    return shlex.join(parts)
