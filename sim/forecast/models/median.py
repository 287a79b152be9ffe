"""The median voter: the position that beats every other in a vote weighted by salience and power.

With preferences that fall off with distance it is the weighted median (Black, "On the Rationale of Group
Decision-making", Journal of Political Economy 56, 1948, 23-34). It is another reading of the distribution of which
the compromise is the mean, and so has that distribution too.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.prediction import Prediction, over_parties

TIE = 1e-9
"""A share of the influence this close to a half counts as a half."""


def forecast(case: Case) -> Prediction:
    """The weighted median, and influence over positions as its distribution."""
    influence = case.influence()
    return over_parties(weighted_median(case.position, influence), case.position, influence)


def weighted_median(position: Floats, influence: Floats) -> Floats:
    """The first position, from below, up to which half of the influence stands; nan where nobody stands.

    Parameters
    ----------
    position
        Shape (parties, ...), nan where a party has none.
    influence
        Shares as `Case.influence` gives them, of the same shape.
    """
    order = np.argsort(position, axis=0, kind="stable")  # nan come last
    ranked = np.take_along_axis(position, order, axis=0)
    share = np.take_along_axis(np.nan_to_num(influence), order, axis=0)
    before = np.cumsum(share, axis=0) < 0.5 - TIE
    last = (~np.isnan(ranked)).sum(axis=0) - 1
    place = np.clip(np.minimum(before.sum(axis=0), last), 0, None)
    return np.asarray(np.take_along_axis(ranked, place[None], axis=0)[0])
