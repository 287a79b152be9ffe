"""AC_next: what is worth at least what the party would demand itself."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.policy import Acceptance
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:
    """What it demands itself.

    For a party that loses by delay, what its own next offer would be worth when it can be accepted: the reservation
    value and of its gain the share that delay leaves.
    """
    waited = situation.reservation + situation.patience * (demand - situation.reservation)
    return np.where(situation.patience < 1.0, waited, demand)


def phrase(situation: Situation, worth: float) -> str:
    """Nothing where delay costs nothing, as it then accepts what it demands."""
    left = float(situation.patience[0, 0])
    if left >= 1.0:
        return ""
    return f"accepts {worth:.3f}, since delay leaves it {left:g} of its gain by the time of a counter-offer"


POLICY = Acceptance("next", threshold, phrase)
