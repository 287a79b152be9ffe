"""What writers hand back: texts of files by name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from sim.convert.draft import KINDS, Draft, told


@dataclass(slots=True)
class Written:
    """Files to be written, by name, and whether they fill a folder of their own."""

    files: dict[str, str] = field(default_factory=dict)
    folder: bool = False


def file_name(name: str, ending: str, taken: Collection[str]) -> str:
    """A file name for something named so, which any file system takes and no other file has."""
    clean = re.sub(r"[^\w.-]+", "_", name).strip("._-")[:80] or "party"
    found, number = f"{clean}{ending}", 2
    lower = {one.lower() for one in taken}
    while found.lower() in lower:
        found, number = f"{clean}_{number}{ending}", number + 1
    return found


def heading_and_remarks(draft: Draft, heading: str) -> list[str]:
    """Lines of a comment: the heading, and what was assumed, changed and dropped."""
    lines = [heading]
    said: set[str] = set()
    for kind, sentence in told(draft.remarks, short=True):
        if kind not in said:
            lines.append(f"{KINDS[kind]}:")
            said.add(kind)
        lines.append(f"- {sentence}")
    return ["".join(letter if letter.isprintable() else " " for letter in line) for line in lines]
