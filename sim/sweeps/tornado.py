"""One at a time: how far each path alone moves an outcome from where it stands with all in the middle."""

from __future__ import annotations

import numpy as np
import polars as pl

from sim.sweeps.reading import lever_paths, outcome_column, shown, uncertain_paths
from sim.sweeps.sweep import Sweep


def tornado(swept: Sweep, outcome: str) -> pl.DataFrame:
    """The bars of a tornado, the widest first; averaged over the choices of levers.

    Columns: ``path``, ``index`` ("swing"), ``value`` (largest less smallest), ``low`` and ``high`` (smallest and
    largest outcome), ``base`` (outcome with all in the middle), ``low_at`` and ``high_at`` (the values of the path that
    give them).

    Parameters
    ----------
    swept
        A sweep of the design ``tornado``.
    outcome
        See `sim.sweeps.reading.outcome_column`.
    """
    column = outcome_column(swept, outcome)
    levers, paths = lever_paths(swept), uncertain_paths(swept)
    choices = len(swept.points.select(levers).unique()) if levers else 1
    values = swept.points[column].cast(pl.Float64).to_numpy().reshape(choices, -1).mean(axis=0)
    points = swept.points[: len(values)]
    base = points.row(0, named=True)
    rows = []
    for path in paths:
        others = [other for other in paths if other != path]
        alone = pl.all_horizontal([pl.lit(True), *(pl.col(other) == base[other] for other in others)])
        mine = np.flatnonzero(points.select(alone).to_series().to_numpy())
        least, most = mine[values[mine].argmin()], mine[values[mine].argmax()]
        rows.append(
            {
                "path": path,
                "index": "swing",
                "value": float(values[most] - values[least]),
                "low": float(values[least]),
                "high": float(values[most]),
                "base": float(values[0]),
                "low_at": shown(points[path][int(least)]),
                "high_at": shown(points[path][int(most)]),
            }
        )
    return pl.DataFrame(rows).sort("value", descending=True, maintain_order=True)
