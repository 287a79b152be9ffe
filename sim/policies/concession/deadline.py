"""Waiting for the deadline, near which agreements cluster.

Roth, Murnighan & Schoumaker, "The deadline effect in bargaining: some experimental evidence", American Economic Review
78 (1988), 806-823.
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
    """Stays at the best until the share h of the time has passed, then falls as ((t - h) / (1 - h))^e.

    Settings: ``hold`` h and ``exponent`` e.
    """
    hold = np.clip(situation.settings["hold"], 0.0, 1.0)
    time = np.broadcast_to(situation.time, hold.shape)
    late = np.where(hold < 1.0, np.clip((time - hold) / np.maximum(1.0 - hold, 1e-12), 0.0, 1.0), time >= 1.0)
    conceded = power(late, np.maximum(situation.settings["exponent"], 0.0))
    return situation.between(np.where(late > 0.0, conceded, 0.0))


def phrase(situation: Situation, demanded: float) -> str:
    """What it gives up by now."""
    return along("deadline policy", situation, demanded)


POLICY = Concession(
    "deadline",
    demand,
    phrase,
    numbers={"hold": Setting(0.0, 1.0, 0.8), "exponent": Setting(low=0.0, default=1.0)},
)
