"""The counts over worlds as a file, so that a report can be drawn again from what is stored."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from sim.sweeps.possible import Possible
from sim.sweeps.summary import Summary
from sim.talks.record.tally import Tally

SUMMARY_FILE = "counts.json"
_LEFT_OUT = ("slots",)
"""What the table of rounds holds."""


def write_summary(path: Path, summary: Summary) -> None:
    """Write all counts but those by round, which `rounds.parquet` holds."""
    names = [field.name for field in fields(summary) if field.name not in _LEFT_OUT]
    if not len(summary.votes):
        names.remove("votes")
    kept = {name: _plain(getattr(summary, name)) for name in names}
    path.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


def read_summary(path: Path) -> Summary:
    """The counts of a file that `write_summary` wrote, without those by round.

    Raises
    ------
    OSError, ValueError, KeyError, TypeError
        If there is no such file, or it holds something else.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Summary(**{name: _restored(name, value) for name, value in kept.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, Tally | Possible):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value.tolist() if isinstance(value, np.ndarray) else value


def _restored(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        kind = Possible if name == "possible" else Tally
        return kind(**{part: _restored(part, numbers) for part, numbers in value.items()})
    if isinstance(value, list):
        return tuple(value) if value and isinstance(value[0], str) else np.array(value, dtype=np.int64)
    return value
