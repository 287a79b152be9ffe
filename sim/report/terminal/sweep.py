"""A sweep in the terminal: what varied, how the outcomes moved with it, and where the tables are."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.console import PlainConsole
from sim.report.words.digits import percent, plural
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import plain
from sim.report.words.sweep import path_label
from sim.sweeps.sweep import Sweep
from sim.talks.record.endings import OUTCOMES

_ROWS = 24


def print_sweep(swept: Sweep, console: Console | None = None) -> None:
    """Print what came out of a sweep.

    Parameters
    ----------
    swept
        The sweep.
    console
        Where to print; standard output by default.
    """
    console = console or PlainConsole()
    manifest, points = swept.manifest, swept.points
    worlds = int(manifest["worlds"])
    console.print(Text(plain(manifest["title"]), style="bold"))
    design = f"{manifest['design']} design, " if manifest["design"] != "list" else ""
    size = f"{plural(len(points), 'point')} of {plural(worlds, 'world')}, seed {manifest['seed']}"
    console.print(Text(f"{design}{size}\n", style="dim"))
    console.print(_points(swept) if len(points) <= _ROWS else _spread(points, worlds))
    if swept.out is not None:
        page = swept.out / "report.html"
        console.print()
        if page.exists():
            console.print(Text(f"Report   {page}"), soft_wrap=True)
        console.print(Text(f"Tables   {swept.out}"), soft_wrap=True)


def _points(swept: Sweep) -> Table:
    """Every point with its outcomes."""
    points, worlds = swept.points, int(swept.manifest["worlds"])
    seen = [name for name in OUTCOMES if f"{name}.count" in points and points[f"{name}.count"].sum()]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for path in swept.paths:
        table.add_column(path_label(path, 24), overflow="fold")
    for name in seen:
        table.add_column(outcome_name(name), justify="right")
    for row in points.iter_rows(named=True):
        values = [_value(row[path]) for path in swept.paths]
        table.add_row(*values, *(percent(row[f"{name}.count"], worlds) for name in seen))
    return table


def _spread(points: pl.DataFrame, worlds: int) -> Table:
    """The least, the middle and the most of every outcome over the points."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("Outcome", "Least", "Middle", "Most"):
        table.add_column(head, justify="left" if head == "Outcome" else "right")
    for name in (name for name in OUTCOMES if f"{name}.count" in points):
        counts = points[f"{name}.count"].sort()
        ends = (counts[0], counts[len(counts) // 2], counts[-1])
        table.add_row(outcome_name(name), *(percent(int(count), worlds) for count in ends))
    return table


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else plain(str(value))
