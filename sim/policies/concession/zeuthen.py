"""The monotonic concession protocol with Zeuthen's strategy.

Zeuthen, Problems of Monopoly and Economic Warfare, 1930, ch. 4; Harsanyi, "Approaches to the bargaining problem
before and after the theory of games", Econometrica 24 (1956), 144-157; Rosenschein & Zlotkin, Rules of Encounter,
1994, ch. 3; with more than two sides as in Endriss, "Monotonic concession protocols for multilateral negotiation",
AAMAS 2006, 392-399.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.stepping import next_package
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """Who risks less by insisting takes the next step.

    A party's willingness to risk a failure is (u(own offer) - u(others' offer)) / (u(own offer) - reservation), the
    share of its gain that it would lose by giving in; 1 where it would gain nothing by its own offer. It concedes while
    its own is at most that of the others, and two that do so from package to package end where the product of gains
    is greatest. It knows the others' utilities and reservation values, as the theory has it.
    """
    seen = situation.seen
    begun = ~np.isnan(seen.own[0]) & ~np.isnan(seen.received[0])
    return next_package(situation, begun & (seen.risk <= seen.others_risk * (1.0 + 1e-9)))


def phrase(situation: Situation, demanded: float) -> str:
    """By the risks."""
    seen = situation.seen
    if np.isnan(seen.own[0, 0, 0]) or np.isnan(seen.received[0, 0, 0]):
        return "by Zeuthen's strategy it begins with its best package"
    own, others = float(seen.risk[0, 0]), float(seen.others_risk[0, 0])
    done = "takes its next step" if demanded < float(situation.last[0, 0]) else "holds"
    return (
        f"by Zeuthen's strategy it {done}: it would risk a failure up to a chance of {own:.3f}, the others {others:.3f}"
    )


POLICY = Concession("zeuthen", demand, phrase, reacts=True)
