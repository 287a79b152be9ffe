"""AC_prev: what is worth at least the party's own last offer."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.policy import Acceptance
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:
    """Its own last offer; before it has made any, what it demands."""
    own = situation.seen.own[0]
    return np.where(np.isnan(own), demand, own)


def phrase(situation: Situation, worth: float) -> str:  # noqa: ARG001
    """By its own last offer."""
    return f"accepts what is worth its own last offer to it, {worth:.3f} now (AC_prev)"


POLICY = Acceptance("previous", threshold, phrase)
