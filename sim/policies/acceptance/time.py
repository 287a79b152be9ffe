"""AC_time: nothing at first, then everything that the party does not object to."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.late import late
from sim.policies.acceptance.policy import Acceptance
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:
    """Nothing until the share T of the talks has passed, then everything that it does not object to.

    Setting: ``after`` T.
    """
    return np.where(late(situation, demand), -np.inf, np.inf)


def phrase(situation: Situation, worth: float) -> str:
    """By the share of the talks."""
    after = float(situation.settings["after"][0, 0])
    if worth > 0.0:
        return f"accepts nothing before {after:.0%} of the talks has passed (AC_time)"
    return f"accepts whatever it does not object to once {after:.0%} of the talks has passed (AC_time)"


POLICY = Acceptance("time", threshold, phrase, numbers={"after": Setting(0.0, 1.0)})
