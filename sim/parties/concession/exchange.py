"""Concession package by package, in exchange: MiCRO and Zeuthen's monotonic concession."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.situation import Situation


def micro(situation: Situation) -> Floats:
    """MiCRO: goes down to its next package if the others have put as many different packages as it has itself.

    Else it demands what it demanded. With ``offering: exhaustive`` every package is a step, with the ladder every rung.

    de Jonge, "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI
    2022, 223-229.
    """
    seen = situation.seen
    return _next_package(situation, (seen.own_packages > 0) & (seen.others_packages >= seen.own_packages))


def zeuthen(situation: Situation) -> Floats:
    """The monotonic concession protocol with Zeuthen's strategy: who risks less by insisting takes the next step.

    A party's willingness to risk a failure is (u(own offer) - u(others' offer)) / (u(own offer) - reservation), the
    share of its gain that it would lose by giving in; 1 where it would gain nothing by its own offer. It concedes while
    its own is at most that of the others, and two that do so from package to package end where the product of gains
    is greatest. It knows the others' utilities and reservation values, as the theory has it.

    Zeuthen, Problems of Monopoly and Economic Warfare, 1930, ch. 4; Harsanyi, "Approaches to the bargaining problem
    before and after the theory of games", Econometrica 24 (1956), 144-157; Rosenschein & Zlotkin, Rules of Encounter,
    1994, ch. 3; with more than two sides as in Endriss, "Monotonic concession protocols for multilateral negotiation",
    AAMAS 2006, 392-399.
    """
    seen = situation.seen
    begun = ~np.isnan(seen.own[0]) & ~np.isnan(seen.received[0])
    return _next_package(situation, begun & (seen.risk <= seen.others_risk * (1.0 + 1e-9)))


def _next_package(situation: Situation, where: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Floats:
    """The worth of the next package below the last demand; the last demand where there is none, or not `where`."""
    below = situation.most_below(situation.last)
    return situation.within(np.where(where & np.isfinite(below), below, situation.last))
