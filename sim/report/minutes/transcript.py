"""The minutes of one world in the terminal, as plain text and as Markdown."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from sim.report.minutes.end import tables
from sim.report.minutes.lines import Grid, Line
from sim.report.minutes.text import lines
from sim.trace.minutes import Minutes

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"title": "bold", "subtitle": "dim", "meeting": "bold", "round": "underline", "end": "bold", "reason": "dim"}
_INDENT = {"fact": 2, "round": 2, "move": 4, "change": 6, "reason": 6, "ground": 8, "note": 2}
_WIDEST = 110
"""Longest lines of text, however wide the terminal is."""
_SPACED = ("meeting", "round", "event", "call", "end")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$~&])")
_BLOCK = re.compile(r"^(\s*)([-+]|\d+[.)]|=+)(?=\s|$)")


def print_minutes(minutes: Minutes, console: Console | None = None) -> None:
    """Print the minutes of one world.

    Parameters
    ----------
    minutes
        Of the world.
    console
        Where to print; standard output by default.
    """
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from sim.report.columns import fitted
    from sim.report.console import PlainConsole

    console = console or PlainConsole()
    for line in lines(minutes):
        if line.kind in _SPACED:
            console.print()
        if line.kind == "end":
            console.print(Text("─" * min(console.width, 80), style="dim"))
        text = Text(line.head, style="bold" if line.kind in ("move", "event", "call") else _STYLES.get(line.kind, ""))
        if line.head and line.text:
            text.append("  " if line.kind in ("meeting", "round", "end") else " ")
        text.append(line.text, style="dim" if line.kind in ("reason", "ground", "round") else "not bold")
        shown: Text | Table = text
        if line.kind in ("change", "reason", "ground"):
            shown = Table.grid(padding=(0, 1, 0, 0))
            shown.add_column()
            shown.add_column(overflow="fold")
            shown.add_row("–" if line.kind == "reason" else "•", text)
        console.print(Padding(shown, (0, 0, 0, _INDENT.get(line.kind, 0))), width=min(console.width, _WIDEST))
    for table in tables(minutes):
        grid = fitted(table.columns, table.rows, console.width - 2, len(table.columns) - table.numeric)
        console.print()
        console.print(Padding(Text(table.caption, style="bold"), (0, 0, 0, 2)))
        console.print(Padding(grid, (0, 0, 0, 2)))


def minutes_plain(minutes: Minutes) -> str:
    """The minutes of one world as in a terminal of 100 columns, without colours."""
    from sim.report.console import PlainConsole

    text = StringIO()
    print_minutes(minutes, PlainConsole(file=text, width=100, color_system=None))
    return "".join(line.rstrip() + "\n" for line in text.getvalue().splitlines())


def minutes_markdown(minutes: Minutes) -> str:
    """The minutes of one world as Markdown."""
    parts = [_markdown(line) for line in lines(minutes)]
    for table in tables(minutes):
        rule = ["---:" if _is_number(table, k) else "---" for k in range(len(table.columns))]
        rows = [_row(table.columns), f"| {' | '.join(rule)} |\n", *map(_row, table.rows)]
        parts.append(f"\n**{_escaped(table.caption)}**\n\n{''.join(rows)}")
    return "".join(parts).lstrip("\n")


def _is_number(table: Grid, column: int) -> bool:
    return column >= len(table.columns) - table.numeric


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |\n"


def _markdown(line: Line) -> str:
    head, text = _escaped(line.head), _escaped(line.text)
    match line.kind:
        case "title":
            return f"# {head}\n"
        case "subtitle":
            return f"\n{head}\n"
        case "meeting":
            return f"\n## {head}\n\n{text}\n"
        case "round":
            return f"\n### {head}" + (f" ({text})" if text else "") + "\n"
        case "end":
            return f"\n## {head}\n\n{text}\n"
        case "change" | "ground":
            return f"\n- {f'{head} ' if head else ''}{text}\n"
        case "move" | "event" | "call":
            return f"\n**{head}** {text}\n"
        case "reason":
            return f"\n*{head}* {text}\n"
        case _:
            return f"\n{head} {text}\n" if head else f"\n{text}\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as itself."""
    return _BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
