"""Shares of worlds and how far they could be off because no more worlds were played."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Counts, Floats


def wilson(count: int, total: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, 1927, "Probable inference", JASA 22, 209-212)."""
    low, high = wilson_bounds(np.array([count]), np.array([total]))
    return float(low[0]), float(high[0])


def wilson_bounds(
    count: Counts | Floats, total: Counts | Floats, z: float = 1.959963984540054
) -> tuple[Floats, Floats]:
    """95 % intervals of shares, as `wilson`: the lower and the upper ends, each of shape (shares,)."""
    whole = np.maximum(total, 1)
    share = count / whole
    centre = share + z * z / (2 * whole)
    half = z * np.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    low, high = (centre - half) / (1 + z * z / whole), (centre + half) / (1 + z * z / whole)
    return np.where(count == 0, 0.0, np.maximum(low, 0.0)), np.where(count >= total, 1.0, np.minimum(high, 1.0))


def share_of(count: int, total: int) -> dict[str, float]:
    """A share with its count and interval."""
    low, high = wilson(count, total)
    return {"count": count, "share": count / total if total else 0.0, "low": low, "high": high}
