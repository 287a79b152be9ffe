"""MiCRO: a new package for a new package.

de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI 2022, 223-229.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.stepping import next_package
from sim.policies.situation import Situation

EACH = "each"
"""The word of ``ties`` by which it puts every package."""


def demand(situation: Situation) -> Floats:
    """Goes down to its next package if the others have put as many different packages as it has itself.

    Else it demands what it demanded. With ``offering: exhaustive`` every package is a step, with the ladder every rung.

    Word: ``ties``, whether packages worth the same to it count as one (``together``), or it puts ``each`` of them, in
    the order of the file, as published; that is for a party without a side that offers by ``exhaustive``.
    """
    seen = situation.seen
    if situation.words.get("ties") == EACH:
        own = seen.own_packages
        worth = situation.nth_best(own + ((own == 0) | (seen.others_packages >= own)))
        goes_on = next_package(situation, (own > 0) & (seen.others_packages >= own))
        return np.where(np.isnan(worth), goes_on, situation.within(np.where(np.isnan(worth), 0.0, worth)))
    return next_package(situation, (seen.own_packages > 0) & (seen.others_packages >= seen.own_packages))


def phrase(situation: Situation, demanded: float) -> str:
    """By how many packages were put."""
    seen = situation.seen
    own, others = int(seen.own_packages[0, 0]), int(seen.others_packages[0, 0])
    if own == 0:
        return "its MiCRO begins with its best package"
    put = f"it has put {own} different one{'s' if own != 1 else ''}, the others {others}"
    if others < own:
        return f"its MiCRO waits for a new package of the others: {put}"
    done = "goes on to its next package" if demanded < float(situation.last[0, 0]) else "has no further package"
    return f"its MiCRO {done}: {put}"


POLICY = Concession("micro", demand, phrase, words={"ties": ("together", EACH)}, reacts=True)
