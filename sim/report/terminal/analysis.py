"""An analysis in the terminal: the findings in sentences, then the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from sim.analysis import Analysis
from sim.analysis.explain import explain, short_repairs
from sim.report.console import PlainConsole
from sim.report.words import analysis_tables as tables
from sim.report.words.plain_text import plain

_MOST = 10
"""Rows of a table; the page shows all."""
_SIDES = 3
"""Most sides that the table of moves has columns for."""


def print_analysis(analysis: Analysis, out: Path | None = None, console: Console | None = None) -> None:
    """Print what an analysis found.

    Parameters
    ----------
    analysis
        The findings.
    out
        Where the report was written, if it was.
    console
        Where to print; standard output by default.
    """
    console = console or PlainConsole()
    game, scenario = analysis.game, analysis.scenario
    console.print(Text(plain(scenario.title), style="bold"))
    console.print(
        Text(f"{game.packages:,} packages; central values, before any event, without simulation\n", style="dim")
    )
    console.print(_findings(analysis))
    for title, table in _tables(analysis):
        console.print(Group(Text(title, style="bold"), table, Text()))
    if out is not None:
        console.print(Text(f"Report   {out / 'report.html'}"), soft_wrap=True)


def _findings(analysis: Analysis) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for finding in explain(analysis):
        table.add_row(Text(finding.subject), Text(plain(finding.text)))
    return table


def _tables(analysis: Analysis) -> list[tuple[str, Table]]:
    titles = list(tables.columns_of_packages(analysis))
    sides = [plain(side.title) for side in analysis.scenario.sides]
    found = [
        (
            "What a deal would be" if analysis.feasible else "What comes closest to a deal",
            _table(["Issue", *titles], [[issue, *options] for issue, options in tables.package_rows(analysis)]),
        ),
        (
            "What it is worth to the sides (members' means by weight)",
            _table(
                ["Side", "Reservation", *titles],
                [[side, limit, *worth] for side, limit, worth in tables.utility_rows(analysis)[:_MOST]],
                numbers=range(1, 2 + len(titles)),
            ),
        ),
    ]
    if short := tables.shortfall_rows(analysis):
        columns = ["Party", "Reservation", "Utility", "Shortfall", "Red lines crossed"]
        found.append(("What it lacks", _table(columns, short[:_MOST], numbers=(1, 2, 3))))
    if repairs := tables.repair_rows(analysis):
        shown = len(short_repairs(analysis.repairs.sets))
        rows = [[str(size), " and ".join(texts)] for size, texts in repairs[:shown]]
        table = _table(["Changes", "What"], rows, numbers=(0,))
        more = "" if shown == len(repairs) else f" ({len(repairs) - shown} longer ones in the report)"
        found.append((f"Smallest sets of changes that would open a zone{more}", table))
    columns = ["Who", "Acceptable packages", "Share", "Zone without it"]
    rows_of_sets = tables.win_set_rows(analysis)[:_MOST]
    found.append(("Win-sets, smallest first", _table(columns, rows_of_sets, numbers=(1, 2, 3))))
    if lines := tables.red_line_rows(analysis)[:_MOST]:
        columns = ["Party", "Issue", "Rules out", "Zone without it"]
        found.append(("Red lines that narrow the zone most", _table(columns, lines, numbers=(3,))))
    where = "to an option of some deal" if analysis.feasible else "to the package that comes closest"
    if len(sides) <= _SIDES and (moves := tables.move_rows(analysis)):
        rows = [[issue, *texts] for issue, texts in moves]
        found.append((f"The least each side must move, {where}", _table(["Issue", *sides], rows)))
    elif len(sides) > _SIDES and (long := tables.long_move_rows(analysis)[:_MOST]):
        columns = ["Issue", "Side", "From", "To", "Distance"]
        found.append((f"The least each side must move, {where}, longest first", _table(columns, long, numbers=(4,))))
    if trades := tables.trade_rows(analysis)[:5]:
        columns = ["Gives way", "on", "gains", "and in return", "on", "gains", "Both"]
        table = _table(columns, trades, numbers=(2, 5, 6))
        found.append(("Best trades (utility against halfway on both issues)", table))
    if worlds := tables.world_rows(analysis):
        found.append(("In drawn worlds", _table(["What", "Share", "95% interval"], worlds, numbers=(1, 2))))
    return found


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for i, title in enumerate(columns):
        table.add_column(title, justify="right" if i in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
