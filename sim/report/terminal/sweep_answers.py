"""Answers of a sweep in the terminal: what matters, which choice is robust, where the answer flips."""

from __future__ import annotations

from typing import Any

import polars as pl
from rich.console import Console, RenderableType
from rich.text import Text

from sim.report.columns import fitted
from sim.report.console import PlainConsole
from sim.report.words.plain_text import capital, plain
from sim.report.words.sweep import (
    MEANINGS,
    amount,
    best_choice,
    conditions,
    difference,
    leading,
    matters,
    settled,
    side_of,
    size_words,
)
from sim.report.words.varied import Names, names_in, names_of
from sim.sweeps.answers import Answers
from sim.sweeps.discovery import Discovery
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import Sensitivity
from sim.sweeps.sweep import Sweep
from sim.sweeps.threshold import Crossing, Threshold

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
        print_robustness(found.swept, found.robustness, console)
    if found.discovery:
        print_discovery(found.swept, found.discovery, console)


def print_sensitivity(swept: Sweep, found: Sensitivity, console: Console | None = None) -> None:
    """Print the indices, the largest first, and what they mean."""
    console, names = console or PlainConsole(), names_of(swept)
    console.print(Text(plain(swept.manifest["title"]), style="bold"))
    console.print(Text(f"{found.method}, {names.measure(found.outcome)}, {size_words(swept)}\n", style="dim"))
    shown = found.indices["index"].unique(maintain_order=True).to_list()
    heads = ["Varied", *(heading for index in shown for heading in _headings(index, found.method))]
    lead = found.indices.filter(pl.col("index") == leading(found))
    order = lead.sort("value", descending=True, maintain_order=True)["path"]
    rows = {(row["path"], row["index"]): row for row in found.indices.iter_rows(named=True)}
    cells = [
        [capital(names.name(path)), *(cell for index in shown for cell in _cells(rows[path, index], found, names))]
        for path in order
    ]
    console.print(fitted(heads, cells, console.width))
    if len(found.pairs) and not found.unknown:
        console.print()
        console.print(_pairs(found, names, console.width))
    for text in (matters(found, names), settled(found), "" if found.unknown else MEANINGS[found.method]):
        if text:
            console.print(Text(f"\n{text}"))


def print_robustness(swept: Sweep, found: Robustness, console: Console | None = None) -> None:
    """Print the choices of levers side by side."""
    console, names = console or PlainConsole(), names_of(swept)
    how = "At least" if found.above else "At most"
    better = "" if found.above else "; less is better"
    console.print(Text(f"\nChoices, by the {names.measure(found.outcome)}{better}", style="bold"))
    measures = ("Mean", "Worst", "Mean regret", "Largest regret", f"{how} {amount(found.outcome, found.level)}")
    heads, cells = [*(capital(names.name(lever)) for lever in found.levers), *measures], []
    for row in found.choices.iter_rows(named=True):
        levels = [amount(found.outcome, row[name]) for name in ("mean", "worst")]
        regrets = [difference(found.outcome, row[name]) for name in ("regret_mean", "regret_most")]
        chosen = [names.value(lever, row[lever]) for lever in found.levers]
        cells.append([*chosen, *levels, *regrets, f"{100 * row['satisfied']:.0f}%"])
    console.print(fitted(heads, cells, console.width, len(found.levers)))
    console.print(Text(f"\n{best_choice(found, names)}"))


def print_discovery(swept: Sweep, found: Discovery, console: Console | None = None) -> None:
    """Print the boxes and the leaves of the tree."""
    console, names = console or PlainConsole(), names_of(swept)
    title = f"Where the {names.measure(found.outcome)} lies {side_of(found)}"
    console.print(Text(f"\n{title}", style="bold"))
    console.print(Text(f"at {found.cases:,} of {found.points:,} points\n", style="dim"))
    for name, boxes in (("Boxes (PRIM)", found.boxes), ("Leaves of a tree (CART)", found.leaves)):
        if boxes is None:
            continue
        cells = []
        for box in boxes:
            interval = f"{100 * box.density_low:.0f}% to {100 * box.density_high:.0f}%"
            shares = (f"{100 * box.coverage:.0f}%", f"{100 * box.density:.0f}%")
            limits = [names.condition(limit) for limit in box.limits]
            cells.append([capital("\nand ".join(limits)) or "Everywhere", *shares, interval, f"{box.points:,}"])
        if boxes:
            heads = (name, "Coverage", "Density", _INTERVAL, "Points")
            console.print(fitted(heads, cells, console.width))
        else:
            console.print(Text(f"{name}: none found"))
        console.print()
    for text in conditions(found, names)[:1]:
        console.print(Text(text))


def print_threshold(found: Threshold, console: Console | None = None) -> None:
    """Print where the share crosses the level."""
    console, names = console or PlainConsole(), names_in(found.scenario)
    what, name, level = names.measure(found.outcome), names.name(found.path), amount(found.outcome, found.level)
    if not found.crossings:
        shares = found.points["share"].to_numpy()
        least, most = (amount(found.outcome, float(end)) for end in (shares.min(), shares.max()))
        where = f"it is {least} at all of them" if least == most else f"it stays between {least} and {most}"
        values = f"at the {len(found.points)} values of {name} that were played"
        console.print(Text(f"The {what} does not cross {level} {values}: {where}."))
        return
    for one in found.crossings:
        turn = "rises above" if one.rises else "falls below"
        at = names.value(found.path, one.value)
        text = f"The {what} {turn} {level} where {name} is {at} ({interval_words(one, names, found.path)})."
        console.print(Text(text))
    size = f"{found.worlds:,} worlds at each of {len(found.points)} values, seed {found.seed}"
    console.print(Text(size, style="dim"))


def interval_words(one: Crossing, names: Names, path: str) -> str:
    """The interval of a crossing, open where it reaches beyond the range."""
    low = "below the range" if one.low is None else names.value(path, one.low)
    high = "above the range" if one.high is None else names.value(path, one.high)
    return f"95% interval {low} to {high}"


def _headings(name: str, method: str) -> list[str]:
    if method == "tornado":
        return ["Swing", "Lowest", "at", "Highest", "at"]
    return [_HEADS[name]] if name in ("mu", "sigma") else [_HEADS[name], _INTERVAL]


def _cells(row: dict[str, Any], found: Sensitivity, names: Names) -> list[str]:
    if found.method == "tornado":
        low, high = (amount(found.outcome, row[end]) for end in ("low", "high"))
        low_at, high_at = (names.value(row["path"], row[end]) for end in ("low_at", "high_at"))
        return [difference(found.outcome, row["value"]), low, low_at, high, high_at]
    places = 3 if found.method == "morris" else 2
    value = "unknown" if row["value"] is None else f"{row['value']:.{places}f}"
    if row["index"] in ("mu", "sigma"):
        return [value]
    if row["low"] is None or row["high"] is None:
        return [value, "unknown"]
    return [value, f"{row['low']:.{places}f} to {row['high']:.{places}f}"]


def _pairs(found: Sensitivity, names: Names, width: int) -> RenderableType:
    cells = []
    top = found.pairs.sort("value", descending=True, maintain_order=True).head(8)
    for row in top.iter_rows(named=True):
        pair = f"{capital(names.name(row['path']))} with {names.name(row['other'])}"
        if row["value"] is not None:
            cells.append([pair, f"{row['value']:.2f}", f"{row['low']:.2f} to {row['high']:.2f}"])
    return fitted(("Pair", _HEADS["second"], _INTERVAL), cells, width)
