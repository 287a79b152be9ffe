"""Concession package by package."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.policies.situation import Situation


def next_package(situation: Situation, where: Bools) -> Floats:
    """The worth of the next package below the last demand; the last demand where there is none, or not `where`."""
    below = situation.most_below(situation.last)
    return situation.within(np.where(where & np.isfinite(below), below, situation.last))
