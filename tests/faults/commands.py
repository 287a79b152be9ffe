"""The commands that write, each with what it writes and how to tell that this is whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that writes `result` in the working directory; `again` are words that let it replace that."""

    name: str
    words: tuple[str, ...]
    result: str
    again: tuple[str, ...] = ()
    workers: bool = False


VARY = ("--vary", "parties.seller.reservation=0.1:0.6:4", "--worlds", "400", "--no-report")
COMMANDS = (
    Command("run", ("run", "price_haggle", "--worlds", "3000", "--out", "r"), "r", ("--overwrite",)),
    Command("run --workers", ("run", "price_haggle", "--worlds", "3000", "--workers", "2", "--no-report", "--out", "r"),
            "r", ("--overwrite",), workers=True),
    Command("sweep", ("sweep", "price_haggle", *VARY, "--out", "s"), "s"),
    Command("sweep --workers", ("sweep", "price_haggle", *VARY, "--workers", "2", "--out", "s"), "s", workers=True),
    Command("report", ("report", "base"), "base"),
    Command("compare --out", ("compare", "base", "base", "--out", "c"), "c", ("--overwrite",)),
    Command("analyze --out", ("analyze", "price_haggle", "--out", "a"), "a", ("--overwrite",)),
    Command("trace --out", ("trace", "price_haggle", "--out", "t.html"), "t.html"),
    Command("new", ("new", "n"), "n.yaml"),
    Command("convert --to", ("convert", "start.yaml", "--to", "v.yaml"), "v.yaml", ("--overwrite",)),
    Command("convert --to FOLDER", ("convert", "start.yaml", "--to", "folder"), "folder", ("--overwrite",)),
)  # fmt: skip
"""All of them; `base` and `start.yaml` are what `prepare` puts there."""


def program(*words: str) -> list[str]:
    """The program as a process."""
    return [sys.executable, "-m", "sim", *words]


def start(place: Path, command: Command, before: Callable[[], None] | None = None, **options: Any) -> Any:
    """Start a command in a directory, with its own group of processes."""
    settings: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True} | options
    return subprocess.Popen(
        program(*command.words), cwd=place, start_new_session=True, preexec_fn=before, env=environment(), **settings
    )


def environment() -> dict[str, str]:
    """Variables with which the program is this one, wherever it is started."""
    import os

    return {**os.environ, "PYTHONPATH": str(ROOT)}


def prepare(place: Path) -> None:
    """Put there what the commands read."""
    words = ("run", "price_haggle", "--worlds", "200", "--no-report", "--out", "base")
    subprocess.run(program(*words), cwd=place, check=True, capture_output=True, env=environment())
    subprocess.run(program("new", "start"), cwd=place, check=True, capture_output=True, env=environment())


def content(place: Path) -> dict[str, bytes]:
    """Every file below, or the file itself, with its bytes."""
    if place.is_file():
        return {"": place.read_bytes()}
    return {str(one.relative_to(place)): one.read_bytes() for one in sorted(place.rglob("*")) if one.is_file()}
