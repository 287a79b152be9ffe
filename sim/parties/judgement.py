"""How a member judges a package: it objects, holds out, or is for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE


@dataclass(slots=True)
class Judgements:
    """Judgements of members, shape (members, ..., worlds); who neither objects nor is for holds out."""

    objects: NDArray[np.bool_]
    favours: NDArray[np.bool_]


def objections(utility: Floats, reservation: Floats, crossed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who objects: a red line is crossed, or the package is worth less than the reservation value."""
    return crossed | (utility < reservation - TOLERANCE)


def judge(utility: Floats, reservation: Floats, aspiration: Floats, crossed: NDArray[np.bool_]) -> Judgements:
    """Judge packages; all arguments broadcast to (members, ..., worlds)."""
    objects = objections(utility, reservation, crossed)
    return Judgements(objects, ~objects & (utility >= aspiration - TOLERANCE))
