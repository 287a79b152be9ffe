"""A quorum: so many members can live with it, whatever the others say; a quorum of all is a consensus.

Of part of the members at most as many are asked as are there. Buchanan & Tullock, *The Calculus of Consent*, 1962,
ch. 6, on rules by which any k of n decide.
"""

from __future__ import annotations

import numpy as np

from sim.rules.condition import SoMany
from sim.rules.rule import DecisionRule, RuleNumber, Seats


def enough_do_not_object(seats: Seats) -> SoMany:
    """At least so many members do not object."""
    return SoMany(np.minimum(seats.number, float(seats.members)))


RULE = DecisionRule(
    name="quorum",
    summary="A side passes what at least so many members do not object to.",
    manner="by a quorum",
    asks="the quorum asks that {number:g} of them do not object",
    counts="{number:g} of them",
    unstopped=enough_do_not_object,
    by_votes=True,
    number=RuleNumber(
        sign="N",
        what="the quorum of the {members} of '{side}'",
        says="The number of members that must not object.",
        low=1.0,
        high=None,
        whole=True,
    ),
)
