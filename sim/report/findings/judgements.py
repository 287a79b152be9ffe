"""Which judgements separate the worlds of a run that end in an agreement from those that do not."""

from __future__ import annotations

from sim.sweeps.run import Results
from sim.sweeps.separation import Separations, separating


def separated(results: Results) -> Separations:
    """Ask the worlds whose draws are kept."""
    draws = results.draws
    ended = results.table.head(len(draws)).select("world", "outcome").collect().sort("world")
    return separating(draws, (ended["outcome"] == "agreement").to_numpy())
