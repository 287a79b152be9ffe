"""What a side's members gain on the whole."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.sums import share, total


def mean_gain(surplus: Floats, weight: Floats, counts: Floats) -> Floats:
    """A side's gain: the mean of its members' surpluses by weight; `counts` is 0 for who does not care at all.

    `surplus` has shape (members, ..., worlds), `weight` and `counts` (members, worlds), the answer (..., worlds).
    """
    influence = weight * counts
    whole = total(influence)
    result = np.zeros(surplus.shape[1:])
    for own, carries in zip(surplus, influence, strict=True):
        result += own * carries
    return share(result, np.broadcast_to(whole, result.shape))
