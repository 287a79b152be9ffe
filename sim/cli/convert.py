"""`detente convert`: from and to the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Json
from sim.cli.output import tell, tell_json

if TYPE_CHECKING:
    from sim.convert.formats import Converted


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
    from sim.convert.draft import told
    from sim.convert.formats import read_files
    from sim.convert.wishes import Wishes

    form = _form(to, as_)
    converted = read_files(files, Wishes(values, rounds, proposal, raw))
    written, text = _write(converted, form, to, overwrite)
    if json:
        kinds = ("assumed", "changed", "dropped")
        said = {kind: [sentence for own, sentence in told(converted.draft.remarks) if own == kind] for kind in kinds}
        found = {"from": converted.reader.NAME, "to": form, "files": written, **said}
        tell_json(found if to else {**found, "text": text})
        return
    for kind, sentence in told(converted.draft.remarks):
        tell(f"{kind}: {sentence}", err=True)
    if to is None:
        typer.echo(text, nl=False)
    for name in written:
        tell(name)


def _form(to: str | None, as_: str | None) -> str:
    """The format to write: by its name, or by the name of the file."""
    from sim.convert.draft import refuse
    from sim.scenario.problems import Place, did_you_mean

    names = ("detente", "genius", "negmas")
    if as_ is not None:
        if as_ not in names:
            hint = did_you_mean(as_, names) or f"; expected {', '.join(names)}"
            raise refuse(Place(option=f"--as {as_}"), f"this format is not written{hint}")
        if to is None and as_ != "detente":
            raise refuse(Place(option=f"--as {as_}"), "several files are written: say where with --to")
        return as_
    suffix = "" if to is None else Path(to).suffix.lower()
    if to is None or suffix in (".yaml", ".yml"):
        return "detente"
    if suffix == ".xml":
        return "genius"
    if suffix == "" or to.endswith(("/", "\\")) or Path(to).is_dir():
        return "negmas"
    raise refuse(
        Place(option=f"--to {to}"), "expected .yaml or .yml (a scenario file), .xml (Genius) or a folder (NegMAS)"
    )


def _write(converted: Converted, form: str, to: str | None, overwrite: bool) -> tuple[list[str], str]:
    """Write what was read; the files that were written, and the text of a scenario file."""
    from sim.convert.placing import place_files, place_folder
    from sim.convert.writers import genius_files, negmas_files
    from sim.convert.writers.yaml_file import scenario_text
    from sim.version import VERSION

    names = ", ".join(Path(name).name for name in converted.names)
    heading = f"Written by detente {VERSION} from {converted.reader.TITLE}: {names}"
    if form == "detente":
        text = scenario_text(converted.draft, heading)
        if to is None:
            return [], text
        place_files({Path(to): text}, overwrite)
        return [to], text
    assert to is not None
    target = Path(to)
    writer = genius_files if form == "genius" else negmas_files
    file = target if form == "genius" and target.suffix.lower() == ".xml" else None
    made = writer.write(converted.scenario, converted.draft, file, heading)
    if made.folder:
        place_folder(target, made.files, overwrite)
        return [str(target / name) for name in made.files], ""
    place_files({target.parent / name: text for name, text in made.files.items()}, overwrite)
    return [str(target.parent / name) for name in made.files], ""
