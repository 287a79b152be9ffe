"""A sweep in words: names of methods, and sentences written from the numbers."""

from __future__ import annotations

import polars as pl

from sim.report.words.digits import plural, whole
from sim.report.words.plain_text import listed
from sim.report.words.varied import Names
from sim.sweeps.discovery import Discovery
from sim.sweeps.reading import is_share
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import Sensitivity
from sim.sweeps.sweep import Sweep

_TOLD = 4
"""So many of what was varied are told by name."""

INDEX_NAMES = {
    "first": "First-order index",
    "total": "Total index",
    "second": "Second-order index",
    "mu_star": "Mean size of its effect (mu*)",
    "mu": "Mean effect (mu)",
    "sigma": "Spread of its effect (sigma)",
    "median": "PAWN index",
    "delta": "Delta",
    "swing": "Swing",
}

MEANINGS = {
    "sobol": "The first-order index is the share of the outcome's variance that goes when this number alone is known, "
    "the total index the share that stays when all others are: what it does alone, and what it does in all.",
    "morris": "How far the outcome moves on average for the full range of this number alone, by steps of more than "
    "half of it. A spread near the mean size: its effect depends on the others, or is curved.",
    "pawn": "How far knowing this number moves the distribution of the outcome, from 0 to 1.",
    "delta": "How far knowing this number moves the density of the outcome, from 0 to 1.",
    "tornado": "The outcome at the ends of this number's range, all others in the middle of theirs.",
}


def size_words(swept: Sweep) -> str:
    """How much was played, as a phrase."""
    points, worlds = len(swept.points), int(swept.manifest["worlds"])
    return f"{plural(points, 'point')} of {plural(worlds, 'world')} each"


def amount(outcome: str, value: float) -> str:
    """A value of an outcome measure: shares in percent."""
    return f"{100 * value:.3g}%" if is_share(outcome) else f"{value:.3g}"


def difference(outcome: str, value: float) -> str:
    """How far two values of a measure lie apart: of shares in points."""
    if not is_share(outcome):
        return f"{value:.2g}"
    points = f"{100 * value:.2g}"
    return f"{points} {'point' if points == '1' else 'points'}"


def leading(found: Sensitivity) -> str:
    """The index by which what was varied is ordered."""
    return "total" if found.method == "sobol" else str(found.indices["index"][0])


def matters(found: Sensitivity, names: Names) -> str:
    """What was varied that matters, in a sentence or two."""
    name, what = leading(found), names.measure(found.outcome)
    if found.note:
        return f"What moves the {what} cannot be told: there are {found.note}."
    table = found.indices.filter(pl.col("index") == name).sort("value", descending=True, maintain_order=True)
    rows = list(table.iter_rows(named=True))
    if found.method == "tornado":
        moved = [row for row in rows if row["value"] > 0]
        told = [difference(found.outcome, row["value"]) for row in moved]
        told[:1] = [f"by {told[0]}"] if told else []
    else:
        moved = [row for row in rows if row["low"] is not None and row["low"] > 0]
        told = [f"{row['value']:.2f}" for row in moved]
        told[:1] = [f"{_lower(INDEX_NAMES[name])} {told[0]}"] if told else []
    still = [row["path"] for row in rows if row not in moved]
    if not moved:
        return f"Nothing that was varied can be said to move the {what}: no index is clearly above zero."
    text = f"What moves the {what} most is {names.name(moved[0]['path'])} ({told[0]})"
    if len(moved) > 1:
        others = [f"{names.name(row['path'])} ({value})" for row, value in zip(moved[1:], told[1:], strict=True)]
        text += f", then {listed(others, _TOLD)}"
    text += "."
    if still:
        verb = "No effect is seen" if found.method in ("tornado", "morris") else "No effect beyond chance is seen"
        text += f" {verb} for {listed([names.name(path) for path in still], _TOLD)}."
    return text


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def settled(found: Sensitivity) -> str:
    """Whether the indices have settled as points were added."""
    if not len(found.convergence):
        return ""
    table = found.convergence.filter(pl.col("index") == leading(found))
    sizes = table["size"].unique().sort().to_list()
    if len(sizes) < 2:
        return ""
    before, now = (table.filter(pl.col("size") == size)["value"].to_numpy() for size in sizes[-2:])
    most = float(abs(before - now).max())
    return f"From {sizes[-2]:,} to {sizes[-1]:,} points no index moved by more than {most:.2g}."


def side_of(found: Discovery) -> str:
    """Which points were looked for: "above 20%"."""
    return f"{'above' if found.above else 'below'} {amount(found.outcome, found.level)}"


def conditions(found: Discovery, names: Names) -> list[str]:
    """What was found, a sentence a box, or a leaf of the tree where there are no boxes."""
    told = []
    for box in (found.boxes or ()) if found.boxes else (found.leaves or ())[:3]:
        cases = round(box.density * box.points)
        here = f"all {plural(cases, 'point')}" if cases == box.points else f"{cases:,} of {plural(box.points, 'point')}"
        kept = "no such point lies elsewhere"
        if cases < found.cases:
            kept = f"{whole(cases)} of the {whole(found.cases)} such points of the sweep lie there"
        where = f"Where {names.conditions(box.limits)}" if box.limits else "Everywhere"
        told.append(
            f"{where}, the {names.measure(found.outcome)} lies {side_of(found)} at {here} (density {box.density:.0%}, "
            f"95% interval {box.density_low:.0%} to {box.density_high:.0%}); {kept} (coverage {box.coverage:.0%})."
        )
    return told


def best_choice(found: Robustness, names: Names) -> str:
    """Which choice is the most robust, in a sentence."""
    table = found.choices
    regret, mean = table["regret_most"], table["mean"] * (1 if found.above else -1)

    def named(rows: list[int]) -> str:
        return " or with ".join(names.choice(found.levers, table.row(row, named=True)) for row in rows)

    by_regret, by_mean = _best(-regret), _best(mean)
    most = difference(found.outcome, float(regret[by_regret[0]]))
    if len(by_regret) == len(table) > 1:
        return f"No choice is more robust than another: the largest regret is {most} with each."
    text = f"The largest regret is smallest with {named(by_regret)}: "
    if float(regret[by_regret[0]]) == 0.0:
        text += "at no point would another choice have done better."
    else:
        text += f"at no point would another choice have done better by more than {most}."
    if not set(by_mean) & set(by_regret):
        text += f" On average the best is {named(by_mean)} ({amount(found.outcome, float(table['mean'][by_mean[0]]))})."
    return text


def _best(values: pl.Series) -> list[int]:
    """Where the largest of some values stand, all of them where there are several."""
    most = float(values.max())  # type: ignore[arg-type]
    return [place for place, value in enumerate(values.to_list()) if value >= most - 1e-12]
