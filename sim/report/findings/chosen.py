"""Which worlds of a run are worth a look: one of every outcome."""

from __future__ import annotations

import polars as pl

from sim.talks.record.endings import OUTCOMES

_FEWEST = 3
"""Worlds shown if the run has so many; more where there are more outcomes."""


def chosen(worlds: pl.LazyFrame) -> list[int]:
    """The first world of every outcome, and the first ones of the run until there are a few; in rising order."""
    first = worlds.group_by("outcome").agg(pl.col("world").min()).collect()
    by_outcome = dict(first.iter_rows())
    found = [int(by_outcome[name]) for name in OUTCOMES if name in by_outcome]
    for world in worlds.select("world").head(_FEWEST).collect()["world"].to_list():
        if len(found) < _FEWEST and world not in found:
            found.append(int(world))
    return sorted(found)
