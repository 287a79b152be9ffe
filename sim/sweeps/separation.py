"""Which judgements separate the worlds with an agreement from those without, from what the worlds of one run drew.

No further worlds are played. A rank correlation (Spearman, 1904) between a number and whether there was an agreement
says whether it does; the share of agreements in each fifth of what was drawn, by how much. Numbers that share a factor
move together, so that one may stand for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
import polars as pl

from sim.arrays.kinds import Bools
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities

_LEVEL = 0.05
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Separation:
    """A number that separates the worlds.

    Attributes
    ----------
    path
        Its path, or `events.ID.happens`.
    correlation
        Between its rank and whether there was an agreement, from -1 to 1.
    ends
        The lowest and the highest value drawn.
    parts
        Worlds with an agreement, and worlds, in each fifth of what was drawn, from the lowest up; of something that
        happens or not, where it does not and where it does.
    """

    path: str
    correlation: float
    ends: tuple[float, float]
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Separations:
    """What separates the worlds of a run.

    Attributes
    ----------
    worlds, agreed, asked
        How many worlds, how many of them with an agreement (or whatever they are asked for), and how many numbers.
    clear
        The numbers that separate them more than chance explains in so many, the strongest first (two-sided, 5 % for
        all together after Bonferroni, 1936).
    """

    worlds: int
    agreed: int
    asked: int
    clear: tuple[Separation, ...]


def separating(draws: pl.DataFrame, agreed: Bools) -> Separations:
    """Ask of every number whether it separates the worlds.

    Parameters
    ----------
    draws
        As `sim.sweeps.draws.drawn` gives them.
    agreed
        Whether each of these worlds ended in an agreement, shape (worlds,).
    """
    names = [name for name in draws.columns if name != "world"]
    count = len(agreed)
    if not names or count < 2 * _PARTS or agreed.all() or not agreed.any():
        return Separations(count, int(agreed.sum()), len(names), ())
    ranks = draws.select(pl.col(names).cast(pl.Float64).rank("average")).to_numpy() - (count + 1) / 2
    side = agreed - agreed.mean()
    spread = np.sqrt((ranks**2).sum(axis=0) * float(side @ side))
    correlation = np.divide(side @ ranks, spread, out=np.zeros(len(names)), where=spread > 0)
    least = NormalDist().inv_cdf(1 - _LEVEL / 2 / len(names)) / sqrt(count - 1)
    order = np.argsort(-np.abs(correlation), kind="stable")
    clear = [int(n) for n in order if abs(correlation[n]) > least]
    return Separations(
        count,
        int(agreed.sum()),
        len(names),
        tuple(_separation(draws[names[n]], float(correlation[n]), agreed) for n in clear),
    )


def together(scenario: Scenario, found: Sequence[Separation]) -> list[tuple[Separation, int, str]]:
    """Of numbers that share a factor the strongest alone, with how many others there are, and the factor's name."""
    known = quantities(scenario)
    kept: dict[str, list[Separation]] = {}
    for one in found:
        quantity = known.get(one.path) or known.get(f"{one.path}.drawn")
        shared = quantity.shared if quantity else ()
        kept.setdefault(max(shared, key=lambda each: each[1])[0] if shared else one.path, []).append(one)
    return [(ones[0], len(ones) - 1, factor) for factor, ones in kept.items()]


def _separation(column: pl.Series, correlation: float, agreed: Bools) -> Separation:
    value = column.to_numpy()
    if column.dtype == pl.Boolean:
        part = value.astype(np.intp)
    else:
        rank = column.rank("average").to_numpy()  # the same for the same values, so that these stay together
        part = ((rank - 0.5) * _PARTS / len(value)).astype(np.intp)
    count = 2 if column.dtype == pl.Boolean else _PARTS
    parts = [(int(agreed[part == k].sum()), int((part == k).sum())) for k in range(count)]
    return Separation(column.name, correlation, (float(value.min()), float(value.max())), tuple(parts))
