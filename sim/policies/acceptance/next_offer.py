"""AC_next as published: what is worth at least the party's own next offer.

Baarslag, Hindriks & Jonker (2013), section 3: an agent accepts when the opponent's last bid is worth as much as the
bid that it would send next. `next` compares with what the party demands, which its next offer may exceed.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.policy import Acceptance
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:
    """What its own next offer is worth to it; where its side has none to make, what it demands.

    For a party that loses by delay, what that would be worth when it can be accepted, as for `next`.
    """
    own = situation.next_offer()
    worth = np.where(np.isnan(own), demand, own)
    waited = situation.reservation + situation.patience * (worth - situation.reservation)
    return np.where(situation.patience < 1.0, waited, worth)


def phrase(situation: Situation, worth: float) -> str:  # noqa: ARG001
    """By its own next offer."""
    return f"accepts what is worth its own next offer to it, {worth:.3f} now (AC_next)"


POLICY = Acceptance("next_offer", threshold, phrase)
