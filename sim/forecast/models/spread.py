"""A benchmark: influence over positions, mixed with the neighbourhood of their mean.

What is decided is often one of the positions held, and else mostly not far from the compromise. The first part is the
distribution of influence (salience times power) over positions, the second a normal distribution around their weighted
mean, what lies beyond the ends of the scale being put there; `blend` is the part that the first has. The point that it
names is the median of the two together, which is the best point to name where absolute errors count (Gneiting,
"Making and Evaluating Point Forecasts", Journal of the American Statistical Association 106, 2011, 746-762).
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.models.mean import weighted_mean
from sim.forecast.prediction import Prediction, median_of

BLEND = 0.4
WIDTH = 0.25
"""As they come out on DEU's tuning part, see docs/backtest.md."""

_PLACES = 64
"""Places, each as likely as the others, that stand for the normal distribution."""


def forecast(case: Case, blend: float = BLEND, width: float = WIDTH) -> Prediction:
    """The mixture.

    Parameters
    ----------
    blend
        Part of the positions, 0 to 1.
    width
        Standard deviation of the neighbourhood, as a share of the scale.
    """
    held = np.where(case.present, case.position, 0.0)
    return blended(case, held, np.nan_to_num(case.influence()), blend, width)


def blended(case: Case, place: Floats, share: Floats, blend: float, width: float) -> Prediction:
    """Any distribution of places mixed with the neighbourhood of the compromise of a case, `blend` being its part.

    `place` and `share` have shape (places, issues, worlds); the shares of an issue and a world sum to 1.
    """
    known = case.present.any(axis=0)
    centre = np.where(known, weighted_mean(case.position, case.influence()), 0.0)
    near = np.clip(centre + width * normal_places(_PLACES)[:, None, None], 0.0, 1.0)
    around = np.broadcast_to(np.where(known, (1.0 - blend) / _PLACES, 0.0), near.shape)
    places, shares = np.concatenate([place, near]), np.concatenate([blend * share, around])
    return Prediction(median_of(places, shares), places, shares)


def normal_places(count: int) -> Floats:
    """So many places, each as likely as the others, that stand for a normal distribution around 0 with deviation 1."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(count) + 0.5) / count))
