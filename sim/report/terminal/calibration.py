"""A calibration in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.forecast.calibration import Calibration
from sim.report.console import PlainConsole
from sim.report.terminal.run import SENTENCE
from sim.report.words.calibration import numbers, observations, outcomes, summary
from sim.report.words.plain_text import plain

_NUMBERS = 12


def print_calibration(result: Calibration, out: Path | None = None, console: Console | None = None) -> None:
    """Print what the observations teach, and where that was written (`out`); on standard output by default."""
    console = console or PlainConsole()
    console.print(Text(plain(result.scenario.title), style="bold"))
    console.print(Text(f"{len(result.observed.rows)} observations, {result.worlds:,} worlds, seed {result.seed}\n"))
    table = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold", max_width=SENTENCE)
    for sentence in summary(result):
        table.add_row(Text(sentence.subject), Text(sentence.text))
    console.print(table)
    console.print(_table(("Outcome", "Before", "After"), outcomes(result)))
    console.print(Text("\nShare of the worlds in which the side stood for just that", style="dim"))
    seen = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("Day", "Side", "Option"):
        seen.add_column(name, overflow="fold")
    for name in ("Before", "After"):
        seen.add_column(name, justify="right", no_wrap=True)
    for day, side, issue, option, use, before, after in observations(result):
        held = " (held out)" if use == "held out" else ""
        seen.add_row(*(Text(cell) for cell in (day, side, f"{issue}: {option}{held}", before, after)))
    console.print(seen)
    moved = numbers(result, _NUMBERS)
    if moved:
        console.print(Text("\nMoved most: mean (middle 90%)", style="dim"))
        console.print(_table(("Number", "Before", "After"), moved))
    if out is not None:
        console.print(Text(f"\nScenario {out / 'scenario.yaml'}\nReport   {out / 'report.html'}"), soft_wrap=True)


def _table(header: tuple[str, str, str], rows: list[tuple[str, str, str]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(header[0], overflow="fold")
    table.add_column(header[1], justify="right")
    table.add_column(header[2], justify="right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
