"""Forecasts of a scenario's issues by all models, side by side, over its worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.forecast.case import Case, case_of, central_case
from sim.forecast.models import MODELS
from sim.forecast.models.challenge import PROGRAM, mean_position, trajectory
from sim.forecast.prediction import Pooled, pool
from sim.scenario.model import Issue, Scenario
from sim.worlds.coding import central_coding

INTERVAL = 0.9
"""What part of a model's distribution lies between `low` and `high`."""

WORLDS = 200
"""Worlds, if nothing is said: enough for means to carry two digits."""

ROUNDS = 10
"""Rounds of challenges that are told."""

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

    mean: float | None
    low: float | None
    high: float | None
    options: dict[str, float] | None

    def as_json(self) -> dict[str, Any]:
        """Mean, low, high, options."""
        return {"mean": self.mean, "low": self.low, "high": self.high, "options": self.options}


SILENT = IssueForecast(None, None, None, None)
"""As the JSON shows a model that says nothing of an issue."""


@dataclass(frozen=True, slots=True)
class Forecasts:
    """What all models say of a scenario.

    Attributes
    ----------
    scenario, worlds, seed
        What was asked about.
    models
        By model and issue; None where a model says nothing of an issue.
    challenges
        By issue, weighted median and weighted mean of the positions at first and after each round of challenges, at the
        central values, in the unit of the issue's scale; empty if the model was not asked.
    """

    scenario: Scenario
    worlds: int
    seed: int
    models: dict[str, dict[str, IssueForecast | None]]
    challenges: dict[str, list[tuple[float, float]]]

    def __repr__(self) -> str:
        """In a line."""
        return f"<Forecasts of '{self.scenario.title}': {self.worlds} worlds, seed {self.seed}>"

    def as_json(self) -> dict[str, Any]:
        """The object that `forecast --json` prints."""
        return {
            "scenario": self.scenario.title,
            "worlds": self.worlds,
            "seed": self.seed,
            "interval": INTERVAL,
            "scale": {issue.id: scale_of(issue) for issue in self.scenario.issues},
            "models": {
                name: {issue: (found or SILENT).as_json() for issue, found in said.items()}
                for name, said in self.models.items()
            },
            "challenge_rounds": {
                issue: [{"round": t, "median": median, "mean": mean} for t, (median, mean) in enumerate(rounds)]
                for issue, rounds in self.challenges.items()
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
        How many; by default 200: to make all trades of votes in a world takes longest.
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
    count = worlds or WORLDS
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
    return Forecasts(scenario, count, seed, said, _challenges(scenario) if "challenge" in names else {})


def _challenges(scenario: Scenario) -> dict[str, list[tuple[float, float]]]:
    case = central_case(scenario)
    rounds = trajectory(case, replace(PROGRAM, rounds=ROUNDS))
    told: dict[str, list[tuple[float, float]]] = {}
    for j, issue in enumerate(scenario.issues):
        start, length = _start_and_length(issue)
        places = [(float(one.point[j, 0]), float(mean_position(case, one)[j, 0])) for one in rounds]
        told[issue.id] = [(start + length * a, start + length * b) for a, b in places if a == a]
    return told


def _start_and_length(issue: Issue) -> tuple[float, float]:
    if issue.scale is None:
        return 0.0, 1.0
    return issue.scale.start, issue.scale.stop - issue.scale.start


def _issue_forecast(issue: Issue, found: Pooled, places: Floats) -> IssueForecast | None:
    if not len(found.place):
        return None
    start, length = _start_and_length(issue)
    tail = (1.0 - INTERVAL) / 2.0
    mean, low, high = (float(start + length * x) for x in (found.point, found.quantile(tail), found.quantile(1 - tail)))
    low, high = sorted((low, high))
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
