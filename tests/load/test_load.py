"""A small size of `python -m tests.load`, and the largest legal files: each is checked within what is promised."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from load import __main__ as load
from load.largest import FILES

from sim.scenario.loading import loads

PROMISED = 10
"""Seconds of the processor."""

QUICK = ("meetings", "rounds", "follow_ups")


@pytest.mark.parametrize("name", [one if one in QUICK else pytest.param(one, marks=pytest.mark.slow) for one in FILES])
def test_the_largest_files_are_checked_in_time(name: str) -> None:
    text = FILES[name]()
    begun = time.process_time()
    assert loads(text, f"{name}.yaml").title == "Large"
    assert time.process_time() - begun < PROMISED


def test_rows_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n\n{load.START}\n\n{load.END}\nAfter\n")
    one, other = load.LOADS[0], load.LOADS[2]
    for which, row in ((other, "| 200 parties by 60 issues | old |"), (one, f"| {one.title} | x |")):
        load.write(page, which, row)
    load.write(page, other, f"| {other.title} | new |")
    table = page.read_text().split(load.START)[1].split(load.END)[0].split("\n")
    assert [line for line in table if line.startswith("|")][2:] == [f"| {one.title} | x |", f"| {other.title} | new |"]
    assert page.read_text().endswith("\nAfter\n")


@pytest.mark.slow
@pytest.mark.parametrize("which", [one.name for one in load.LOADS if one.name != "files"])
def test_a_small_part_of_each_is_played_and_measured(which: str) -> None:
    (one,) = (one for one in load.LOADS if one.name == which)
    cells = load.measured(one, 0.0002 if which in ("worlds", "points") else 0.004).split(" | ")
    assert len(cells) == 7
    assert cells[1].split(" of ")[1] == f"{one.count:,} {one.unit}"
