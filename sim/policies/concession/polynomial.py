"""The polynomial family of time-dependent concession with a first step.

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
    """The share k + (1 - k) t^e is given up at t.

    Settings: ``exponent`` e and ``start`` k, the first concession.
    """
    start = np.clip(situation.settings["start"], 0.0, 1.0)
    passed = power(situation.time, np.maximum(situation.settings["exponent"], 0.0))
    return situation.between(start + (1.0 - start) * passed)


def phrase(situation: Situation, demanded: float) -> str:
    """What the curve gives up by now."""
    return along("polynomial curve", situation, demanded)


POLICY = Concession(
    "polynomial",
    demand,
    phrase,
    numbers={"exponent": Setting(low=0.0, default=1.0), "start": Setting(0.0, 1.0, 0.0)},
)
