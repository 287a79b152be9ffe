"""Whose assent makes an agreement: of so many sides, while no side with a veto finds it unacceptable; and who signs."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.parties.council import Council
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


def agrees(council: Council | None, assent: Bools, needed: Floats, against: Bools) -> Bools:
    """Whether those who assent make an agreement: so many as are `needed`, or as the council asks.

    `assent` has shape (sides, ..., worlds), `against` are the sides with a veto, or whom the council asks, that find
    the package unacceptable, same shape; the answer (..., worlds).
    """
    if council is not None:
        return council.agrees(assent, against)
    return enough(assent, needed, np.logical_or.reduce(against, axis=0))


def vetoes(sitting: Sitting, package: Packages) -> Bools:
    """Which of the sides present whose objection counts find a package (issues, cohort) unacceptable; (sides, cohort).

    These are the sides with a veto, and where a council asks for it all others whom it asks.
    """
    result = np.zeros((len(sitting.scenario.sides), package.shape[1]), dtype=bool)
    for i, side in having_veto(sitting):
        result[side] = ~sitting.acceptable(i, package)
    return result


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
    """Places of the delegations whose objection counts, and their sides."""
    council, veto = sitting.council, sitting.scenario.agreement.veto
    if council is not None:
        return [(i, one.side) for i, one in enumerate(sitting.delegations) if council.unstopped.heeds(one.side)]
    return [(i, one.side) for i, one in enumerate(sitting.delegations) if one.side in veto]
