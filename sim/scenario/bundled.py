"""The scenarios that come with the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.yaml_text import Mapping, Node, Scalar, read_yaml

_HERE = Path(__file__).resolve().parent


def folder() -> Path:
    """Folder of the bundled scenarios: in an installed package, or in the repository."""
    packaged = _HERE / "bundled"
    return packaged if packaged.is_dir() else _HERE.parents[1] / "scenarios"


def bundled() -> dict[str, Path]:
    """Bundled scenarios by name, in alphabetical order."""
    return {path.stem: path for path in sorted(folder().glob("*.yaml"))}


@dataclass(frozen=True, slots=True)
class About:
    """What a list says of a scenario: its title, the first sentence of its description, and what happened in fact.

    `outcome` has `agreement` (true, false or partial), `ending` and `date` as far as the file states them; it is None
    for a scenario without an outcome.
    """

    title: str
    line: str
    outcome: dict[str, bool | str] | None


def about(path: Path) -> About:
    """What a scenario file says of itself, read no further than a list needs: nothing of it is checked."""
    stated = {key: _parsed(text) for key, text in _sections(path.read_text(encoding="utf-8")).items()}
    outcome = stated.get("outcome")
    known: dict[str, bool | str] | None = None
    if isinstance(outcome, Mapping):
        known = {
            key: node.value if isinstance(node.value, bool) else node.text
            for key, node in outcome.entries.items()
            if key in ("agreement", "ending", "date") and isinstance(node, Scalar)
        }
    return About(_text(stated.get("title")), _first_sentence(_text(stated.get("description"))), known)


def about_bundled() -> dict[str, About]:
    """What the bundled scenarios say of themselves, by name."""
    return {name: about(path) for name, path in bundled().items()}


def _sections(text: str) -> dict[str, str]:
    """The lines of the sections that a list looks at."""
    sections: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in text.splitlines():
        if line[:1] not in ("", " ", "#"):
            key = line.partition(":")[0]
            lines = sections.setdefault(key, []) if key in ("title", "description", "outcome") else None
        if lines is not None:
            lines.append(line)
    return {key: "\n".join(each) for key, each in sections.items()}


def _parsed(text: str) -> Node | None:
    root = read_yaml(text)
    return next(iter(root.entries.values()), None) if isinstance(root, Mapping) else None


def _text(node: Node | None) -> str:
    return " ".join(node.text.split()) if isinstance(node, Scalar) else ""


def _first_sentence(text: str) -> str:
    """Up to the first full stop that ends a word of three letters or more and is followed by a capital or a figure."""
    return re.split(r"(?<=\w\w\w\.)\s+(?=[A-Z0-9])", text, maxsplit=1)[0]
