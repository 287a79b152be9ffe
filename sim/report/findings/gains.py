"""What each party got: its utility in worlds with a deal and in worlds without."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.scenario.model import Scenario

LEVELS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}


@dataclass(frozen=True, slots=True)
class Gains:
    """Quantiles of utility over worlds, each of shape (parties,), nan where there are no such worlds.

    Attributes
    ----------
    with_deal, without
        By the names in `LEVELS`: in worlds with a whole or partial deal, and in those without any.
    deals, others
        How many worlds these are.
    """

    with_deal: dict[str, Floats]
    without: dict[str, Floats]
    deals: int
    others: int


def gains(scenario: Scenario, worlds: pl.LazyFrame) -> Gains:
    """Read the table of worlds (a row a world, see `sim.sweeps.tables.world_table`)."""
    deal = pl.any_horizontal(pl.col(f"package.{issue.id}").is_not_null() for issue in scenario.issues)
    utilities = [f"utility.{party.id}" for party in scenario.parties]
    table = worlds.select(deal.alias("deal"), *utilities).collect()
    halves = [table.filter(pl.col("deal") == which).drop("deal") for which in (True, False)]
    return Gains(_quantiles(halves[0]), _quantiles(halves[1]), len(halves[0]), len(halves[1]))


def _quantiles(table: pl.DataFrame) -> dict[str, Floats]:
    """Quantiles of every column."""
    if table.is_empty():
        return {name: np.full(table.width, np.nan) for name in LEVELS}
    return {name: table.quantile(share, "nearest").to_numpy()[0] for name, share in LEVELS.items()}
