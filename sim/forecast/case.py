"""What a model of outcomes sees: who stands where, how much each cares and what it can bring to bear."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding, central_coding, draw_coding
from sim.worlds.draws import Worlds


@dataclass(frozen=True, slots=True)
class Case:
    """Positions on issues in a block of worlds.

    Attributes
    ----------
    position
        Ideal points on the issues' scales in [0, 1], nan where a party has none; shape (parties, issues, worlds).
    salience
        How much a party cares, in [0, 1], 0 where it has no position; shape (parties, issues, worlds).
    power
        What a party can bring to bear, in any unit, 0 or more; shape (parties, issues, worlds).
    status_quo
        Place that holds if nothing is agreed, nan where there is none; shape (issues, worlds).
    scenario, seed, worlds
        The talks themselves and which of their worlds these are, for models that play them; None where there are none.
    """

    position: Floats
    salience: Floats
    power: Floats
    status_quo: Floats
    scenario: Scenario | None = None
    seed: int = 0
    worlds: Worlds | None = None

    @property
    def shape(self) -> tuple[int, int, int]:
        """Parties, issues, worlds."""
        parties, issues, worlds = self.position.shape
        return parties, issues, worlds

    @property
    def present(self) -> Bools:
        """Where a party has a position, shape (parties, issues, worlds)."""
        return ~np.isnan(self.position)

    def influence(self) -> Floats:
        """Salience times power, as shares that sum to 1 over the parties; shape (parties, issues, worlds).

        Equal among those with a position where it is 0 for all of them; nan where nobody has a position.
        """
        present = self.present
        weight = np.where(present, self.salience * self.power, 0.0)
        none = weight.sum(axis=0) <= 0.0
        weight = np.where(none, present, weight)
        total = weight.sum(axis=0)
        return np.asarray(np.divide(weight, total, out=np.full_like(weight, np.nan), where=total > 0.0))

    def of_issues(self, issues: NDArray[np.intp] | list[int]) -> Case:
        """The same with these issues only, and without the talks, which are about all."""
        return replace(
            self,
            position=self.position[:, issues],
            salience=self.salience[:, issues],
            power=self.power[:, issues],
            status_quo=self.status_quo[issues],
            scenario=None,
            worlds=None,
        )


def case_of(scenario: Scenario, seed: int, worlds: Worlds) -> Case:
    """The case of a scenario's worlds, as they are drawn, before any event.

    A party with scores instead of a position stands where its best option is, and what it has at stake on the issue
    (its salience times the spread of its scores) is its salience. Saliences are divided by the largest in their world
    if that is above 1, for some models read them as probabilities.
    """
    return replace(
        _coded_case(scenario, draw_coding(scenario, seed, worlds)), scenario=scenario, seed=seed, worlds=worlds
    )


def central_case(scenario: Scenario) -> Case:
    """The case of a scenario at its central values: one world, without its talks."""
    return _coded_case(scenario, central_coding(scenario))


def _coded_case(scenario: Scenario, coded: Coding) -> Case:
    position, salience = _stands(coded)
    power = np.repeat(powers(scenario, coded)[:, None], position.shape[1], axis=1)
    quo = np.full(position.shape[1:], np.nan)
    for j, option in enumerate(coded.status_quo):
        if option >= 0:
            quo[j] = coded.place[j, option]
    return Case(position, salience, power, quo)


def powers(scenario: Scenario, coded: Coding) -> Floats:
    """Power of the parties: its weight for one that is a side alone; else its part of its side's, which has 1.

    Shape (parties, worlds).
    """
    result = np.maximum(coded.weight, 0.0)
    for side in scenario.sides:
        members = list(side.members)
        if len(members) > 1:
            total = result[members].sum(axis=0)
            equal = np.full((len(members), 1), 1.0 / len(members))
            result[members] = np.where(total > 0.0, result[members] / np.where(total > 0.0, total, 1.0), equal)
    return result


def _stands(coded: Coding) -> tuple[Floats, Floats]:
    position = np.where(coded.has_ideal[..., None], np.clip(coded.ideal, 0.0, 1.0), np.nan)
    salience = np.where(coded.has_ideal[..., None], np.maximum(coded.salience, 0.0), 0.0)
    for p, j in np.argwhere(coded.has_scores & ~coded.has_ideal):
        exists = coded.exists[j]
        scores = coded.scores[p, j, exists]
        best = np.argmax(scores, axis=0)
        position[p, j] = np.take_along_axis(coded.place[j, exists], best[None], axis=0)[0]
        salience[p, j] = np.maximum(coded.salience[p, j], 0.0) * (scores.max(axis=0) - scores.min(axis=0))
        position[p, j, salience[p, j] <= 0.0] = np.nan
    largest = salience.max(axis=(0, 1), initial=0.0)
    return position, salience / np.where(largest > 1.0, largest, 1.0)
