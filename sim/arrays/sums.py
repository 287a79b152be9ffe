"""Sums in a fixed order.

NumPy may add along an axis in another order for another shape; what decides an outcome must not depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Floats


def total(rows: Floats | Sequence[Floats]) -> Floats:
    """Sum over the first axis, one row after another; shape (n, ...) to (...). An array without rows: zeros."""
    result = np.zeros(rows.shape[1:] if isinstance(rows, np.ndarray) else rows[0].shape)
    for row in rows:
        result += row
    return result


def share(part: Floats, whole: Floats) -> Floats:
    """`part` / `whole`, and 0 where the whole is 0 or so small that no number is its inverse."""
    inverse_exists = whole >= np.finfo(np.float64).tiny
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=inverse_exists)
