"""Files to convert, opened within bounds: their bytes, their text, whatever its encoding."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sim.convert.draft import refuse
from sim.scenario.bundled import bundled
from sim.scenario.problems import Place

LONGEST = 10_000_000
"""Bytes of a file."""

MOST_FILES = 2_000
"""Files in a folder, or named at once."""

MOST_BYTES = 50_000_000
"""Bytes of all files together."""

SUFFIXES = (".xml", ".yml", ".yaml", ".json")
"""Endings of the files that are looked at in a folder; tables are named one by one."""

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "utf-16": "utf-16",
}


@dataclass(slots=False)
class Opened:
    """A file that was read.

    Attributes
    ----------
    shown
        The file as the user named it.
    data
        Its bytes.
    listed
        Whether it was found in a folder rather than named.
    """

    shown: str
    data: bytes = field(repr=False)
    listed: bool = False

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.shown)

    @property
    def stem(self) -> str:
        """Its name without folder and ending."""
        return Path(self.shown).stem

    @property
    def name(self) -> str:
        """Its name without folder."""
        return Path(self.shown).name

    @property
    def suffix(self) -> str:
        """Its ending, in small letters."""
        return Path(self.shown).suffix.lower()

    @property
    def zipped(self) -> bool:
        """Whether it is an archive, as spreadsheets are."""
        return self.data[:4] == b"PK\x03\x04"

    @cached_property
    def encoding(self) -> str:
        """How its text is encoded: as it says itself, else UTF-8, else as Windows did in the west."""
        if self.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        declared = _DECLARED.match(self.data[:200])
        if declared:
            name = declared[1].decode("ascii").lower()
            if name in _ENCODINGS and _ENCODINGS[name] not in ("utf-8", "utf-16"):
                return _ENCODINGS[name]
        try:
            self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8-sig"

    @cached_property
    def text(self) -> str:
        """Its text.

        Raises
        ------
        ScenarioError
            If it is none.
        """
        if self.encoding != "utf-16" and b"\x00" in self.data:
            raise refuse(self.place, "this is a binary file, expected text or a spreadsheet (.xlsx)")
        text = self.data.decode(self.encoding, "strict" if self.encoding == "utf-8-sig" else "replace")
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def head(self) -> str:
        """The beginning of its text, to tell its format by; empty where it is no text."""
        if self.zipped or (b"\x00" in self.data[:4000] and self.encoding != "utf-16"):
            return ""
        return self.text[:4000]


def open_files(names: Sequence[str | os.PathLike[str]]) -> list[Opened]:
    """Open files and the files in folders.

    Parameters
    ----------
    names
        Files and folders, or a bundled scenario.

    Raises
    ------
    ScenarioError
        If one is missing, unreadable or too long, or there are too many.
    """
    found: list[Opened] = []
    for name in names:
        shown = os.fspath(name)
        path = Path(shown)
        try:
            if os.sep not in shown and not path.exists() and shown in (known := bundled()):
                path, shown = known[shown], f"{shown}.yaml"
            is_folder = path.is_dir()
            inside = sorted(path.iterdir()) if is_folder else []
        except (OSError, ValueError) as error:
            raise refuse(Place(shown), f"this cannot be read ({_reason(error)})") from None
        if not is_folder:
            found.append(Opened(shown, _bytes(path, shown)))
        wanted = [file for file in inside if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
        if len(wanted) + len(found) > MOST_FILES:
            raise refuse(Place(shown), f"more than {MOST_FILES:,} files, expected those of one negotiation")
        files = [file for file in wanted if file.is_file()]
        if is_folder and not files:
            endings = ", ".join(SUFFIXES)
            raise refuse(Place(shown), f"there is no file to convert in this folder (with the ending {endings})")
        for file in files:
            named = os.path.join(shown, file.name)
            found.append(Opened(named, _bytes(file, named), listed=True))
            if sum(len(one.data) for one in found) > MOST_BYTES:
                raise refuse(
                    Place(shown), f"more than {MOST_BYTES:,} bytes in all, expected the files of one negotiation"
                )
    return found


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except FileNotFoundError:
        raise refuse(Place(shown), "there is no such file") from None
    except (OSError, ValueError) as error:
        raise refuse(Place(shown), f"the file cannot be read ({_reason(error)})") from None
    if len(data) > LONGEST:
        raise refuse(Place(shown), f"the file has more than {LONGEST:,} bytes, expected the files of one negotiation")
    if not data.strip():
        raise refuse(Place(shown), "the file is empty")
    return data


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
