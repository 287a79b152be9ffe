"""Resource-dependent concession: more is given up as meetings or rounds run out.

Faratin, Sierra & Jennings (1998), section 4.3.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.concession.said import gives_up, settings
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """The share k + (1 - k) exp(-left / scale) is given up.

    Settings: ``start`` k, ``scale``; word ``of``: ``meetings`` or ``rounds``, scheduled ones that are left.
    """
    left = situation.rounds_left if situation.words["of"] == "rounds" else situation.meetings_left
    start = np.clip(situation.settings["start"], 0.0, 1.0)
    scale = np.maximum(situation.settings["scale"], 0.01)
    exhausted = np.exp(np.ascontiguousarray(-np.maximum(left, 0) / scale))
    return situation.between(start + (1.0 - start) * exhausted)


def phrase(situation: Situation, demanded: float) -> str:
    """What it gives up with so much left."""
    of = situation.words["of"]
    left = int((situation.rounds_left if of == "rounds" else situation.meetings_left)[0])
    remaining = f"{left} {of if left != 1 else of.removesuffix('s')} left"
    return f"its resource policy ({settings(situation)}) {gives_up(situation, demanded)}, with {remaining}"


POLICY = Concession(
    "resource",
    demand,
    phrase,
    numbers={"start": Setting(0.0, 1.0, 0.0), "scale": Setting(low=0.01, default=1.0)},
    words={"of": ("meetings", "rounds")},
    reacts=True,
)
