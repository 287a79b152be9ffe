"""Whose assent makes an agreement."""

from __future__ import annotations

import numpy as np

from sim.talks.state import Bools
from sim.worlds.draws import Floats


def enough(assent: Bools, needed: Floats, veto: tuple[int, ...]) -> Bools:
    """Whether at least `needed` sides assent, those with a veto among them.

    `assent` has shape (sides, ..., worlds), `needed` (worlds,), the answer (..., worlds).
    """
    done: Bools = np.add.reduce(assent, axis=0, dtype=np.intp) >= needed
    for side in veto:
        done = done & assent[side]
    return done
