"""Answers of a sweep in the terminal: what matters, which choice is robust, where the answer flips."""

from __future__ import annotations

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.report.console import PlainConsole
from sim.report.words.plain_text import plain
from sim.report.words.sweep import (
    MEANINGS,
    best_choice,
    conditions,
    matters,
    measure_name,
    path_label,
    settled,
    size_words,
)
from sim.sweeps.answers import Answers
from sim.sweeps.boxes import Limit
from sim.sweeps.discovery import Discovery
from sim.sweeps.reading import shown
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import Sensitivity
from sim.sweeps.sweep import Sweep
from sim.sweeps.threshold import Crossing, Threshold

_WIDTH = 34
_WIDE = 37
_INTERVAL = "95% interval"
_HEADS = {
    "first": "First order",
    "total": "Total",
    "second": "Second order",
    "mu_star": "Mean size (mu*)",
    "mu": "Mean (mu)",
    "sigma": "Spread (sigma)",
    "median": "PAWN",
    "delta": "Delta",
}


def print_answers(found: Answers, console: Console | None = None) -> None:
    """Print what matters in a sweep, which choice is robust, and under which conditions, as far as these were asked."""
    if found.sensitivity:
        print_sensitivity(found.swept, found.sensitivity, console)
    if found.robustness:
        print_robustness(found.robustness, console)
    if found.discovery:
        print_discovery(found.discovery, console)


def print_sensitivity(swept: Sweep, found: Sensitivity, console: Console | None = None) -> None:
    """Print the indices, the largest first, and what they mean."""
    console = console or PlainConsole()
    console.print(Text(plain(swept.manifest["title"]), style="bold"))
    console.print(Text(f"{found.method}, {measure_name(found.outcome)}, {size_words(swept)}\n", style="dim"))
    names = found.indices["index"].unique(maintain_order=True).to_list()
    table = _table("Varied", *(heading for name in names for heading in _headings(name, found.method)))
    lead = "total" if "total" in names else names[0]
    order = found.indices.filter(pl.col("index") == lead).sort("value", descending=True, maintain_order=True)["path"]
    rows = {(row["path"], row["index"]): row for row in found.indices.iter_rows(named=True)}
    for path in order:
        cells = [cell for name in names for cell in _cells(rows[path, name], found.method)]
        table.add_row(path_label(path, _WIDTH), *cells)
    console.print(table)
    if len(found.pairs):
        console.print()
        console.print(_pairs(found))
    for text in (matters(found), settled(found), MEANINGS[found.method]):
        if text:
            console.print(Text(f"\n{text}"))


def print_robustness(found: Robustness, console: Console | None = None) -> None:
    """Print the choices of levers side by side."""
    console = console or PlainConsole()
    how = "at least" if found.above else "at most"
    console.print(Text(f"\nChoices, by the {measure_name(found.outcome)}", style="bold"))
    measures = ("Mean", "Worst", "Regret, mean", "Regret, most", f"{how} {found.level:g}")
    table = _table(*(path_label(lever, _WIDTH) for lever in found.levers), *measures, left=len(found.levers))
    for row in found.choices.iter_rows(named=True):
        numbers = [f"{row[name]:.2f}" for name in ("mean", "worst", "regret_mean", "regret_most")]
        table.add_row(*(plain(shown(row[lever])) for lever in found.levers), *numbers, f"{100 * row['satisfied']:.0f}%")
    console.print(table)
    console.print(Text(f"\n{best_choice(found)}"))


def print_discovery(found: Discovery, console: Console | None = None) -> None:
    """Print the boxes and the leaves of the tree."""
    console = console or PlainConsole()
    side = "above" if found.above else "below"
    title = f"Where the {measure_name(found.outcome)} lies {side} {found.level:g}"
    console.print(Text(f"\n{title}", style="bold"))
    console.print(Text(f"at {found.cases:,} of {found.points:,} points\n", style="dim"))
    for name, boxes in (("Boxes (PRIM)", found.boxes), ("Leaves of a tree (CART)", found.leaves)):
        if boxes is None:
            continue
        table = _table(name, "Coverage", "Density", _INTERVAL, "Points")
        for box in boxes:
            interval = f"{100 * box.density_low:.0f}% to {100 * box.density_high:.0f}%"
            shares = (f"{100 * box.coverage:.0f}%", f"{100 * box.density:.0f}%")
            table.add_row("\n".join(map(_condition, box.limits)), *shares, interval, f"{box.points:,}")
        if not boxes:
            table.add_row("none", "", "", "", "")
        console.print(table)
        console.print()
    for text in conditions(found)[:1]:
        console.print(Text(text))


def print_threshold(found: Threshold, console: Console | None = None) -> None:
    """Print where the share crosses the level."""
    console = console or PlainConsole()
    what = measure_name(found.outcome)
    if not found.crossings:
        shares = found.points["share"].to_numpy()
        where = f"it stays between {shares.min():.3g} and {shares.max():.3g}"
        console.print(Text(f"The {what} does not cross {found.level:g} in this range of {plain(found.path)}: {where}."))
        return
    for one in found.crossings:
        turn = "rises above" if one.rises else "falls below"
        text = f"The {what} {turn} {found.level:g} at {plain(found.path)} = {shown(one.value)} ({interval_words(one)})."
        console.print(Text(text))
    size = f"{found.worlds:,} worlds at each of {len(found.points)} values, seed {found.seed}"
    console.print(Text(size, style="dim"))


def interval_words(one: Crossing) -> str:
    """The interval of a crossing, open where it reaches beyond the range."""
    low = "below the range" if one.low is None else shown(one.low)
    high = "above the range" if one.high is None else shown(one.high)
    return f"95% interval {low} to {high}"


def _headings(name: str, method: str) -> list[str]:
    if method == "tornado":
        return ["Swing", "Lowest", "at", "Highest", "at"]
    return [_HEADS[name]] if name in ("mu", "sigma") else [_HEADS[name], _INTERVAL]


def _cells(row: dict[str, object], method: str) -> list[str]:
    if method == "tornado":
        low, high = (f"{row[end]:.3f}" for end in ("low", "high"))
        return [f"{row['value']:.3f}", low, str(row["low_at"]), high, str(row["high_at"])]
    places = 3 if method == "morris" else 2
    value = "" if row["value"] is None else f"{row['value']:.{places}f}"
    if row["index"] in ("mu", "sigma"):
        return [value or "unknown"]
    if row["low"] is None or row["high"] is None:
        return [value, "unknown"]
    return [value, f"{row['low']:.{places}f} to {row['high']:.{places}f}"]


def _condition(limit: Limit) -> str:
    """A condition of a box, in two lines where it is long."""
    text = plain(str(limit))
    if len(text) <= _WIDE:
        return text
    path = plain(limit.path)
    return f"{path_label(path, _WIDE)}\n  {text[len(path) + 1 :]}"


def _pairs(found: Sensitivity) -> Table:
    table = _table("Pair", _HEADS["second"], _INTERVAL)
    top = found.pairs.sort("value", descending=True, maintain_order=True).head(8)
    for row in top.iter_rows(named=True):
        pair = f"{path_label(row['path'], _WIDE - 5)} with\n{path_label(row['other'], _WIDE)}"
        table.add_row(pair, f"{row['value']:.2f}", f"{row['low']:.2f} to {row['high']:.2f}")
    return table


def _table(*headings: str, left: int = 1) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for i, heading in enumerate(headings):
        whole = i < left == 1 or heading == _INTERVAL
        table.add_column(heading, justify="left" if i < left else "right", overflow="fold", no_wrap=whole)
    return table
