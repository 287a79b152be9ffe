"""Forecasts in the terminal: a block an issue, a line a model."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from sim.forecast.forecast import INTERVAL, Forecasts
from sim.report.console import PlainConsole
from sim.report.words.digits import plural
from sim.report.words.forecast import ends, rows
from sim.report.words.plain_text import plain


def print_forecasts(found: Forecasts, console: Console | None = None) -> None:
    """Print what every model says of every issue; on standard output by default."""
    console = console or PlainConsole()
    console.print(Text(plain(found.scenario.title), style="bold"))
    console.print(Text(f"{plural(found.worlds, 'world')}, seed {found.seed}; point, and middle {INTERVAL:.0%}"))
    for issue in found.scenario.issues:
        console.print(Text("\n" + plain(issue.title), style="bold"))
        console.print(Text("  " + ends(issue), style="dim"), no_wrap=True, overflow="ellipsis")
        told = [(row.title, row.strip, row.point, row.interval, row.option) for row in rows(found, issue)]
        width = [max(len(cells[k]) for cells in told) for k in range(4)]
        for title, strip, point, interval, option in told:
            cells = (title.ljust(width[0]), strip.ljust(width[1]), point.rjust(width[2]), interval.ljust(width[3]))
            console.print(Text("  " + "  ".join((*cells, option)).rstrip()), no_wrap=True, overflow="ellipsis")
    console.print(Text("\nThis follows from the file's assumptions. It is no forecast of history.", style="dim"))
