"""Modules stand in an order: none imports itself through others, wherever in a file the import stands."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FROM = re.compile(r"^\s*from (sim[\w.]*) import (?:([\w, ]+)|\(([^)]*)\))", re.MULTILINE)
IMPORT = re.compile(r"^\s*import (sim[\w.]*)", re.MULTILINE)


def modules() -> dict[str, Path]:
    """All modules of the program by name."""
    found = {}
    for path in (ROOT / "sim").rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(text: str, known: dict[str, Path]) -> set[str]:
    """What a module imports of the program, also in functions and for the eyes of type checkers alone."""
    found = set()
    for module, one, several in FROM.findall(text):
        for alias in (one or several).split(","):
            name = f"{module}.{alias.split(' as ')[0].strip()}"
            found.add(name if name in known else module)
    return (found | set(IMPORT.findall(text))) & known.keys()


def test_no_module_imports_itself_through_others() -> None:
    known = modules()
    order = TopologicalSorter(
        {name: imported(path.read_text(encoding="utf-8"), known) - {name} for name, path in known.items()}
    )
    try:
        order.prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None
    assert len(known) > 100
