"""Absolute tit-for-tat: gives up as much as the others did. See `sim.policies.concession.answering`."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.answering import LAG, START, answered, begun, received, turns_back, unanswered, went
from sim.policies.concession.policy import Concession
from sim.policies.concession.said import number
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """Gives up as much as the others did d turns ago: a' = a - (u(received d - 1) - u(received d)).

    Settings: ``lag`` d, 1 for their latest move; ``start``.
    """
    lag = turns_back(situation, "lag")
    moved = received(situation, lag - 1) - received(situation, lag)
    return begun(situation, situation.last - np.where(np.isnan(moved), 0.0, moved))


def phrase(situation: Situation, demanded: float) -> str:
    """By the move that it answers."""
    whose = f"its absolute tit-for-tat (lag {number(situation, 'lag'):g})"
    moved = answered(situation, "lag", by_one=True)
    if (other := unanswered(situation, demanded, moved)) is not None:
        return f"{whose} {other}"
    earlier, later = moved
    done = f"gives up the {later - earlier:.3f} that it got" if later >= earlier else "takes back what it lost"
    return f"{whose} {done} as the others' offers went {went(earlier, later)}"


POLICY = Concession("absolute_tit_for_tat", demand, phrase, numbers={"lag": LAG, "start": START}, reacts=True)
