"""What large runs take: processor time, time by the clock, memory, size on disk; what the largest files take to check.

    python -m tests.load [--part SHARE] [--only NAME ...] [--out docs/reliability.md]

Each load is played by a process of its own. With `--part 0.1` a tenth of the worlds or points is played; the table says
so, and nothing is extrapolated. `--out` writes the rows into a page between its marks, beside those of other loads.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from load.largest import FILES

ROOT = Path(__file__).resolve().parents[2]
START, END = "<!-- table made by python -m tests.load -->", "<!-- end of the table of loads -->"
HEAD = (
    "| load | played | processor | by the clock | most memory | on disk | measured |\n|---|---|---|---|---|---|---|\n"
)

_CHILD = """
import os, resource, sys, time
sys.path[:0] = [{root!r}, {tests!r}]
from load.plays import PLAYS
begun = time.monotonic()
PLAYS[{name!r}]({part!r}, {out!r})
used = os.times()
memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(used.user + used.system + used.children_user + used.children_system, time.monotonic() - begun, memory / 1000)
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What is played, and how many of it in full."""

    name: str
    title: str
    count: int
    unit: str


LOADS = (
    Load("worlds", "founding scenario, a million worlds", 1_000_000, "worlds"),
    Load("points", "founding scenario, 100,000 points by 50 worlds", 100_000, "points"),
    Load("issues", "200 parties by 60 issues", 1_000, "worlds"),
    Load("parties", "a thousand parties by 5 issues", 1_000, "worlds"),
    Load("files", "the largest legal files, checked one after another", len(FILES), "files"),
)


def main(arguments: list[str] | None = None) -> int:
    """Play, print the rows, and give back the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", type=float, default=1.0, metavar="SHARE")
    parser.add_argument("--only", nargs="+", choices=[one.name for one in LOADS], default=[one.name for one in LOADS])
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args(arguments)
    for load in LOADS:
        if load.name in asked.only:
            row = measured(load, asked.part)
            print(row, flush=True)
            if asked.out:
                write(asked.out, load, row)
    return 0


def measured(load: Load, part: float) -> str:
    """Play a load, or the part of it, in a process of its own; its row of the table."""
    with TemporaryDirectory(prefix="detente-load-") as place:
        out = Path(place) / "out"
        child = _CHILD.format(root=str(ROOT), tests=str(ROOT / "tests"), name=load.name, part=part, out=str(out))
        done = subprocess.run([sys.executable, "-c", child], cwd=place, capture_output=True, text=True, check=True)
        size = sum(one.stat().st_size for one in out.rglob("*") if one.is_file()) if out.exists() else 0
    used, clock, memory = map(float, done.stdout.split()[-3:])
    count = max(1, round(load.count * (1.0 if load.name == "files" else part)))
    played = f"{count:,} {load.unit}" if count == load.count else f"{count:,} of {load.count:,} {load.unit}"
    disk = f"{size / 1e6:.1f} MB" if size else ""
    cells = (
        load.title,
        played,
        f"{used:.1f} s",
        f"{clock:.0f} s",
        f"{memory:,.0f} MB",
        disk,
        time.strftime("%Y-%m-%d"),
    )
    return f"| {' | '.join(cells)} |"


def write(page: Path, load: Load, row: str) -> None:
    """Put the row in the place of the earlier one of this load, or at the end of the table."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(START, 1)
    table, after = rest.split(END, 1)
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    kept = {line.split(" | ")[0].removeprefix("| "): line for line in rows} | {load.title: row}
    ordered = [kept[one.title] for one in LOADS if one.title in kept]
    page.write_text(f"{before}{START}\n\n{HEAD}{chr(10).join(ordered)}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
