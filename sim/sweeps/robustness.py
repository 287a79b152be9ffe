"""What to choose when much is uncertain: regret and robustness of each choice of levers over the uncertain points.

Regret (Savage, 1951) of a choice at a point is what the best choice there would have given more. A choice is robust by
its worst case, by its largest regret, or by the share of points at which it is good enough (Starr's domain criterion).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.sweeps.reading import lever_paths, outcome_values
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep

RESAMPLES = 1000
_SEED = 0
_FEWEST = 5
"""Of fewer uncertain points than this no interval is given."""
_TEN = 10


@dataclass(frozen=True, slots=True)
class Robustness:
    """Choices of levers compared.

    Attributes
    ----------
    outcome, level, above
        The measure, and what of it is good enough: at least `level` (at most, if not `above`).
    levers
        What was chosen.
    choices
        A row a choice: a column a lever; ``mean`` of the outcome over the uncertain points with ``mean_low`` and
        ``mean_high`` (95 %, bootstrap; null with fewer than five points); ``worst``, ``tenth`` (one point in ten is
        worse; null with fewer than ten) and ``best``; ``regret_mean``, ``regret_tenth`` (one in ten is larger; null
        likewise) and ``regret_most``; ``satisfied``: share of points good enough; ``wins``: share of points at which
        no choice is better.
    """

    outcome: str
    level: float
    above: bool
    levers: list[str]
    choices: pl.DataFrame

    def as_json(self) -> dict[str, Any]:
        """What `sensitivity --json` says of it."""
        return {"outcome": self.outcome, "level": self.level, "above": self.above, "choices": self.choices.to_dicts()}


def robustness(swept: Sweep, outcome: str = "agreement", level: float = 0.5, above: bool = True) -> Robustness:
    """Compare the choices of levers over the same uncertain points.

    Parameters
    ----------
    swept
        A finished sweep with levers.
    outcome
        See `sim.sweeps.reading.outcome_column`.
    level
        What of it is good enough.
    above
        Whether more of it is better.

    Raises
    ------
    OutputError
        If no lever was varied.
    """
    levers = lever_paths(swept)
    if not levers:
        raise OutputError("no lever was varied: mark what a negotiator can choose with --lever instead of --vary")
    choices = swept.points.select(levers).unique(maintain_order=True)
    gains = outcome_values(swept, outcome).reshape(len(choices), -1) * (1.0 if above else -1.0)
    regret = gains.max(axis=0) - gains
    low, high = _interval(gains)
    sign = 1.0 if above else -1.0
    ends = (sign * low, sign * high) if above else (sign * high, sign * low)
    table = choices.with_columns(
        mean=pl.Series(sign * gains.mean(axis=1)),
        mean_low=pl.Series(ends[0]).fill_nan(None),
        mean_high=pl.Series(ends[1]).fill_nan(None),
        worst=pl.Series(sign * gains.min(axis=1)),
        tenth=pl.Series(sign * _tenth(gains, 0.1)).fill_nan(None),
        best=pl.Series(sign * gains.max(axis=1)),
        regret_mean=pl.Series(regret.mean(axis=1)),
        regret_tenth=pl.Series(_tenth(regret, 0.9)).fill_nan(None),
        regret_most=pl.Series(regret.max(axis=1)),
        satisfied=pl.Series((gains >= sign * level).mean(axis=1)),
        wins=pl.Series((regret == 0.0).mean(axis=1)),
    )
    return Robustness(outcome, level, above, levers, table)


def _tenth(values: Floats, at: float) -> Floats:
    """A quantile of each row that leaves one in ten beyond it; NaN where there are not ten."""
    return np.quantile(values, at, axis=1) if values.shape[1] >= _TEN else np.full(len(values), np.nan)


def _interval(gains: Floats) -> tuple[Floats, Floats]:
    """95 % interval of the mean of each row, by bootstrap over the columns; NaN where these are too few."""
    luck = np.random.default_rng(_SEED)
    count = gains.shape[1]
    if count < _FEWEST:
        return np.full(len(gains), np.nan), np.full(len(gains), np.nan)
    weights = luck.multinomial(count, np.full(count, 1.0 / count), RESAMPLES) / count
    means = np.sum(weights[:, None, :] * gains, axis=2) if gains.size * RESAMPLES < 2e7 else weights @ gains.T
    return np.quantile(means, 0.025, axis=0), np.quantile(means, 0.975, axis=0)
