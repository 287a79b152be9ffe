"""Powers that come out the same in any block of worlds."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats


def power(base: Floats, exponent: Floats) -> Floats:
    """Base of shape (worlds,) or (parties, worlds); contiguous, so that a world's number is the same in any block."""
    spread = np.ascontiguousarray(np.broadcast_to(base, exponent.shape))
    return np.asarray(spread ** np.ascontiguousarray(exponent))
