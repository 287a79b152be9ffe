"""A run in the terminal: a page of text with the answers, and where the report is."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sim.report.console import PlainConsole
from sim.report.findings.rounds import arrange
from sim.report.words.digits import interval, percent, plural
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.report.words.run import summary_sentences
from sim.sweeps.run import Results

_BAR = 24


SENTENCE = 96
"""Longest lines of sentences, however wide the terminal is."""


def print_run(results: Results, console: Console | None = None) -> None:
    """Print what came out of a run.

    Parameters
    ----------
    results
        Of the run.
    console
        Where to print; standard output by default.
    """
    console = console or PlainConsole()
    summary = results.summary
    console.print(Text(plain(results.scenario.title), style="bold"))
    console.print(Text(f"{plural(summary.worlds, 'world')}, seed {results.seed}\n", style="dim"))
    console.print(_outcomes(results))
    sentences = [one for one in summary_sentences(results, arrange(results.rounds)) if one.subject != "Outcome"]
    table = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold", max_width=SENTENCE)
    for sentence in sentences:
        table.add_row(Text(sentence.subject), Group(Text(sentence.text), *map(_item, sentence.items)))
    console.print(Group(Text(), table))
    _where(results, console)


def _item(text: str) -> Table:
    """A point of a list, indented under its dot."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(Text("•"), Text(text))
    return grid


def _outcomes(results: Results) -> Table:
    total = results.summary.worlds
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Outcome")
    table.add_column("Share", justify="right")
    table.add_column("95% interval", justify="right")
    table.add_column("Worlds", justify="right")
    table.add_column("")
    for name, count in results.summary.by_outcome.items():
        filled = round(_BAR * count / total) if total else 0
        table.add_row(
            Text(outcome_name(name)),
            percent(count, total),
            interval(count, total) if total > 1 else "–",
            f"{count:,}",
            Text("█" * filled),
        )
    return table


def _where(results: Results, console: Console) -> None:
    if results.out is None:
        return
    page = results.out / "report.html"
    if page.exists():
        console.print(Padding(Text(f"Report   {page}"), 0), soft_wrap=True)
    console.print(Padding(Text(f"Tables   {results.out}"), 0), soft_wrap=True)
