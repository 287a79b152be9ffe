"""The hard-liner, who demands the same throughout."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.said import number
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """The share s of the way from its reservation value up to its best.

    Setting: ``share`` s, 1 for the best itself.
    """
    return situation.between(1.0 - np.clip(situation.settings["share"], 0.0, 1.0))


def phrase(situation: Situation, demanded: float) -> str:  # noqa: ARG001
    """By its share."""
    return f"it is a hard-liner and asks for {number(situation, 'share'):.0%} of what it could gain throughout"


POLICY = Concession("hard_liner", demand, phrase, numbers={"share": Setting(0.0, 1.0, 1.0)})
