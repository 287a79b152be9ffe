"""The backtest over cases from history in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.forecast.history import HistoryBacktest
from sim.report.console import PlainConsole
from sim.report.terminal.run import SENTENCE
from sim.report.words.backtest import cases, scores, summary


def print_backtest(found: HistoryBacktest, out: Path | None = None, console: Console | None = None) -> None:
    """Print how the models did, and where the page stands (`out`); on standard output by default."""
    console = console or PlainConsole()
    console.print(Text("Held against cases from history\n", style="bold"))
    told = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    told.add_column(style="bold", no_wrap=True)
    told.add_column(overflow="fold", max_width=SENTENCE)
    for sentence in summary(found):
        told.add_row(Text(sentence.subject), Text(sentence.text))
    console.print(told)
    console.print(_table(("Model", "Brier", "Log", "Error"), scores(found)))
    console.print(_table(("Case", "It ended", "Agreement", "Talks", "Mean", "Nash"), cases(found)))
    console.print(Text("Errors of settlements are shares of the scale, given a deal.", style="dim"))
    if out is not None:
        console.print(Text(f"Report {out / 'report.html'}"), soft_wrap=True)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    made = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(header[0], overflow="fold")
    for name in header[1:]:
        made.add_column(name, justify="left" if name == "It ended" else "right", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    made.add_row()
    return made
