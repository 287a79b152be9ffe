"""The caucuses before a meeting: sides settle their common positions, and are bound by what comes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.arrays.kinds import Floats, Ints
from sim.talks.observer import Observer, Occasion
from sim.talks.seats.caucus import hold
from sim.talks.seats.demands import as_they_stand
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE


def hold_caucuses(
    sitting: Sitting, occasion: Occasion, drafts: Mapping[int, Ints], last: Floats, observers: Sequence[Observer]
) -> None:
    """Hold the caucuses before a meeting and bind the delegations by what came of them.

    Parameters
    ----------
    sitting
        The meeting to come.
    occasion
        The same, for observers.
    drafts
        How many drafts can be circulated, by side, each of shape (worlds,); other sides hold no caucus.
    last
        Share of the time that has passed for each side in the meeting's last round, shape (sides, cohort).
    observers
        Are told of each caucus.
    """
    demanded = None
    for i, delegation in enumerate(sitting.delegations):
        if delegation.side not in drafts or len(delegation.parties) == 1:
            continue
        if demanded is None:
            demanded = as_they_stand(sitting, last)
        at = list(delegation.parties)
        came = hold(sitting, delegation, demanded[at], drafts[delegation.side][sitting.cohort])
        delegation.mandate = came.mandate
        delegation.uninstructed = (came.first != NONE) & ~came.adopted
        for member, broke in zip(at, came.breaks, strict=True):
            sitting.state.broke_silence[member, sitting.cohort] += np.add.reduce(broke, axis=0, dtype=np.intp)
        for observer in observers:
            observer.caucus(occasion, sitting, i, came)
