"""What is fuzzed: each target takes any bytes, and either takes them for good or raises the program's own errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from sim.scenario.problems import ScenarioError
from sim.sweeps.store import OutputError

OWN = (ScenarioError, OutputError)
"""The errors that a user may see; anything else is a find."""

Target = Callable[[bytes], None]

TALKS = """\
format: 1
title: Talks
start: 2024-03-01
end: {days: 40}
sources: {a: A book}
issues:
  limit: {scale: {from: 0, to: 4, step: 1, unit: tons}, status_quo: "0"}
  access: {options: [none, some, all], status_quo: none}
sides:
  south: {decides: {majority: 0.5}, pace: 0.6}
parties:
  north: {positions: {limit: 0, access: all}, salience: {limit: 0.7}, reservation: {uniform: [0.2, 0.5]}, source: a}
  east: {side: south, positions: {limit: 4}, red_lines: {access: [all]}, concession: {exponent: 2}}
  west: {side: south, like: east, weight: 2, scores: {access: {none: 3, some: 2, all: 0}}, reservation: 1}
meetings:
  - {id: opening, date: 2024-03-02, rounds: 3}
  - {id: closing, date: {days: 9}, rounds: 2, parties: [north, east], protocol: simultaneous}
follow_up: {after: {days: 7}, at_most: 2, rounds: 2}
events:
  - {id: storm, date: {days: {uniform: [1, 20]}}, effects: {north.reservation: 0.1}, probability: 0.5}
clock: days
sweep: {vary: {parties.north.reservation: 0.1:0.6:3}, worlds: 5}
"""
"""The scenario whose numbers are changed and varied; it has something of most kinds of keys."""


def scenario(data: bytes) -> None:
    """A scenario file of these bytes."""
    from sim.scenario.loading import load

    with TemporaryDirectory() as place:
        (Path(place) / "f.yaml").write_bytes(data)
        with suppress(*OWN):
            load(Path(place) / "f.yaml")


def change(data: bytes) -> None:
    """Lines that follow `--set`."""
    from sim.scenario.loading import loads

    with suppress(*OWN):
        loads(TALKS, "f.yaml", _words(data)[:4])


def vary(data: bytes) -> None:
    """The first line names a design and a number of points, the others follow `--vary`, or `--lever` after a blank."""
    from sim.scenario.loading import loads
    from sim.sweeps.request import request_plan

    first, *words = [*_words(data), "", ""][:5]
    design, _, count = first.partition(" ")
    points = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else None
    varied = [one for one in words if one and not one.startswith(" ")]
    levers = [one[1:] for one in words if one.startswith(" ")]
    with suppress(*OWN):
        request_plan(loads(TALKS, "f.yaml"), varied, levers=levers, design=design or None, points=points, worlds=2)


def points(data: bytes) -> None:
    """A table of points: the ending of its file in the first line, then the file."""
    from sim.scenario.loading import loads
    from sim.sweeps.request import request_plan

    ending, content = _named(data, (".csv", ".tsv", ".parquet"))
    with TemporaryDirectory() as place:
        table = Path(place) / f"points{ending}"
        table.write_bytes(content)
        with suppress(*OWN):
            request_plan(loads(TALKS, "f.yaml"), points=table, worlds=2)


def convert(data: bytes) -> None:
    """Files of another program, apart by lines of equals signs: the ending in the first line, then the file. What
    comes out is a legal scenario."""
    from sim.convert.conversion import convert as conversion
    from sim.scenario.loading import loads

    with TemporaryDirectory() as place:
        files = []
        for number, one in enumerate(data.split(b"\n====\n")[:5]):
            ending, content = _named(one, (".xml", ".json", ".yml", ".yaml", ".csv", ".tsv", ".txt", ".xlsx"))
            files.append(Path(place) / f"f{number}{ending}")
            files[-1].write_bytes(content)
        try:
            text = conversion(files, proposal="1" if b"prnr" in data else None).text
        except OWN:
            return
        loads(text)


def results(data: bytes) -> None:
    """Damage to a result directory, in groups of eight bytes: what, which file, how, where (3), with what, and whether
    the directory is of a version that kept no checksums. Then all that read directories look at it."""
    from sim.sweeps.checking import check
    from sim.sweeps.comparison import read_comparison
    from sim.sweeps.stored import read_run
    from sim.sweeps.sweep import read_sweep

    orders = [data[at : at + 8].ljust(8, b"\0") for at in range(0, min(len(data), 32), 8)] or [bytes(8)]
    kinds = sorted(one for one in _directories().iterdir() if one.is_dir())
    with TemporaryDirectory() as place:
        directory = Path(place) / "r"
        shutil.copytree(kinds[orders[0][0] % len(kinds)], directory)
        if orders[0][7] % 2:
            _without_checksums(directory)
        for order in orders:
            _harm(directory, order)
        for read in (check, read_run, read_sweep, read_comparison):
            with suppress(*OWN):
                read(directory)


TARGETS: dict[str, Target] = {
    "scenario": scenario,
    "set": change,
    "vary": vary,
    "points": points,
    "convert": convert,
    "results": results,
}


def _words(data: bytes) -> list[str]:
    return data.decode("utf-8", "surrogateescape").split("\n")


def _named(data: bytes, endings: tuple[str, ...]) -> tuple[str, bytes]:
    first, _, content = data.partition(b"\n")
    ending = first.decode("latin-1")
    return (ending if ending in endings else endings[len(first) % len(endings)]), content


@cache
def _directories() -> Path:
    """Small results of every kind, computed once."""
    import atexit

    import sim
    from sim.scenario.loading import loads

    place = Path(mkdtemp(prefix="detente-fuzz-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    talks = loads(TALKS, "f.yaml")
    sim.run(talks, 4, out=place / "run", report=False)
    sim.sweep(talks, ["parties.north.reservation=0.1:0.5:2"], worlds=3, out=place / "sweep", report=False)
    comparison = place / "compare"
    sim.compare(place / "run", place / "run", out=comparison)
    for drawn in (comparison / "figures").iterdir():
        drawn.write_bytes(drawn.read_bytes()[:64])  # what is in a picture is nobody's business here
    return place


def _without_checksums(directory: Path) -> None:
    """Make it a directory of a version that kept none."""
    import json

    path = directory / "manifest.json"
    kept = {key: value for key, value in json.loads(path.read_text()).items() if key not in ("files", "seal")}
    path.write_text(json.dumps(kept, indent=1))


def _harm(directory: Path, order: bytes) -> None:
    """Take away, cut, overwrite or swell a file."""
    files = sorted(one for one in directory.rglob("*") if one.is_file())
    if not files:
        return
    path, how = files[order[1] % len(files)], order[2] % 5
    content = path.read_bytes()
    at = int.from_bytes(order[3:6], "big") % max(len(content), 1)
    if how == 0:
        path.unlink()
    elif how == 1:
        path.write_bytes(content[:at])
    elif how == 2:
        path.write_bytes(content[:at] + bytes([order[6]]) + content[at + 1 :])
    elif how == 3:
        path.write_bytes(content[:at] + bytes([order[6]]) * 9 + content[at:])
    else:
        path.write_bytes(content[:at] + content[at + 1 + order[6] :])
