"""How much the parties in a meeting can get in packages that every side there could sign."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.talks.seats.sitting import Sitting


def reach(sitting: Sitting) -> Floats:
    """The most that a package of its own side's which all sides could sign is worth to each party; (parties, cohort).

    It is -inf where there is none, and for a party that is not there. It is worked out once a meeting, as limits and
    worths stay as they are.
    """
    if sitting.reached is None:
        sitting.reached = np.full(sitting.best.shape, -np.inf)
        for i, delegation in enumerate(sitting.delegations):
            at = list(delegation.parties)
            for k, acceptable in enumerate(delegation.acceptable):
                if not acceptable.any():
                    continue
                package = delegation.package(np.full(len(sitting.cohort), k))
                for other in range(len(sitting.delegations)):
                    if other != i:
                        acceptable = acceptable & sitting.acceptable(other, package)
                worth = np.where(acceptable, delegation.value[:, k], -np.inf)
                sitting.reached[at] = np.maximum(sitting.reached[at], worth)
    return sitting.reached
