"""Calibration: what the sides were seen to offer narrows the stated uncertainty.

Approximate Bayesian computation by rejection with a kernel (Beaumont, Zhang & Balding, "Approximate Bayesian
computation in population genetics", Genetics 162 (2002), 2025-2035, without the regression step): worlds are drawn from
the uncertainty that the file states and played; those whose offers on the observed days lie nearest to what was
observed are kept and weighted, the nearer the more. Nothing is known but the distance of offers, so no likelihood is
needed. Observations that are held out take no part in this and are scored under the weights: the check that what was
learned from the earlier ones carries over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.forecast.observed import Observed
from sim.scenario.model import Quantity, Scenario
from sim.scenario.problems import Place, Problem, ScenarioError
from sim.scenario.quantities import quantities
from sim.sweeps.blocks import fitting
from sim.talks.calendar import talk
from sim.talks.observer import Observer, Occasion
from sim.talks.record.endings import OUTCOMES, conclude, outcomes_of
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State
from sim.worlds.draws import draw
from sim.worlds.packages import PACKAGE, Packages

SILENT = 1.0
"""Distance of a side that had made no offer by then: as far as can be."""
_CHUNK = 2_048


@dataclass(frozen=True, slots=True)
class Fit:
    """How worlds fit the observations, under some weights.

    Attributes
    ----------
    distance
        Weighted mean distance of the fitted observations, in [0, 1].
    held_out
        The same for those held out; None where there are none.
    matches
        Share of the worlds, by observation, in which the side stood for just that option; shape (observations,).
    outcomes
        Share of the worlds by outcome.
    """

    distance: float
    held_out: float | None
    matches: Floats
    outcomes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Moved:
    """A number before and after: weighted mean, standard deviation, and the middle 90 per cent."""

    quantity: Quantity
    before: tuple[float, float, float, float]
    after: tuple[float, float, float, float]
    clear: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the observations teach.

    Attributes
    ----------
    scenario, observed, seed, worlds
        What was played, and held against what.
    tolerance
        The distance up to which worlds were kept.
    weight
        Of every world, 0 for those not kept; sums to 1; shape (worlds,).
    before, after
        How the worlds fit, alike and by weight.
    moved
        Every uncertain number before and after, in the order of the file.
    """

    scenario: Scenario
    observed: Observed
    seed: int
    worlds: int
    tolerance: float
    weight: Floats
    before: Fit
    after: Fit
    moved: tuple[Moved, ...]

    @property
    def accepted(self) -> int:
        """How many worlds were kept."""
        return int(np.count_nonzero(self.weight))

    @property
    def effective(self) -> float:
        """Effective sample size: as many worlds of equal weight would tell as much (Kish, 1965)."""
        return float(1.0 / np.sum(self.weight**2))

    def as_json(self) -> dict[str, Any]:
        """As `detente calibrate --json` gives it."""

        def fit(one: Fit, after: bool) -> dict[str, Any]:
            numbers = {m.quantity.path: m.after if after else m.before for m in self.moved}
            return {
                "distance": one.distance,
                "held_out": one.held_out,
                "outcomes": one.outcomes,
                "observations": [float(share) for share in one.matches],
                "quantities": {
                    path: {"mean": mean, "sd": sd, "low": low, "high": high}
                    for path, (mean, sd, low, high) in numbers.items()
                },
            }

        return {
            "scenario": self.scenario.name,
            "seed": self.seed,
            "worlds": self.worlds,
            "accepted": self.accepted,
            "effective": self.effective,
            "tolerance": self.tolerance,
            "before": fit(self.before, after=False),
            "after": fit(self.after, after=True),
            "narrowed": [m.quantity.path for m in self.moved if m.clear],
        }


def calibrate(
    scenario: Scenario, observed: Observed, worlds: int = 4_000, seed: int = 0, accept: float = 0.1
) -> Calibration:
    """Weight the worlds of a scenario by how near their offers come to what was observed.

    Parameters
    ----------
    scenario, observed
        What is played, and what was seen.
    worlds, seed
        How many worlds, and their seed.
    accept
        Share of the worlds to keep, in (0, 1]; ties at the edge are kept too.

    Raises
    ------
    ScenarioError
        If `accept` is not a share, or fewer than two worlds would be kept.
    """
    if not 0.0 < accept <= 1.0 or worlds * accept < 2.0:
        message = f"a share of {accept:g} of {worlds:,} worlds leaves too few; expected a share from 0 to 1"
        raise ScenarioError([Problem(Place(option="--accept"), message)])
    uncertain = [q for q in quantities(scenario).values() if not q.certain]
    sizes = fitting(scenario, min(worlds, _CHUNK), 1)
    apart, same, outcome, numbers = [], [], [], []
    for first in range(0, worlds, sizes):
        some = np.arange(first, min(first + sizes, worlds), dtype=np.int64)
        watch = _Watch(observed.days)
        state = talk(scenario, seed, some, [watch])
        distance, alike = _against(observed, watch, state)
        apart.append(distance)
        same.append(alike)
        outcome.append(conclude(scenario, state).outcome)
        drawn = draw(uncertain, seed, some)
        numbers.append(np.stack([drawn[q.path] for q in uncertain]) if uncertain else np.zeros((0, len(some))))
    distances, matches = np.concatenate(apart, axis=1), np.concatenate(same, axis=1)
    total = observed.weights(observed.fitted) @ distances
    weight, tolerance = kernel_weights(total, accept)
    alike_weight = np.full(worlds, 1.0 / worlds)
    outcomes, values = np.concatenate(outcome), np.concatenate(numbers, axis=1)

    def fit(by: Floats) -> Fit:
        held = ~observed.fitted
        apart_then = observed.weights(held) @ distances @ by if held.any() else None
        return Fit(
            float(total @ by),
            None if apart_then is None else float(apart_then),
            matches @ by,
            {name: float(by[outcomes == OUTCOMES.index(name)].sum()) for name in outcomes_of(scenario)},
        )

    effective = 1.0 / float(np.sum(weight**2))
    moved = tuple(_moved(q, value, weight, effective) for q, value in zip(uncertain, values, strict=True))
    return Calibration(scenario, observed, seed, worlds, tolerance, weight, fit(alike_weight), fit(weight), moved)


def kernel_weights(distance: Floats, accept: float) -> tuple[Floats, float]:
    """Epanechnikov weights of the nearest worlds, summing to 1, and the distance up to which they were kept.

    `distance` has shape (worlds,). The edge is the first distance beyond the share `accept` of the worlds; where none
    lies beyond, it is well outside.
    """
    kept = min(int(np.ceil(accept * len(distance))), len(distance))
    ranked = np.sort(distance)
    inner = ranked[kept - 1]
    beyond = ranked[ranked > inner + 1e-12]
    edge = float(beyond[0]) if len(beyond) else float(inner) * 2.0 + 1.0
    weight = np.where(distance <= inner + 1e-12, 1.0 - (distance / edge) ** 2, 0.0)
    return weight / weight.sum(), float(inner)


def _moved(quantity: Quantity, value: Floats, weight: Floats, effective: float) -> Moved:
    """A number's distribution before and after; it moved clearly where chance in so few worlds does not explain it."""
    before = _described(value, np.full(len(value), 1.0 / len(value)))
    after = _described(value, weight)
    if before[1] <= 0.0:
        return Moved(quantity, before, after, clear=False)
    shift = abs(after[0] - before[0]) / before[1]
    shrinks = 1.0 - after[1] / before[1]
    # Three standard errors of a mean, and of a standard deviation, from so many independent worlds.
    clear = shift > 3.0 / np.sqrt(effective) or shrinks > 3.0 / np.sqrt(2.0 * effective)
    return Moved(quantity, before, after, bool(clear))


def _described(value: Floats, weight: Floats) -> tuple[float, float, float, float]:
    mean = float(value @ weight)
    spread = float(np.sqrt(np.maximum((value - mean) ** 2 @ weight, 0.0)))
    order = np.argsort(value, kind="stable")
    passed = np.cumsum(weight[order])
    low, high = (float(value[order[min(int(np.searchsorted(passed, p)), len(value) - 1)]]) for p in (0.05, 0.95))
    return mean, spread, low, high


def _against(observed: Observed, watch: _Watch, state: State) -> tuple[Floats, Bools]:
    """How far the sides stood from what was observed, and where they stood for just that; (observations, worlds)."""
    count = len(state.worlds)
    apart, same = np.empty((len(observed.rows), count)), np.empty((len(observed.rows), count), dtype=bool)
    every = np.arange(count)
    for k, row in enumerate(observed.rows):
        stood = watch.standing[row.day][row.side, row.issue]
        place = state.coded.place[row.issue]
        distance = np.abs(place[np.maximum(stood, 0), every] - place[row.option, every])
        apart[k] = np.where(stood == NONE, SILENT, distance)
        same[k] = stood == row.option
    return apart, same


class _Watch(Observer):
    """Notes where the sides stand on the evening of some days: their last offers, or what they have agreed."""

    def __init__(self, days: tuple[int, ...]) -> None:
        self.days = days
        self.standing: dict[int, Packages] = {}
        self.day = 0

    def begins(self, state: State) -> None:
        """Nobody stands for anything yet."""
        shape = state.last_offer.shape
        self.standing = {day: np.full(shape, NONE, dtype=PACKAGE) for day in self.days}

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:  # noqa: ARG002
        """Note the day."""
        self.day = occasion.day

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:  # noqa: ARG002
        """Note the offers as they stand."""
        for day in self.days:
            if occasion.day <= day:
                self.standing[day][..., sitting.cohort] = sitting.last_offer

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:  # noqa: ARG002
        """Note what was agreed."""
        who = sitting.cohort[stands]
        for day in self.days:
            if self.day <= day and len(who):
                self.standing[day][..., who] = package[None, :, stands]
