"""Whether it is late in the talks."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.policies.situation import Situation


def late(situation: Situation, demand: Floats) -> Bools:
    """Whether the share ``after`` of the talks has passed; (parties, worlds)."""
    return np.broadcast_to(situation.time, demand.shape) >= situation.settings["after"] - 1e-12
