"""The formats, and the way from files of one to files of another.

A reader is a module with `NAME`, `TITLE`, `knows(file)` and `read(files, wishes)`; to add one is to write it, its test,
and its line in `READERS`, in which readers are asked in turn whether they know a file. A writer is a module with
`NAME`, `TITLE` and `written(converted, target)`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sim.convert.draft import Draft, refuse
from sim.convert.opened import Opened, open_files
from sim.convert.readers import decide, detente, deu, genius, geniusweb, ktab, negmas, table
from sim.convert.wishes import Wishes
from sim.scenario.loading import load, loads
from sim.scenario.model import Scenario
from sim.scenario.problems import Place, Problem, ScenarioError, listing


class Reader(Protocol):
    """A module that reads a format."""

    @property
    def NAME(self) -> str:
        """Its name in options and JSON."""
        ...

    @property
    def TITLE(self) -> str:
        """What its files are."""
        ...

    def knows(self, file: Opened) -> bool:
        """Whether a file is of this format."""
        ...

    def read(self, files: Sequence[Opened], wishes: Wishes) -> Draft:
        """The scenario in files of this format."""
        ...


READERS: tuple[Reader, ...] = (genius, ktab, detente, negmas, geniusweb, decide, deu, table)
"""Readers of formats; each is asked in turn whether it knows a file."""


@dataclass(slots=True)
class Converted:
    """What became of files.

    Attributes
    ----------
    scenario
        Checked and compiled.
    draft
        The same as plain data, with what was assumed, changed and dropped.
    reader
        Of the format that they were in.
    names
        The files, as the user named them.
    """

    scenario: Scenario
    draft: Draft
    reader: Reader
    names: list[str]


def read_files(names: Sequence[str | os.PathLike[str]], wishes: Wishes | None = None) -> Converted:
    """Read files of any format.

    Parameters
    ----------
    names
        The files of one negotiation, or folders with them.
    wishes
        Choices where the source leaves something open.

    Raises
    ------
    ScenarioError
        With one clear error: a file that cannot be read, is of no known format, or is wrong.
    """
    files = open_files(names)
    reader, known, others = _reader(files)
    draft = reader.read(known, wishes or Wishes())
    for file in others:
        draft.dropped(f"this file is left out: it is not {reader.TITLE}", file.place)
    return Converted(_compiled(draft, known), draft, reader, [file.shown for file in known])


def _reader(files: Sequence[Opened]) -> tuple[Reader, list[Opened], list[Opened]]:
    """The reader that knows these files, those that it knows, and those found beside them in a folder."""
    by_reader: dict[str, list[Opened]] = {}
    readers: dict[str, Reader] = {}
    others = []
    for file in files:
        found = next((reader for reader in READERS if reader.knows(file)), None)
        if found is not None:
            readers[found.NAME] = found
            by_reader.setdefault(found.NAME, []).append(file)
        elif file.listed:
            others.append(file)
        elif file.head.lstrip().startswith("<") and "<!ENTITY" in file.head:
            raise refuse(file.place, "this file declares entities of its own, which is refused")
        else:
            formats = "; ".join(reader.TITLE for reader in READERS)
            raise refuse(file.place, f"the format of this file is not known; known are: {formats}")
    if not by_reader:
        raise refuse(Place(str(Path(files[0].shown).parent)), "no file in this folder is of a known format")
    if len(by_reader) > 1:
        first, second = (by_reader[name][0].shown for name in list(by_reader)[:2])
        kinds = listing([readers[name].TITLE for name in by_reader])
        raise refuse(Place(second), f"files of several formats ({kinds}), the first is {first}; name those of one")
    (name,) = by_reader
    return readers[name], by_reader[name], others


def _compiled(draft: Draft, files: Sequence[Opened]) -> Scenario:
    if draft.text is not None:
        return loads(draft.text, files[0].shown, allow_code=None)
    try:
        return load(draft.plain)
    except ScenarioError as error:
        place = files[0].place
        first = error.problems[0]
        raise ScenarioError([Problem(place, f"what is in it makes no scenario: {first}")]) from None
