"""A result directory appears whole or not at all: it is written beside its place and moved there at the end."""

from __future__ import annotations

import json
import os
import shutil
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from types import TracebackType
from typing import Any

from sim.version import VERSION


class OutputError(Exception):
    """The place for the results can't be used; the message says why and what to do."""


class Draft:
    """A directory that is being written; leave the `with` block without an error to put it in its place.

    Parameters
    ----------
    target
        Where the results shall stand.
    overwrite
        Replace what stands there.

    Raises
    ------
    OutputError
        If the place is taken and `overwrite` is not set.
    """

    def __init__(self, target: Path, overwrite: bool = False) -> None:
        self.target = target
        self.overwrite = overwrite
        if target.exists() and not target.is_dir():
            raise OutputError(f"{target} is a file; results need a directory: name another with --out")
        if target.is_dir() and any(target.iterdir()) and not overwrite:
            raise OutputError(f"{target} is not empty: name another directory with --out, or add --overwrite")
        self.path = target.parent / f".{target.name}.partial-{os.getpid()}"

    def __enter__(self) -> Path:
        try:
            self.path.mkdir(parents=True)
        except OSError as error:
            raise OutputError(f"cannot write in {self.target.parent}: {error.strerror}") from error
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            return
        old = self.path.with_name(self.path.name + "-old")
        if self.target.exists():
            self.target.rename(old)
        self.path.rename(self.target)
        shutil.rmtree(old, ignore_errors=True)


def new_directory(name: str, root: Path = Path("results")) -> Path:
    """A directory under `root` that is not there yet: NAME-1, NAME-2, ..."""
    number = 1
    while (root / f"{name}-{number}").exists():
        number += 1
    return root / f"{name}-{number}"


def write_json(path: Path, content: Any) -> None:
    """Write readable JSON, the same bytes for the same content."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on."""
    return {
        "detente": VERSION,
        "python": python_version(),
        **{name: version(name) for name in ("numpy", "scipy", "simpy", "polars")},
    }
