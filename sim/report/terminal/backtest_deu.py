"""The backtest on the decisions of the European Union in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.forecast.deu.backtest import DeuBacktest
from sim.report.console import PlainConsole
from sim.report.terminal.run import SENTENCE
from sim.report.words.backtest_deu import HEADER, SHOWN, by_group, differences, summary, table


def print_deu(found: DeuBacktest, console: Console | None = None) -> None:
    """Print how the models did; on standard output by default."""
    console = console or PlainConsole()
    console.print(Text("Held against 20 years of decisions of the European Union\n", style="bold"))
    told = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    told.add_column(style="bold", no_wrap=True)
    told.add_column(overflow="fold", max_width=SENTENCE)
    for sentence in summary(found):
        told.add_row(Text(sentence.subject), Text(sentence.text))
    console.print(told)
    for title, part in (("Held out", found.rest), ("All", found.everything)):
        console.print(Text(f"{title}: {part.issues} issues", style="bold"))
        console.print(_table(HEADER, table(found, part)))
    console.print(Text("Differences on what is held out, in points, with 95% bootstrap intervals", style="bold"))
    console.print(_table(("", "Error", "CRPS"), differences(found)))
    console.print(Text("By group, all issues: error and CRPS; both: talks and spread, half each", style="bold"))
    console.print(_table(("", "Issues", *(_short(found.titles[name]) for name in SHOWN)), by_group(found)))
    console.print(
        Text(
            "Data: Arregui & Perarnaud, The Decision-Making in the European Union (DEU) III dataset, "
            "doi:10.34810/data53, CC BY 4.0",
            style="dim",
        )
    )


def _short(title: str) -> str:
    return {"Weighted mean": "Mean", "Our talks": "Talks", "Talks and spread": "Both"}.get(title, title)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    made = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    made.add_column(header[0], overflow="fold", min_width=min(max(len(row[0]) for row in rows), 24) if rows else 0)
    for name in header[1:]:
        made.add_column(name, justify="right", overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    made.add_row()
    return made
