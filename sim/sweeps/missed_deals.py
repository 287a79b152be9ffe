"""Missed deals: worlds that ended without a deal although there was one that all whose assent was needed could sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sim.scenario.model import Scenario
from sim.sweeps.summary import wilson

WITHOUT_DEAL = ("talks_continue", "impasse", "breakdown")
"""Outcomes in which nothing was settled."""

MOST = 2000
"""Worlds that are asked; of more the first ones."""


@dataclass(frozen=True, slots=True)
class MissedDeals:
    """In how many of the worlds without a deal a zone of agreement existed at the values drawn, before any event.

    Attributes
    ----------
    without_deal
        Worlds of the run that ended without a deal, nor a partial one.
    asked
        Of these, the first so many were asked.
    settled
        Of these, so many gave a certain answer.
    missed
        Of these, in so many a zone existed.
    """

    without_deal: int
    asked: int
    settled: int
    missed: int

    def as_json(self) -> dict[str, Any]:
        """Counts, and the share of the settled worlds with its 95 % interval; null where there are none."""
        low, high = wilson(self.missed, self.settled)
        return {
            "without_deal": self.without_deal,
            "asked": self.asked,
            "settled": self.settled,
            "count": self.missed,
            "share": self.missed / self.settled if self.settled else None,
            "low": low if self.settled else None,
            "high": high if self.settled else None,
        }


def missed_deals(scenario: Scenario, seed: int, table: pl.LazyFrame, most: int = MOST) -> MissedDeals:
    """Ask the worlds of a run that ended without a deal whether there was one.

    Parameters
    ----------
    scenario, seed
        What was played.
    table
        A row a world, as in `worlds.parquet`.
    most
        How many worlds to ask at most.
    """
    from sim.analysis import zones

    without = table.filter(pl.col("outcome").cast(pl.String).is_in(WITHOUT_DEAL)).select("world").collect()["world"]
    asked = without.head(most).to_numpy().astype(np.int64)
    found = zones(scenario, seed, asked)
    return MissedDeals(len(without), len(asked), int(found.settled.sum()), int((found.exists & found.settled).sum()))
