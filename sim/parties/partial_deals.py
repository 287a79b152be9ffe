"""The reservation value for a partial deal: what a party must gain where only some of the issues are settled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.arrays.sums import share, total


def partial_reservation(
    reservation: Floats, status_quo: Floats, stakes: Floats, settled: NDArray[np.bool_], whole: Floats | None = None
) -> Floats:
    """The worth of the status quo plus the surplus times the share of the settled issues in what is at stake.

    The surplus is what a whole deal must be worth more than the status quo; where it is negative, the status quo.

    Parameters
    ----------
    reservation, status_quo
        The reservation value and the utility of the status quo, shape (parties, worlds).
    stakes
        What the best option of an issue is worth more than its worst, shape (parties, issues, worlds).
    settled
        Issues that the partial deal settles, shape (issues, worlds).
    whole
        The sum of the stakes over all issues, (parties, worlds), where it is known.
    """
    by_issue = stakes.transpose(1, 0, 2)
    part = share(total(by_issue * settled[:, None]), total(by_issue) if whole is None else whole)
    return np.asarray(status_quo + np.maximum(reservation - status_quo, 0.0) * part)
