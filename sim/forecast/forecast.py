"""Forecasts of a scenario's issues by all models, side by side, over its worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.forecast.case import Case, case_of
from sim.forecast.models import MODELS
from sim.forecast.prediction import Pooled, pool
from sim.scenario.model import Issue, Scenario
from sim.worlds.coding import central_coding
from sim.worlds.draws import Floats

INTERVAL = 0.9
"""What part of a model's distribution lies between `low` and `high`."""

_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class IssueForecast:
    """What one model says of one issue, in the unit of the issue's scale.

    Attributes
    ----------
    mean
        Mean over the worlds of the point that the model names.
    low, high
        Ends of the middle 90 % of its distribution, all worlds together.
    options
        Share of that distribution by option: each place counts for the option nearest to it. None on numeric scales.
    """

    mean: float
    low: float
    high: float
    options: dict[str, float] | None

    def as_json(self) -> dict[str, Any]:
        """Mean, low, high, options."""
        return {"mean": self.mean, "low": self.low, "high": self.high, "options": self.options}


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Forecasts by model and issue; None where a model says nothing of an issue."""

    scenario: Scenario
    worlds: int
    seed: int
    models: dict[str, dict[str, IssueForecast | None]]

    def as_json(self) -> dict[str, Any]:
        """The object that `forecast --json` prints."""
        return {
            "scenario": self.scenario.title,
            "worlds": self.worlds,
            "seed": self.seed,
            "interval": INTERVAL,
            "scale": {issue.id: scale_of(issue) for issue in self.scenario.issues},
            "models": {
                name: {issue: None if found is None else found.as_json() for issue, found in said.items()}
                for name, said in self.models.items()
            },
        }


def scale_of(issue: Issue) -> dict[str, Any]:
    """From where to where an issue's forecasts run, and in what unit: 0 to 1 where it has options."""
    if issue.scale is None:
        return {"from": 0.0, "to": 1.0, "unit": None}
    return {"from": issue.scale.start, "to": issue.scale.stop, "unit": issue.scale.unit}


def forecast(
    scenario: Scenario,
    worlds: int | None = None,
    seed: int = 0,
    *,
    models: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Forecasts:
    """Forecast every issue of a scenario by every model.

    Parameters
    ----------
    scenario
        From `sim.load`. Models of positions take the worlds as drawn, before any event; the talks play them.
    worlds
        How many; by default what the scenario says, else 1,000.
    seed
        The worlds are those of `run` with this seed.
    models
        Names of the models to ask, by default all.
    progress
        Is called with the worlds asked for and how many there are in all, counted over the models.

    Raises
    ------
    ValueError
        If a model is not known.
    """
    count = worlds or scenario.worlds or 1000
    names = list(MODELS) if models is None else list(models)
    unknown = [name for name in names if name not in MODELS]
    if unknown:
        raise ValueError(f"unknown model '{unknown[0]}', expected one of {', '.join(MODELS)}")
    pooled: dict[str, list[list[Pooled]]] = {name: [[] for _ in scenario.issues] for name in names}
    for start in range(0, count, _BLOCK):
        case = case_of(scenario, seed, np.arange(start, min(start + _BLOCK, count), dtype=np.int64))
        alike = _first_world(case) if _all_alike(case) else case
        for number, name in enumerate(names):
            prediction = MODELS[name].forecast(case if name == "talks" else alike)
            for j, parts in enumerate(pooled[name]):
                parts.append(prediction.pooled(j))
            if progress:
                progress((start * len(names) + (number + 1) * case.shape[2]), count * len(names))
    places = central_coding(scenario).place[..., 0]
    said = {
        name: {
            issue.id: _issue_forecast(issue, pool(parts), places[j])
            for j, (issue, parts) in enumerate(zip(scenario.issues, by_issue, strict=True))
        }
        for name, by_issue in pooled.items()
    }
    return Forecasts(scenario, count, seed, said)


def _issue_forecast(issue: Issue, found: Pooled, places: Floats) -> IssueForecast | None:
    if not len(found.place):
        return None
    scale = scale_of(issue)
    start, length = scale["from"], scale["to"] - scale["from"]
    tail = (1.0 - INTERVAL) / 2.0
    mean, low, high = (float(start + length * x) for x in (found.point, found.quantile(tail), found.quantile(1 - tail)))
    return IssueForecast(mean, low, high, None if issue.scale is not None else _options(issue, found, places))


def _options(issue: Issue, found: Pooled, places: Floats) -> dict[str, float]:
    """Shares by the option nearest to each place; of two as near the first."""
    own = places[: len(issue.options)]
    nearest = np.argmin(np.abs(found.place[:, None] - own[None]), axis=1)
    shares = np.bincount(nearest, weights=found.share, minlength=len(own))
    return {option.id: float(share) for option, share in zip(issue.options, shares, strict=True)}


def _all_alike(case: Case) -> bool:
    """Whether every world has the same positions, saliences, powers and status quo."""
    arrays = (case.position, case.salience, case.power, case.status_quo)
    return all(np.array_equal(array, np.broadcast_to(array[..., :1], array.shape), equal_nan=True) for array in arrays)


def _first_world(case: Case) -> Case:
    return replace(
        case,
        position=case.position[..., :1],
        salience=case.salience[..., :1],
        power=case.power[..., :1],
        status_quo=case.status_quo[..., :1],
        worlds=None if case.worlds is None else case.worlds[:1],
    )
