"""The whole way from files of one format to files of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.convert.draft import refuse, told
from sim.convert.formats import Converted, read_files
from sim.convert.placing import place_files, place_folder
from sim.convert.wishes import Wishes
from sim.convert.writers import genius_files, negmas_files
from sim.convert.writers.yaml_file import scenario_text
from sim.scenario.problems import Place, did_you_mean
from sim.version import VERSION

KINDS = ("assumed", "changed", "dropped")
"""What is told of a conversion."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of files.

    Attributes
    ----------
    source, form
        The format that was read, and the one that was written.
    files
        The files that were written; none where the scenario file is only in `text`.
    text
        The scenario file, "" where other files were written.
    remarks
        What was assumed, put in another way or dropped: kind and sentence.
    placed
        Whether it was said where to write.
    """

    source: str
    form: str
    files: list[str]
    text: str
    remarks: Sequence[tuple[str, str]]
    placed: bool

    def as_json(self) -> dict[str, Any]:
        """The object that `convert --json` prints."""
        said = {kind: [sentence for own, sentence in self.remarks if own == kind] for kind in KINDS}
        found = {"from": self.source, "to": self.form, "files": self.files, **said}
        return found if self.placed else {**found, "text": self.text}


def convert(
    files: Sequence[str | Path],
    to: str | None = None,
    form: str | None = None,
    *,
    overwrite: bool = False,
    values: int = 21,
    rounds: int = 10,
    proposal: str | None = None,
    raw: bool = False,
) -> Conversion:
    """Make a scenario of the files of another program, or write it for one.

    Parameters
    ----------
    files
        Of one negotiation, or their folder.
    to
        Where to write; nothing is written without it.
    form
        ``detente``, ``genius`` or ``negmas``; by default as the name of `to` says.
    overwrite
        Replace what stands there.
    values
        How many values stand for a continuous issue.
    rounds
        Rounds of the talks, which most files do not state.
    proposal
        Which proposal of DEU, by its number or name.
    raw
        Take Genius's evaluations as they stand.

    Raises
    ------
    ScenarioError
        If the files can't be read, or not be written so.
    """
    wanted = _form(to, form)
    converted = read_files([Path(file) for file in files], Wishes(values, rounds, proposal, raw))
    written, text = _write(converted, wanted, to, overwrite)
    remarks = told(converted.draft.remarks)
    return Conversion(converted.reader.NAME, wanted, written, text, remarks, to is not None)


def _form(to: str | None, as_: str | None) -> str:
    """The format to write: by its name, or by the name of the file."""
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
