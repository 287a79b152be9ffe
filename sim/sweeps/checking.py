"""Whether a result directory is what was written into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.sweeps.comparison import read_comparison
from sim.sweeps.ledger import Ledger
from sim.sweeps.seal import Fault, faults, find_manifest, has_checksums, listed, read_manifest, remedy, strangers
from sim.sweeps.store import OutputError
from sim.sweeps.stored import read_run
from sim.sweeps.sweep import read_sweep

KINDS = ("run", "sweep", "compare", "analyze", "calibration", "backtest")


@dataclass(frozen=True, slots=True)
class Check:
    """What was found.

    Attributes
    ----------
    directory, kind
        What was looked at; `kind` is the command that wrote it, None where that cannot be told any more.
    state
        ``whole``; ``damaged``; ``unfinished``, a sweep under way; or ``no_checksums``: written by a version that kept
        none, and can be read.
    files
        How many files have the checksums that were written.
    problems
        Files that do not.
    others
        Files that are no part of the result.
    told
        The finding and what can be done, in a sentence or two.
    """

    directory: Path
    kind: str | None
    state: str
    files: int
    problems: list[Fault]
    others: list[str]
    told: str

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong, as far as can be told."""
        return self.state in ("whole", "no_checksums")

    def as_json(self) -> dict[str, Any]:
        """The object that `check --json` prints."""
        return {
            "directory": str(self.directory),
            "kind": self.kind,
            "state": self.state,
            "files": self.files,
            "problems": [{"file": one.file, "problem": one.what, "drawn": one.drawn} for one in self.problems],
            "others": self.others,
            "told": self.told,
        }


def check(directory: str | Path) -> Check:
    """Compare a result directory with its checksums.

    Parameters
    ----------
    directory
        As `run`, `sweep`, `compare`, `analyze`, `calibrate` or `backtest` wrote it.

    Raises
    ------
    OutputError
        If it is no result directory.
    """
    place = Path(directory)
    if Ledger(place).begun and not Ledger(place).finished:
        told = f"{place}: this sweep is not finished; its command goes on with it"
        return Check(place, "sweep", "unfinished", 0, [], [], told)
    try:
        manifest = find_manifest(place)
    except OutputError as error:
        return Check(place, None, "damaged", 0, [], [], str(error))
    if manifest is None:
        manifest = read_manifest(place)  # says why there is none
    kind = manifest["kind"]
    if kind not in KINDS:
        raise OutputError(f"{place} holds the results of `{kind}`, which this version does not know")
    if not has_checksums(manifest):
        return _old(place, kind)
    found = faults(place, manifest)
    count = len(manifest["files"]) - len(found)
    others = strangers(place, manifest)
    if found:
        tables = [fault for fault in found if not fault.drawn]
        what = remedy(manifest) if tables else f"its tables are whole: {_drawn_again(place, kind)}"
        told = f"{place} is damaged: {listed(found)}; {what}"
        return Check(place, kind, "damaged", count, found, others, told)
    told = f"{place} is whole: {count} files have the checksums that were written"
    return Check(place, kind, "whole", count, [], others, told)


def _old(place: Path, kind: str) -> Check:
    """A directory without checksums: all that can be told is whether its tables can be read."""
    try:
        if kind == "run":
            read_run(place)
        elif kind == "sweep":
            read_sweep(place)
        elif kind == "compare":
            read_comparison(place)
    except OutputError as error:
        return Check(place, kind, "damaged", 0, [], [], str(error))
    told = f"{place} has no checksums, for it was written by an earlier version; its tables can be read"
    return Check(place, kind, "no_checksums", 0, [], [], told)


def _drawn_again(place: Path, kind: str) -> str:
    if kind in ("analyze", "calibration", "backtest"):
        command = "calibrate" if kind == "calibration" else kind
        return f"`detente {command}` with another --out draws the page again"
    return f"`detente report {place}` draws page and figures again"
