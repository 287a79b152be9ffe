"""The exponential family of time-dependent concession.

Faratin, Sierra & Jennings (1998), section 4.2.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.powers import power
from sim.policies.concession.said import along
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """The share exp((1 - t)^(1/e) ln k) is given up at t.

    Settings: ``exponent`` e and ``start`` k in (0, 1], what is given up at once.
    """
    exponent = np.clip(situation.settings["exponent"], 0.01, 100.0)
    left = power(1.0 - situation.time, 1.0 / exponent)
    start = np.ascontiguousarray(np.clip(situation.settings["start"], 1e-6, 1.0))
    return situation.between(np.exp(np.ascontiguousarray(left * np.log(start))))


def phrase(situation: Situation, demanded: float) -> str:
    """What the curve gives up by now."""
    return along("exponential curve", situation, demanded)


POLICY = Concession(
    "exponential",
    demand,
    phrase,
    numbers={"exponent": Setting(0.01, 100.0, 1.0), "start": Setting(1e-6, 1.0, 0.05)},
)
