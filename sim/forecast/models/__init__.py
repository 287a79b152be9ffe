"""The models, one module each: arrays in, a distribution over places on the scale out.

To add one, write its module with a `forecast(case)` and its line in `MODELS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.forecast.case import Case
from sim.forecast.models import challenge, exchange, mean, median, nash, spread, status_quo, talks
from sim.forecast.prediction import Prediction


@dataclass(frozen=True, slots=True)
class Model:
    """A model of outcomes.

    Attributes
    ----------
    name
        As in results.
    title
        What it is, for people.
    forecast
        From a case to its prediction.
    joint
        Whether it looks at all issues together: what it says of one then depends on the others.
    """

    name: str
    title: str
    forecast: Callable[[Case], Prediction]
    joint: bool = False


MODELS = {
    model.name: model
    for model in (
        Model("mean", "Weighted mean", mean.forecast),
        Model("median", "Weighted median", median.forecast),
        Model("status_quo", "Status quo", status_quo.forecast),
        Model("nash", "Nash bargaining", nash.forecast, joint=True),
        Model("challenge", "Challenges", challenge.forecast),
        Model("exchange", "Exchange", exchange.forecast, joint=True),
        Model("spread", "Spread", spread.forecast),
        Model("talks", "Our talks", talks.forecast, joint=True),
    )
}
"""The models by name, in the order in which they are shown."""
