"""What minutes are made of: paragraphs of a few kinds, and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal[
    "title",
    "subtitle",
    "meeting",
    "fact",
    "round",
    "move",
    "change",
    "reason",
    "ground",
    "note",
    "event",
    "call",
    "end",
]
"""A `change` belongs to the paragraph before it, and so does a `ground` to its reason: they make lists."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `head` stands out before the text."""

    kind: LineKind
    head: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the last `numeric` columns hold numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: int = 0
