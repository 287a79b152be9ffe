"""Nothing changes: the status quo of every issue, where there is one."""

from __future__ import annotations

from sim.forecast.case import Case
from sim.forecast.prediction import Prediction, at_points


def forecast(case: Case) -> Prediction:
    """The status quo; nothing is said of issues without one."""
    return at_points(case.status_quo)
