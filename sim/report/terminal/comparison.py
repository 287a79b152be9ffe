"""A comparison in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from sim.report.console import PlainConsole
from sim.report.terminal.run import SENTENCE
from sim.report.words.comparison import altered, clear, headline, pair_sentences, points, shown
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.sweeps.comparison import Comparison, Pair


def print_comparison(comparison: Comparison, out: Path | None = None, console: Console | None = None) -> None:
    """Print what differs between runs.

    Parameters
    ----------
    comparison
        Of two runs or more.
    out
        Where the report was written, if it was.
    console
        Where to print; standard output by default.
    """
    console = console or PlainConsole()
    console.print(Text(plain(comparison.title), style="bold"))
    for pair in comparison.pairs:
        console.print(Text(f"\n{plain(pair.second)} against {plain(pair.first)}", style="bold underline"))
        told, items = altered(comparison, pair)
        console.print(Group(Text(told), *map(_item, items), Text()), width=min(console.width, SENTENCE))
        console.print(Text(headline(pair)), width=min(console.width, SENTENCE))
        console.print(Group(Text(), _outcomes(pair), Text()))
        table = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
        table.add_column(style="bold", no_wrap=True)
        table.add_column(overflow="fold", max_width=SENTENCE)
        for sentence in pair_sentences(comparison, pair):
            if sentence.subject not in ("Changed", "Outcome"):
                text = [Text(sentence.text)] if sentence.text else []
                table.add_row(Text(sentence.subject), Group(*text, *map(_item, sentence.items)))
        console.print(table)
    if out is not None:
        console.print(Text(f"Report   {out / 'report.html'}"), soft_wrap=True)


def _outcomes(pair: Pair) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Outcome", overflow="fold")
    table.add_column(Text(plain(pair.first)), justify="right", overflow="fold")
    table.add_column(Text(plain(pair.second)), justify="right", overflow="fold")
    table.add_column("Difference", overflow="fold")
    for one in pair.outcomes:
        style = "bold" if clear(one) else ""
        shares = (shown(one.first, pair.worlds), shown(one.second, pair.worlds))
        table.add_row(outcome_name(one.name), *shares, Text(points(one), style=style))
    return table


def _item(text: str) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(Text("•"), Text(text))
    return grid
