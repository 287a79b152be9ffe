"""How far a side step could take each member of a side, rung by rung: which of them can pass at all is told at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats, Ints


def prospects(value: Floats, valid: NDArray[np.bool_], issue: Ints, issues: int) -> Floats:
    """The most that a package one side step from a rung is worth to each member; no step makes more of it.

    A side step is any after the next one; it sets its issue to its option, whatever became of earlier steps on it.

    Parameters
    ----------
    value, valid
        What the rungs are worth to the members, (members, rungs, worlds), and which there are, (rungs, worlds).
    issue
        The issue of the step after each rung but the last, one of so many `issues`; shape (rungs - 1, worlds).

    Returns
    -------
    Shape (members, rungs, worlds); -inf where there is no such step.
    """
    members, rungs, worlds = value.shape
    most = np.full(value.shape, -np.inf)
    if issues == 1:
        return most  # every step leads to a later rung
    gains = np.full((members, issues, worlds), -np.inf)  # by later steps on each issue from the option that it has
    flat = gains.reshape(members, -1)
    for r in range(rungs - 2, -1, -1):
        place = issue[r] * worlds + np.arange(worlds)
        step = value[:, r + 1] - value[:, r]
        step[:, ~valid[r + 1]] = -np.inf
        further = flat.take(place, axis=1)
        further += step
        flat[:, place] = further
        np.maximum.reduce(gains, axis=1, out=most[:, r])
        most[:, r] += value[:, r]
        flat[:, place] = np.maximum(further, step, out=further)
    return most
