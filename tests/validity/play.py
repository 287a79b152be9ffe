"""Playing the worlds of a what-if, by the program or by the plain program of the rules of play."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from plain import PlainWorld, Talks
from plain_file import File, read, read_tree

import sim
from sim.analysis.worlds import zone_exists

Tree = dict[str, Any]


@dataclass(frozen=True)
class Variant:
    """A scenario: a bundled one with changes as with `--set`, or one that is taken apart into mappings and lists."""

    name: str = ""
    changes: tuple[str, ...] = ()
    tree: str = ""  # as JSON

    def load(self) -> Any:
        """The scenario."""
        if not self.tree:
            return sim.load(self.name, self.changes)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "generated.yaml"
            path.write_text(self.tree, encoding="utf-8")
            return sim.load(path)


def of_tree(tree: Tree) -> Variant:
    """A scenario that was made."""
    return Variant(tree=json.dumps(tree))


Rows = list[dict[str, Any]]


class Player(Protocol):
    """Who plays the worlds."""

    def rows(self, variant: Variant, worlds: int, seed: int) -> Rows:
        """A row a world, as in `worlds.parquet`."""

    def zones(self, variant: Variant, worlds: int, seed: int) -> list[bool]:
        """Whether a zone of agreement exists in each world, as drawn, before any event."""


class Program:
    """The program."""

    def __init__(self) -> None:
        self.rows = lru_cache(maxsize=32)(self._rows)

    def _rows(self, variant: Variant, worlds: int, seed: int) -> Rows:
        return list(sim.run(variant.load(), worlds, seed).worlds.to_dicts())

    def zones(self, variant: Variant, worlds: int, seed: int) -> list[bool]:
        """Whether a zone of agreement exists in each world."""
        found = zone_exists(variant.load(), seed, np.arange(worlds))
        assert found.settled.all()
        return list(map(bool, found.exists))


class Rules:
    """The plain program of the rules of play: it plays fewer kinds of scenario, and slowly."""

    def __init__(self) -> None:
        self.rows = lru_cache(maxsize=32)(self._rows)

    def file(self, variant: Variant) -> File:
        """The scenario as it reads it."""
        return read_tree(json.loads(variant.tree)) if variant.tree else read(variant.load())

    def _rows(self, variant: Variant, worlds: int, seed: int) -> Rows:
        file = self.file(variant)
        rows = []
        for world in range(worlds):
            ending = Talks(PlainWorld(file, world, seed)).play()
            row: dict[str, Any] = {"world": world, "outcome": ending.outcome, "day": ending.day, "gap": ending.gap}
            for j, issue in enumerate(file.issues):
                row[f"package.{issue.id}"] = None if ending.package is None else issue.options[ending.package[j]]
            rows.append(row | {f"utility.{p.id}": u for p, u in zip(file.parties, ending.utilities, strict=True)})
        return rows

    def zones(self, variant: Variant, worlds: int, seed: int) -> list[bool]:
        """Whether a zone of agreement exists in each world, by trying every package."""
        file = self.file(variant)
        return [bool(PlainWorld(file, world, seed).zone()) for world in range(worlds)]


PLAYERS: dict[str, Callable[[], Player]] = {"program": Program, "rules": Rules}
