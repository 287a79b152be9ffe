"""Averaged tit-for-tat: as the relative one, over several turns. See `sim.policies.concession.answering`."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.answering import START, in_proportion, proportion_said
from sim.policies.concession.policy import Concession
from sim.policies.setting import Setting
from sim.policies.situation import LONGEST_MEMORY, Situation


def demand(situation: Situation) -> Floats:
    """Answers all the others' moves in the last w turns: a' = a * v(received w) / v(received 0).

    v is the utility above that of the worst package. Settings: ``window`` w, ``start``.
    """
    return in_proportion(situation, "window", later=np.zeros(situation.last.shape, dtype=np.intp))


def phrase(situation: Situation, demanded: float) -> str:
    """By the moves that it answers."""
    return proportion_said(situation, demanded, "averaged", "window")


POLICY = Concession(
    "averaged_tit_for_tat",
    demand,
    phrase,
    numbers={"window": Setting(1.0, LONGEST_MEMORY, 3.0, whole=True), "start": START},
    reacts=True,
)
