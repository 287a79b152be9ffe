"""What each party got from a deal: its utility beyond what it would have without one in the same world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sim.arrays.kinds import Counts, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario

LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}


@dataclass(frozen=True, slots=True)
class Gain:
    """Gains over the worlds of one kind of deal.

    Attributes
    ----------
    worlds
        How many these are.
    levels
        Quantiles of the gain over worlds by the names in `LEVELS`, each of shape (parties,); nan without a world.
    lose
        Worlds in which the deal is worth less to the party than no deal, shape (parties,).
    """

    worlds: int
    levels: dict[str, Floats]
    lose: Counts


@dataclass(frozen=True, slots=True)
class Gains:
    """Gains of the parties by agreements on every issue, and by deals that settle some.

    Attributes
    ----------
    whole, partial
        In force, whatever became of the talks.
    known
        Whether the results tell what each party would have had without a deal.
    """

    whole: Gain
    partial: Gain
    known: bool


def gains(scenario: Scenario, worlds: pl.LazyFrame) -> Gains:
    """Read the table of worlds (a row a world, see `sim.sweeps.tables.world_table`)."""
    columns = [f"gain.{party.id}" for party in scenario.parties]
    if not set(columns) <= set(worlds.collect_schema().names()):
        nobody = _gain(pl.DataFrame(schema=dict.fromkeys(columns, pl.Float64)))
        return Gains(nobody, nobody, False)
    table = worlds.filter(pl.col(columns[0]).is_not_null()).select("outcome", *columns).collect()
    whole = pl.col("outcome") == "agreement"
    return Gains(_gain(table.filter(whole).drop("outcome")), _gain(table.filter(~whole).drop("outcome")), True)


def _gain(table: pl.DataFrame) -> Gain:
    if table.is_empty():
        none = np.full(table.width, np.nan)
        return Gain(0, dict.fromkeys(LEVELS, none), np.zeros(table.width, dtype=np.int64))
    levels = {name: table.quantile(share, "nearest").to_numpy()[0] for name, share in LEVELS.items()}
    lose = table.select((pl.all() < -TOLERANCE).sum()).to_numpy()[0].astype(np.int64)
    return Gain(len(table), levels, lose)
