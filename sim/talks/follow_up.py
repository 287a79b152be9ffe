"""The call to meet again, and how the sides answer it."""

from __future__ import annotations

import numpy as np

from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, Bools
from sim.worlds.preferences import TOLERANCE


def has_more_to_give(sitting: Sitting) -> Bools:
    """Whether each side has, above its members' reservation values, more to give than its last offer.

    More is an acceptable package of its repertoire that is worth more to the others, as the offering policy orders
    them: for a ladder a higher rung. Of its last offer only what is still open counts. Shape (sides, cohort).
    """
    sides, _, count = sitting.last_offer.shape
    more = np.zeros((sides, count), dtype=bool)
    for delegation in sitting.delegations:
        offered = sitting.last_offer[delegation.side]
        silent = offered[0] == NONE
        count, repertoire = len(delegation.valid), delegation.repertoire
        options = repertoire.options if repertoire.options.shape[2] == 1 else repertoire.options[..., sitting.cohort]
        valid = repertoire.valid[:, sitting.cohort]
        same = ((options == offered[None]) | ~sitting.on_table[None]).all(axis=1)
        place = np.argmax(same & valid, axis=0)
        if repertoire.rank is None:
            # An offer that is no rung of the ladder as it stands now (an event moved it) counts as the first.
            further = np.arange(count)[:, None] > np.where(silent, NONE, place)
        else:
            rank = repertoire.rank[:, sitting.cohort]
            own = np.where(silent, np.inf, np.take_along_axis(rank, place[None], axis=0)[0])
            further = rank < own - TOLERANCE
        more[delegation.side] = (delegation.acceptable & further).any(axis=0)
    return more
