"""Time-dependent concession: what is given up depends on the share of the talks that has passed, and on nothing else.

Faratin, Sierra & Jennings, "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems 24
(1998), 159-182, section 4.2. With e for the 1/beta there, e > 1 concedes late (boulware), e < 1 early (conceder).
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.powers import power
from sim.policies.concession.said import gives_up, number, passed
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """a(t) = max(reservation, best - (best - reservation) t^e): the polynomial family that begins at the best.

    Setting: ``exponent``. Shape of the answer: (parties, worlds), as of all policies.
    """
    return situation.between(power(situation.time, np.maximum(situation.settings["exponent"], 0.0)))


def phrase(situation: Situation, demanded: float) -> str:
    """By the name of the curve."""
    exponent = number(situation, "exponent")
    name = "boulware" if exponent > 1.0 else "conceder" if exponent < 1.0 else "linear"
    return f"its {name} curve (exponent {exponent:.3g}) {gives_up(situation, demanded)}, {passed(situation)}"


POLICY = Concession(
    "time",
    demand,
    phrase,
    numbers={"exponent": Setting(low=0.0)},
    short={"boulware": {"exponent": 4.0}, "linear": {"exponent": 1.0}, "conceder": {"exponent": 0.25}},
)
