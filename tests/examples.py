"""Examples in Markdown documents: commands with the output that they show, and Python sessions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A command and what the document says that it prints."""

    document: str
    command: str
    shown: str


def console_examples(document: Path) -> list[Example]:
    """The commands of a document's ``console`` blocks, each with the lines that follow it."""
    found = []
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            found.append(Example(document.name, command, _trimmed(shown)))
    return found


def same_output(shown: str, printed: str) -> bool:
    """Whether a command prints what a document shows; a line of ``...`` in the document stands for any lines."""
    pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n?", shown, flags=re.MULTILINE)]
    return re.fullmatch("(?:.*\n)*?".join(pieces), _trimmed(printed)) is not None


def _trimmed(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.strip("\n").splitlines())
