"""What the worlds of a run drew: every uncertain number and whether each event happens, of its first worlds."""

from __future__ import annotations

import numpy as np
import polars as pl

from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.worlds.draws import draw, happens, holds

DRAWS = "draws.parquet"
KEPT = 1000
"""The draws of the first so many worlds of a run are kept; all others are functions of the seed and their index."""


def drawn(scenario: Scenario, seed: int, worlds: int) -> pl.DataFrame:
    """A row a world: `world`, and a column a number that is uncertain, by its path.

    What holds or not is told as that: `parties.PARTY.red_lines.ISSUE.OPTION` where it is uncertain whether an option is
    a red line, and `events.ID.happens`.

    Parameters
    ----------
    scenario, seed
        As in the run.
    worlds
        How many the run played; the first `KEPT` of them at most are given.
    """
    index = np.arange(min(worlds, KEPT), dtype=np.int64)
    uncertain = [quantity for quantity in quantities(scenario).values() if not quantity.certain]
    lines = {line.luck.path: line for party in scenario.parties for line in party.uncertain_red_lines}
    values = draw([*uncertain, *(line.probability for line in lines.values())], seed, index)
    columns: dict[str, object] = {"world": index}
    for path in (quantity.path for quantity in uncertain):
        if path not in lines:
            columns[path] = values[path].astype(np.float32)
            continue
        probability = values[lines[path].probability.path]
        columns[path.removesuffix(".drawn")] = holds(values[path], probability)
    for event in scenario.events:
        probability = draw([event.probability], seed, index)[event.probability.path]
        happening = happens(event, probability, seed, index)
        if happening.any() and not happening.all():
            columns[f"events.{event.id}.happens"] = happening
    return pl.DataFrame(columns)
