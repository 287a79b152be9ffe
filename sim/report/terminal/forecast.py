"""Forecasts in the terminal: a block an issue, a line a model."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.forecast.forecast import INTERVAL, Forecasts
from sim.report.console import PlainConsole
from sim.report.words.digits import plural
from sim.report.words.forecast import ends, rows
from sim.report.words.plain_text import plain

_NARROW = 16
"""In fewer columns than this an option stands under its model, not beside it."""


def print_forecasts(found: Forecasts, console: Console | None = None) -> None:
    """Print what every model says of every issue; on standard output by default."""
    console = console or PlainConsole()
    console.print(Text(plain(found.scenario.title), style="bold"))
    console.print(Text(f"{plural(found.worlds, 'world')}, seed {found.seed}; point, and middle {INTERVAL:.0%}"))
    for issue in found.scenario.issues:
        console.print(Text("\n" + plain(issue.title), style="bold"))
        console.print(Padding(Text(ends(issue), style="dim"), (0, 0, 0, 2)))
        told = [(row.title, row.strip, row.point, row.interval, row.option) for row in rows(found, issue)]
        width = [max(len(cells[k]) for cells in told) for k in range(4)]
        for title, strip, point, interval, option in told:
            cells = (title.ljust(width[0]), strip.ljust(width[1]), point.rjust(width[2]), interval.ljust(width[3]))
            console.print(Padding(_line("  ".join(cells), option, console.width - 2), (0, 0, 0, 2)))
    console.print(Text("\nThis follows from the file's assumptions. It is no forecast of history.", style="dim"))


def _line(numbers: str, option: str, width: int) -> Text | Table:
    """A model's numbers and the option that it finds likeliest, which wraps where it is long."""
    if not option:
        return Text(numbers.rstrip())
    if width < len(numbers) + 2 + _NARROW:
        return Text(f"{numbers.rstrip()}\n  {option.strip()}")
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(numbers), Text(option))
    return grid
