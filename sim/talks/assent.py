"""Whose assent makes an agreement: of so many sides, while no side with a veto finds it unacceptable; and who signs."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.seats.sitting import Sitting
from sim.talks.state import State
from sim.worlds.packages import Packages
from sim.worlds.preferences import crosses_red_line


def enough(assent: Bools, needed: Floats, vetoed: Bools) -> Bools:
    """Whether at least `needed` sides assent and nothing is `vetoed`.

    `assent` has shape (sides, ..., worlds), `needed` (worlds,), `vetoed` and the answer (..., worlds). A side with a
    veto may abstain: it stops an agreement only by finding it unacceptable.
    """
    return np.asarray((np.add.reduce(assent, axis=0, dtype=np.intp) >= needed) & ~vetoed)


def vetoes(sitting: Sitting, package: Packages) -> Bools:
    """Which of the sides present that have a veto find a package (issues, cohort) unacceptable; (sides, cohort)."""
    result = np.zeros((len(sitting.scenario.sides), package.shape[1]), dtype=bool)
    for i, side in having_veto(sitting):
        result[side] = ~sitting.acceptable(i, package)
    return result


def vetoed(sitting: Sitting, package: Packages) -> Bools:
    """Where one of these sides finds a package (issues, cohort) unacceptable, shape (cohort,)."""
    return np.asarray(np.logical_or.reduce(vetoes(sitting, package), axis=0))


def sign(state: State, cohort: Ints, assent: Bools, least: Floats) -> None:
    """Note who signs what has just been settled in the worlds of the cohort.

    Parameters
    ----------
    state
        Is changed: who has signed, and which of their members were outvoted.
    cohort
        Places of the worlds in the block.
    assent
        Which sides assent, shape (sides, cohort).
    least
        The reservation values by which they judged it, shape (parties, cohort).
    """
    state.signed[:, cohort] |= assent
    deal, red = state.standing(cohort), state.coded.red
    crossed = crosses_red_line(red if red.shape[3] == 1 else red[..., cohort], deal)
    state.outvoted[:, cohort] = crossed | (state.wants.utility(deal, cohort) < least - TOLERANCE)


def having_veto(sitting: Sitting) -> list[tuple[int, int]]:
    """Places of the delegations that have a veto, and their sides."""
    veto = sitting.scenario.agreement.veto
    return [(i, one.side) for i, one in enumerate(sitting.delegations) if one.side in veto]
