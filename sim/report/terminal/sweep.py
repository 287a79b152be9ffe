"""A sweep in the terminal: what varied, how the outcomes moved with it, and where the tables are."""

from __future__ import annotations

import polars as pl
from rich.console import Console, RenderableType
from rich.text import Text

from sim.report.columns import fitted
from sim.report.console import PlainConsole
from sim.report.words.digits import percent, plural
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import capital, plain
from sim.report.words.varied import names_of
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
    console.print(_points(swept, console.width) if len(points) <= _ROWS else _spread(points, worlds, console.width))
    if swept.out is not None:
        page = swept.out / "report.html"
        console.print()
        if page.exists():
            console.print(Text(f"Report   {page}"), soft_wrap=True)
        console.print(Text(f"Tables   {swept.out}"), soft_wrap=True)


def _points(swept: Sweep, width: int) -> RenderableType:
    """Every point with its outcomes."""
    points, worlds, names = swept.points, int(swept.manifest["worlds"]), names_of(swept)
    seen = [name for name in OUTCOMES if f"{name}.count" in points and points[f"{name}.count"].sum()]
    heads = [*(capital(names.name(path)) for path in swept.paths), *map(outcome_name, seen)]
    rows = [
        [
            *(names.value(path, row[path]) for path in swept.paths),
            *(percent(row[f"{name}.count"], worlds) for name in seen),
        ]
        for row in points.iter_rows(named=True)
    ]
    return fitted(heads, rows, width, len(swept.paths))


def _spread(points: pl.DataFrame, worlds: int, width: int) -> RenderableType:
    """The least, the middle and the most of every outcome over the points."""
    rows = []
    for name in (name for name in OUTCOMES if f"{name}.count" in points):
        counts = points[f"{name}.count"].sort()
        ends = (counts[0], counts[len(counts) // 2], counts[-1])
        rows.append([outcome_name(name), *(percent(int(count), worlds) for count in ends)])
    return fitted(("Outcome", "Least", "Middle", "Most"), rows, width)
