"""AC_const: what brings the party a share of what it could gain."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.policy import Acceptance
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:  # noqa: ARG001
    """The share a of the way from its reservation value up to its best.

    Setting: ``share`` a.
    """
    return situation.between(1.0 - np.clip(situation.settings["share"], 0.0, 1.0))


def phrase(situation: Situation, worth: float) -> str:
    """By its share."""
    share = float(situation.settings["share"][0, 0])
    return f"accepts {share:.0%} of what it could gain whenever it comes, {worth:.3f} now (AC_const)"


POLICY = Acceptance("constant", threshold, phrase, numbers={"share": Setting(0.0, 1.0)})
