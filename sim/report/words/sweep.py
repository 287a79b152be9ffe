"""A sweep in words: names of outcomes, paths and methods, and sentences written from the numbers."""

from __future__ import annotations

import polars as pl

from sim.report.words.digits import plural
from sim.report.words.names import outcome_name
from sim.report.words.plain_text import human, listed, plain, wrapped
from sim.sweeps.discovery import Discovery
from sim.sweeps.robustness import Robustness
from sim.sweeps.sensitivity import TOO_FEW, Sensitivity
from sim.sweeps.sweep import Sweep
from sim.talks.record.endings import OUTCOMES

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


def measure_name(outcome: str) -> str:
    """An outcome measure as a phrase: "share of agreement", "gap.last"."""
    if outcome in OUTCOMES:
        return f"share of worlds in {outcome_name(outcome).lower()}"
    group, _, rest = outcome.partition(".")
    names = {"utility": f"mean utility of {rest}", "gap": f"mean gap between the {rest} offers"}
    if group == "settlements":
        issue, _, option = rest.rpartition(".")
        return f"share of deals with {plain(issue)} at {plain(option)}"
    return names.get(group, human(outcome))


def path_label(path: str, width: int = 40) -> str:
    """A path as a label, broken at its dots where it is long."""
    text = plain(path)
    if len(text) <= width:
        return text
    return wrapped(text.replace(".", ". "), width).replace(". ", ".")


def size_words(swept: Sweep) -> str:
    """How much was played, as a phrase."""
    points, worlds = len(swept.points), int(swept.manifest["worlds"])
    return f"{plural(points, 'point')} of {plural(worlds, 'world')} each"


def matters(found: Sensitivity) -> str:
    """Which paths matter, in a sentence or two."""
    name = "total" if found.method == "sobol" else found.indices["index"][0]
    table = found.indices.filter(pl.col("index") == name).sort("value", descending=True, maintain_order=True)
    if found.method == "tornado":
        moved = [(row["path"], row["value"]) for row in table.iter_rows(named=True) if row["value"] > 0]
        still = [row["path"] for row in table.iter_rows(named=True) if row["value"] <= 0]
    else:
        rows = list(table.iter_rows(named=True))
        if found.too_few:
            return f"What moves the {measure_name(found.outcome)} cannot be told: there are {TOO_FEW}."
        moved = [(row["path"], row["value"]) for row in rows if row["low"] is not None and row["low"] > 0]
        still = [row["path"] for row in rows if row["low"] is None or row["low"] <= 0]
    what = measure_name(found.outcome)
    if not moved:
        return f"Of nothing that was varied can one say that it moves the {what}: no index is clearly above zero."
    text = f"What moves the {what} most is {plain(moved[0][0])} ({INDEX_NAMES[name].lower()} {moved[0][1]:.2f})"
    if len(moved) > 1:
        text += f", then {listed([f'{plain(path)} ({value:.2f})' for path, value in moved[1:4]])}"
    text += "."
    if still:
        text += f" No effect is seen for {listed([plain(path) for path in still], 4)}."
    return text


def settled(found: Sensitivity) -> str:
    """Whether the indices have settled as points were added."""
    if not len(found.convergence):
        return ""
    name = "total" if found.method == "sobol" else found.indices["index"][0]
    table = found.convergence.filter(pl.col("index") == name)
    sizes = table["size"].unique().sort().to_list()
    if len(sizes) < 2:
        return ""
    before, now = (table.filter(pl.col("size") == size)["value"].to_numpy() for size in sizes[-2:])
    most = float(abs(before - now).max())
    return f"From {sizes[-2]:,} to {sizes[-1]:,} points no index moved by more than {most:.2g}."


def conditions(found: Discovery) -> list[str]:
    """What was found, a sentence a box."""
    side = "above" if found.above else "below"
    told = []
    for box in (found.boxes or ()) if found.boxes else (found.leaves or ())[:3]:
        told.append(
            f"Where {plain(str(box))}: the {measure_name(found.outcome)} lies {side} {found.level:g} at "
            f"{100 * box.density:.0f}% of the points (density), and {100 * box.coverage:.0f}% of all such points lie "
            "there (coverage)."
        )
    return told


def best_choice(found: Robustness) -> str:
    """Which choice is the most robust, in a sentence."""
    table = found.choices
    by_regret = table["regret_most"].arg_min() or 0
    by_mean = (table["mean"].arg_max() if found.above else table["mean"].arg_min()) or 0

    def named(row: int) -> str:
        return listed([f"{plain(lever)} = {plain(str(table[lever][row]))}" for lever in found.levers])

    text = f"The largest regret is smallest with {named(by_regret)}: it never gives up more than "
    text += f"{table['regret_most'][by_regret]:.2f} against the best choice."
    if by_mean != by_regret:
        text += f" On average {named(by_mean)} does best ({table['mean'][by_mean]:.2f})."
    return text
