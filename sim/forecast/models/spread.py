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

BLEND = 0.5
WIDTH = 0.2
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
    influence = case.influence()
    known = case.present.any(axis=0)
    centre = np.where(known, weighted_mean(case.position, influence), 0.0)
    near = np.clip(centre + width * _normal_places()[:, None, None], 0.0, 1.0)
    place = np.concatenate([np.where(case.present, case.position, 0.0), near])
    around = np.broadcast_to(np.where(known, (1.0 - blend) / _PLACES, 0.0), near.shape)
    share = np.concatenate([blend * np.nan_to_num(influence), around])
    return Prediction(median_of(place, share), place, share)


def _normal_places() -> Floats:
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(_PLACES) + 0.5) / _PLACES))
