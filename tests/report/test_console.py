"""What reports print: no blanks at the ends of lines in pipes, and a width that can be read in."""

from __future__ import annotations

import io

import pytest
from rich.table import Table

from sim.report.console import PlainConsole


def shown(width: int | None = None) -> str:
    file = io.StringIO()
    console = PlainConsole(file=file) if width is None else PlainConsole(file=file, width=width)
    table = Table("Issue", "Share", box=None)
    table.add_row("cap", "1")
    console.print(table)
    console.print("A sentence that goes on for longer than forty characters, and a few more after these.")
    return file.getvalue()


def test_lines_in_a_pipe_end_with_what_they_say() -> None:
    lines = shown(40).splitlines()
    assert lines[1].split() == ["cap", "1"]
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("columns", ["0", "3"])
def test_a_width_that_nothing_can_be_read_in_counts_as_none(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    usual = shown()
    monkeypatch.setenv("COLUMNS", columns)
    assert shown() == usual
    monkeypatch.setenv("COLUMNS", "40")
    assert shown() == shown(40)
