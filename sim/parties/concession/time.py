"""Time-dependent concession: what is given up depends on the share of the talks that has passed, and on nothing else.

Faratin, Sierra & Jennings, "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems 24
(1998), 159-182, section 4.2. With e for the 1/beta there, e > 1 concedes late (boulware), e < 1 early (conceder) in
both families.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.situation import Situation


def time_dependent(situation: Situation) -> Floats:
    """a(t) = max(reservation, best - (best - reservation) t^e): the polynomial family that begins at the best.

    Setting: ``exponent``. Shape of the answer: (parties, worlds), as of all policies.
    """
    return situation.between(_power(situation.time, np.maximum(situation.settings["exponent"], 0.0)))


def polynomial(situation: Situation) -> Floats:
    """The polynomial family with a first concession k: the share k + (1 - k) t^e is given up at t.

    Settings: ``exponent`` e and ``start`` k.
    """
    start = np.clip(situation.settings["start"], 0.0, 1.0)
    passed = _power(situation.time, np.maximum(situation.settings["exponent"], 0.0))
    return situation.between(start + (1.0 - start) * passed)


def exponential(situation: Situation) -> Floats:
    """The exponential family: the share exp((1 - t)^(1/e) ln k) is given up at t.

    Settings: ``exponent`` e and ``start`` k in (0, 1], what is given up at once.
    """
    exponent = np.clip(situation.settings["exponent"], 0.01, 100.0)
    left = _power(1.0 - situation.time, 1.0 / exponent)
    start = np.ascontiguousarray(np.clip(situation.settings["start"], 1e-6, 1.0))
    return situation.between(np.exp(np.ascontiguousarray(left * np.log(start))))


def deadline(situation: Situation) -> Floats:
    """Stays at the best until the share h of the time has passed, then falls as ((t - h) / (1 - h))^e.

    Settings: ``hold`` h and ``exponent`` e. Agreements cluster at the deadline: Roth, Murnighan & Schoumaker, "The
    deadline effect in bargaining: some experimental evidence", American Economic Review 78 (1988), 806-823.
    """
    hold = np.clip(situation.settings["hold"], 0.0, 1.0)
    time = np.broadcast_to(situation.time, hold.shape)
    late = np.where(hold < 1.0, np.clip((time - hold) / np.maximum(1.0 - hold, 1e-12), 0.0, 1.0), time >= 1.0)
    conceded = _power(late, np.maximum(situation.settings["exponent"], 0.0))
    return situation.between(np.where(late > 0.0, conceded, 0.0))


def resource_dependent(situation: Situation) -> Floats:
    """The share k + (1 - k) exp(-left / scale) is given up: more as meetings or rounds run out (section 4.3).

    Settings: ``start`` k, ``scale``; word ``of``: ``meetings`` or ``rounds``, scheduled ones that are left.
    """
    left = situation.rounds_left if situation.words["of"] == "rounds" else situation.meetings_left
    start = np.clip(situation.settings["start"], 0.0, 1.0)
    scale = np.maximum(situation.settings["scale"], 0.01)
    exhausted = np.exp(np.ascontiguousarray(-np.maximum(left, 0) / scale))
    return situation.between(start + (1.0 - start) * exhausted)


def hard_liner(situation: Situation) -> Floats:
    """Demands the same throughout: the share s of the way from its reservation value up to its best.

    Setting: ``share`` s, 1 for the best itself.
    """
    return situation.between(1.0 - np.clip(situation.settings["share"], 0.0, 1.0))


def _power(base: Floats, exponent: Floats) -> Floats:
    """Base of shape (worlds,) or (parties, worlds); contiguous, so that a world's number is the same in any block."""
    spread = np.ascontiguousarray(np.broadcast_to(base, exponent.shape))
    return np.asarray(spread ** np.ascontiguousarray(exponent))
