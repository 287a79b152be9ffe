"""How good forecasts were: errors of points, scores of distributions and probabilities, and how sure differences are.

The scores of distributions and probabilities are proper: on average nobody does better by saying what he does not
believe (Gneiting & Raftery, "Strictly Proper Scoring Rules, Prediction, and Estimation", Journal of the American
Statistical Association 102, 2007, 359-378).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.forecast.prediction import Prediction

LEAST = 1e-6
"""Probabilities are kept this far from 0 and 1 in the logarithmic score, which would else be infinite."""


def crps(place: Floats, share: Floats, outcome: Floats) -> Floats:
    """Continuous ranked probability score: the integral of (F(x) - 1{x >= outcome})^2 over x; 0 is best.

    Matheson & Winkler, "Scoring Rules for Continuous Probability Distributions", Management Science 22, 1976,
    1087-1096. Of a point it is the absolute error. Worked out exactly, F being a step function.

    Parameters
    ----------
    place, share
        Places in any order and their shares, summing to 1, along the first axis; shape (places, forecasts).
    outcome
        Shape (forecasts,).

    Returns
    -------
    In the unit of the places, shape (forecasts,); nan where the shares are all 0.
    """
    known = share.sum(axis=0) > 0.0
    points = np.concatenate([place, outcome[None]])
    mass = np.concatenate([share, np.zeros((1, share.shape[1]))])
    order = np.argsort(points, axis=0, kind="stable")
    points = np.take_along_axis(points, order, axis=0)
    reached = np.cumsum(np.take_along_axis(mass, order, axis=0), axis=0)[:-1]
    happened = points[:-1] >= outcome
    score = ((reached - happened) ** 2 * np.diff(points, axis=0)).sum(axis=0)
    return np.asarray(np.where(known, score, np.nan))


def quantiles(place: Floats, share: Floats, level: float) -> Floats:
    """The first place at which at least `level` is reached; shapes as of `crps`."""
    order = np.argsort(place, axis=0, kind="stable")
    ranked = np.take_along_axis(place, order, axis=0)
    reached = np.cumsum(np.take_along_axis(share, order, axis=0), axis=0)
    some = reached >= level * reached[-1] - 1e-9
    found = np.take_along_axis(ranked, np.argmax(some, axis=0)[None], axis=0)[0]
    return np.asarray(np.where(reached[-1] > 0.0, found, np.nan))


def covered(place: Floats, share: Floats, outcome: Floats, level: float) -> Floats:
    """Whether the central interval of this level holds the outcome, ends counted in; 1, 0, or nan for no forecast."""
    low, high = quantiles(place, share, 0.5 - level / 2), quantiles(place, share, 0.5 + level / 2)
    inside = (low <= outcome + 1e-9) & (outcome <= high + 1e-9)
    return np.where(np.isnan(low), np.nan, inside)


def brier(probability: Floats, happened: Floats) -> Floats:
    """Brier score of a yes-or-no forecast, (p - y)^2; 0 is best, 0.25 what always saying a half gives.

    Brier, "Verification of Forecasts Expressed in Terms of Probability", Monthly Weather Review 78, 1950, 1-3 (half of
    what is defined there, as is usual for two outcomes).
    """
    return np.asarray((probability - happened) ** 2)


def log_score(probability: Floats, happened: Floats) -> Floats:
    """Logarithmic score of a yes-or-no forecast, -log of what was given to what came; 0 is best, 0.693 a half gives.

    Good, "Rational Decisions", Journal of the Royal Statistical Society B 14, 1952, 107-114. Probabilities are kept
    `LEAST` away from 0 and 1.
    """
    kept = np.clip(probability, LEAST, 1.0 - LEAST)
    return np.asarray(-np.where(happened > 0.5, np.log(kept), np.log1p(-kept)))


@dataclass(frozen=True, slots=True)
class Scored:
    """One model's scores, forecast by forecast; each of shape (forecasts,), nan where it said nothing.

    Attributes
    ----------
    error
        Absolute error of the point.
    crps
        Of the distribution.
    in_50, in_90
        Whether the central intervals hold the outcome.
    """

    error: Floats
    crps: Floats
    in_50: Floats
    in_90: Floats

    def summary(
        self, within: tuple[float, ...] = (5.0, 10.0, 20.0), chosen: NDArray[np.bool_] | None = None
    ) -> dict[str, float]:
        """Means over forecasts that say something: errors, shares within so much, crps, coverage, and how many.

        `chosen` marks those that count, shape (forecasts,).
        """
        known = ~np.isnan(self.error)
        if chosen is not None:
            known &= chosen
        error = self.error[known]
        if not len(error):
            return {}
        return {
            "mae": float(error.mean()),
            "median_ae": float(np.median(error)),
            **{f"within_{most:g}": float((error <= most + 1e-9).mean()) for most in within},
            "crps": float(self.crps[known].mean()),
            "coverage_50": float(self.in_50[known].mean()),
            "coverage_90": float(self.in_90[known].mean()),
            "issues": len(error),
        }


def score(prediction: Prediction, outcome: Floats, unit: float = 1.0) -> Scored:
    """Score what a model says of issues in one world each.

    Parameters
    ----------
    prediction
        With one world.
    outcome
        Places on the scale in [0, 1], shape (issues,).
    unit
        What the scale's length counts as in errors: 100 for points of a hundred.
    """
    place, share = prediction.place[..., 0], prediction.share[..., 0]
    error = np.abs(prediction.point[:, 0] - outcome)
    some = np.isnan(error)
    found = [covered(place, share, outcome, level) for level in (0.5, 0.9)]
    kept = [np.where(some, np.nan, array) for array in (crps(place, share, outcome), *found)]
    return Scored(unit * error, unit * kept[0], kept[1], kept[2])


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference with its 95 % interval, and how many forecasts it rests on."""

    mean: float
    low: float
    high: float
    count: int

    def as_json(self) -> dict[str, float]:
        """Mean, low, high, count."""
        return {"mean": self.mean, "low": self.low, "high": self.high, "count": self.count}


def paired(first: Floats, second: Floats, group: Floats, seed: int = 0, draws: int = 4000) -> Difference:
    """How much more the first scores than the second on the same forecasts, with a bootstrap interval.

    The bootstrap draws groups (the issues of one proposal were decided together), so that what is common to a group
    does not make the interval too narrow (Davison & Hinkley, *Bootstrap Methods and their Application*, 1997, section
    3.8; percentile interval).

    Parameters
    ----------
    first, second
        Scores, shape (forecasts,); where either is nan the forecast does not count.
    group
        To which group each forecast belongs, whole numbers.
    """
    known = ~(np.isnan(first) | np.isnan(second))
    difference = (first - second)[known]
    if not len(difference):
        nan = float("nan")
        return Difference(nan, nan, nan, 0)
    _, place = np.unique(group[known], return_inverse=True)
    sums = np.bincount(place, weights=difference)
    counts = np.bincount(place).astype(np.float64)
    drawn = np.random.Generator(np.random.Philox(key=seed)).integers(0, len(sums), size=(draws, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Difference(float(difference.mean()), float(low), float(high), len(difference))


def mean_with_interval(scores: Floats, group: Floats, seed: int = 0, draws: int = 4000) -> Difference:
    """A mean score with a bootstrap interval over groups; as `paired`, against nothing."""
    return paired(scores, np.zeros(scores.shape), group, seed, draws)
