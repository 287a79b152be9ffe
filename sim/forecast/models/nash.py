"""Nash's bargaining solution over all issues together, with no deal as the disagreement point.

The package x that maximises prod_i g_i(x)^c_i (Nash, "The Bargaining Problem", Econometrica 18, 1950, 155-162; with
powers as exponents: Harsanyi & Selten, Management Science 18, 1972, 80-106), where a party's gain over no deal is

    g_i(x) = failure + sum_j s_ij ((q_j - x_ij)^2 - (x_j - x_ij)^2),

x_ij its positions, s_ij its saliences made to sum to 1, q the status quo. `failure` is what the loss of the whole act
costs everybody: without it a single party content with the status quo keeps it (it is all that then counts), and as it
grows the solution goes to the mean weighted by salience and power (Achen, in Thomson et al., *The European Union
Decides*, 2006, ch. 4). At the solution x_j is the mean of the positions weighted by c_i s_ij / g_i, which is also how
it is found: whoever gains least counts most.
"""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case
from sim.forecast.prediction import Prediction, at_points

FAILURE = 1.0
"""Cost of no decision, in units of the utility that lies between the two ends of all issues; see docs/backtest.md."""

_STEPS = 400
_HALVINGS = 40
_CLOSE = 1e-9


def forecast(case: Case, failure: float = FAILURE) -> Prediction:
    """The bargaining solution over the issues with a status quo; nothing is said of the others.

    Parameters
    ----------
    failure
        Above 0: what no decision costs everybody beyond the status quo.
    """
    issues = ~np.isnan(case.status_quo).any(axis=1)
    point = np.full(case.status_quo.shape, np.nan)
    if issues.any():
        point[issues] = _solution(case.of_issues(np.flatnonzero(issues)), failure)
    point[np.isnan(case.influence()).all(axis=0)] = np.nan
    return at_points(point)


def _solution(case: Case, failure: float) -> Floats:
    present = case.present
    ideal = np.where(present, case.position, 0.0)
    salience = np.where(present, case.salience, 0.0)
    total = salience.sum(axis=1, keepdims=True)
    salience = salience / np.where(total > 0.0, total, 1.0)
    power = np.where(total[:, 0] > 0.0, case.power.mean(axis=1), 0.0)
    none = power.sum(axis=0) <= 0.0
    power = np.where(none, total[:, 0] > 0.0, power)
    power = power / np.maximum(power.sum(axis=0), 1e-300)

    def gains(x: Floats) -> Floats:
        better = (case.status_quo - ideal) ** 2 - (x - ideal) ** 2
        return np.asarray(failure + (salience * better).sum(axis=1))

    def product(g: Floats) -> Floats:
        return np.asarray(np.where((g > 0.0).all(axis=0), (power * np.log(np.maximum(g, 1e-300))).sum(axis=0), -np.inf))

    x = case.status_quo.copy()
    gain = gains(x)
    height = product(gain)
    active = np.ones(x.shape[1], dtype=bool)
    for _ in range(_STEPS):
        weight = (power / gain)[:, None] * salience
        heavy = weight.sum(axis=0)
        aim = np.where(heavy > 0.0, (weight * ideal).sum(axis=0) / np.where(heavy > 0.0, heavy, 1.0), x)
        way = aim - x
        active &= np.abs(way).max(axis=0) > _CLOSE
        if not active.any():
            break
        open_ = active.copy()
        step = np.ones(x.shape[1])
        for _ in range(_HALVINGS):
            tried = x + np.where(open_, step, 0.0) * way
            tried_gain = gains(tried)
            tried_height = product(tried_gain)
            better = open_ & (tried_height > height)
            x, height, gain = (
                np.where(better, new, old) for new, old in ((tried, x), (tried_height, height), (tried_gain, gain))
            )
            open_ &= ~better
            if not open_.any():
                break
            step *= 0.5
        active &= ~open_
    return x
