"""Ratification: whether a deal, once signed, passes at home (Putnam, 1988).

A deal must reach the threshold and hold no option of the red lines that a party or side states for home, and then pass
with the stated probability. Negotiators do not foresee this: who knows that home would refuse says so by its
reservation value and red lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.scenario.model import Ratification, Scenario
from sim.talks.state import Bools, State
from sim.worlds.draws import Floats, uniforms
from sim.worlds.packages import Packages
from sim.worlds.preferences import TOLERANCE, utility
from sim.worlds.sums import share, total


@dataclass(frozen=True, slots=True)
class Home:
    """Who ratifies: a party, or a side as a whole; `parties` are indices, `path` that of its ratification."""

    id: str
    path: str
    parties: tuple[int, ...]
    terms: Ratification


def homes(scenario: Scenario) -> list[Home]:
    """Who must ratify a deal: sides first, then parties, in the order of the file."""
    found = [
        Home(side.id, f"sides.{side.id}.ratification", side.members, side.ratification)
        for side in scenario.sides
        if side.ratification is not None
    ]
    return found + [
        Home(party.id, f"parties.{party.id}.ratification", (p,), party.ratification)
        for p, party in enumerate(scenario.parties)
        if party.ratification is not None
    ]


def home_numbers(scenario: Scenario, values: Mapping[str, Floats]) -> dict[str, Floats]:
    """The numbers of all ratifications by path, as arrays that events can change, each of shape (worlds,)."""
    return {path: values[path].copy() for path in _paths(scenario)}


def _paths(scenario: Scenario) -> Iterator[str]:
    for home in homes(scenario):
        if home.terms.probability is not None:
            yield home.terms.probability.path
        if home.terms.threshold is not None:
            yield home.terms.threshold.amount.path


def refusals(scenario: Scenario, state: State, package: Packages, signed: Bools) -> Bools:
    """Who refuses the deal at home.

    Parameters
    ----------
    scenario, state
        What was negotiated, and what happened.
    package
        The deal, the status quo on what it does not settle; shape (issues, worlds), -1 where there is none.
    signed
        Where there is a deal, shape (worlds,).

    Returns
    -------
    Shape (homes, worlds), in the order of `homes`.
    """
    asked = homes(scenario)
    result = np.zeros((len(asked), len(signed)), dtype=bool)
    if not asked or not signed.any():
        return result
    deal = np.maximum(package, 0)
    for h, home in enumerate(asked):
        result[h] = signed & ~_passes(home, state, deal)
    return result


def _passes(home: Home, state: State, deal: Packages) -> Bools:
    """Whether a deal (issues, worlds) passes at one home."""
    terms = home.terms
    passes = np.ones(deal.shape[1], dtype=bool)
    if terms.threshold is not None:
        passes &= worth_at_home(home, state, deal) >= needed_at_home(home, state) - TOLERANCE
    for issue, option in sorted(terms.red_lines):
        passes &= deal[issue] != option
    if terms.probability is not None:
        luck = uniforms(state.seed, f"{home.path}.passes", state.worlds)
        passes &= luck < state.numbers[terms.probability.path]
    return passes


def needed_at_home(home: Home, state: State) -> Floats:
    """The threshold that a deal must reach at a home that has one, shape (worlds,)."""
    threshold = home.terms.threshold
    assert threshold is not None
    stated = np.asarray(state.numbers[threshold.amount.path], dtype=np.float64)
    if not threshold.status_quo:
        return stated
    held = np.repeat(state.coded.status_quo[:, None], len(stated), axis=1)
    return np.asarray(stated + worth_at_home(home, state, held))


def worth_at_home(home: Home, state: State, deal: NDArray[np.integer]) -> Floats:
    """What a deal (issues, worlds) is worth to those who ratify: the mean by weight; shape (worlds,)."""
    at = list(home.parties)
    value = utility(state.wants.worth, deal)[at]
    if len(at) == 1:
        return np.asarray(value[0])
    weight = np.maximum(state.coded.weight[at], 0.0)
    return share(total(weight * value), total(weight))


def refusing_parties(scenario: Scenario, state: State, package: Packages, refused: Bools) -> Bools:
    """Which parties stand for the refusals (homes, worlds): who refuses, and of a side the member that gains least.

    Gains are utilities above the reservation value. Shape (parties, worlds).
    """
    result = np.zeros((len(scenario.parties), refused.shape[1]), dtype=bool)
    surplus = utility(state.wants.worth, np.maximum(package, 0)) - state.wants.reservation
    for h, home in enumerate(homes(scenario)):
        if not refused[h].any():
            continue
        at = list(home.parties)
        worst = np.asarray(at)[surplus[at].argmin(axis=0)]
        where = np.flatnonzero(refused[h])
        result[worst[where], where] = True
    return result
