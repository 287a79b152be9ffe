"""`detente convert`: from and to the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.json_output import print_json
from sim.cli.options import Json
from sim.cli.output import tell


def convert(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="The files of one negotiation, or its folder.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="Where to write: .yaml a scenario file, .xml a Genius domain with its profiles beside it, a folder "
            "NegMAS (default: a scenario file on standard output).",
        ),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="FORMAT", help="Write detente, genius or negmas, whatever --to is called."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what stands there.")] = False,
    values: Annotated[
        int, typer.Option("--values", min=2, max=1001, metavar="N", help="Values that stand for a continuous issue.")
    ] = 21,
    rounds: Annotated[
        int,
        typer.Option(
            "--rounds", min=1, max=100_000, metavar="N", help="Rounds of the talks, which most files don't state."
        ),
    ] = 10,
    proposal: Annotated[
        str | None, typer.Option("--proposal", metavar="P", help="Which proposal of DEU, by its number or name.")
    ] = None,
    raw: Annotated[
        bool,
        typer.Option("--raw", help="Take Genius's evaluations as they stand, as NegMAS does; Genius divides them."),
    ] = False,
    json: Json = False,
) -> None:
    """Make a scenario of the files of Genius, GeniusWeb, NegMAS, DECIDE, KTAB, DEU or a table, or write it for these.

    Says on standard error what was assumed, put in another way, and dropped.
    """
    from sim import interface

    made = interface.convert(
        files,
        to,
        as_,
        overwrite=overwrite,
        values=values,
        rounds=rounds,
        proposal=proposal,
        raw=raw,
    )
    if json:
        print_json(made.as_json())
        return
    for kind, sentence in made.remarks:
        tell(f"{kind}: {sentence}", err=True)
    if to is None:
        typer.echo(made.text, nl=False)
    for name in made.files:
        tell(name)
