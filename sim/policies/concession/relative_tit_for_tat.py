"""Relative tit-for-tat: gives up in the proportion in which the others did. See `sim.policies.concession.answering`."""

from __future__ import annotations

from sim.arrays.kinds import Floats
from sim.policies.concession.answering import LAG, START, in_proportion, proportion_said, turns_back
from sim.policies.concession.policy import Concession
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """Gives up in the proportion in which the others did d turns ago: a' = a * v(received d) / v(received d - 1).

    v is the utility above that of the worst package, so that no scale of scores matters. Settings: ``lag``, ``start``.
    """
    return in_proportion(situation, "lag", later=turns_back(situation, "lag") - 1)


def phrase(situation: Situation, demanded: float) -> str:
    """By the move that it answers."""
    return proportion_said(situation, demanded, "relative", "lag")


POLICY = Concession("relative_tit_for_tat", demand, phrase, numbers={"lag": LAG, "start": START}, reacts=True)
