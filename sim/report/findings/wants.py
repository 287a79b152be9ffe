"""What the parties want at the central values: their best options, and where those lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario
from sim.worlds.coding import central_coding
from sim.worlds.gaps import position_gaps, side_saliences
from sim.worlds.preferences import preferences


@dataclass(frozen=True, slots=True)
class Wants:
    """Positions at the central values, before any event.

    Attributes
    ----------
    best
        Best option by party and issue, -1 where a party does not care; shape (parties, issues).
    place
        Where it lies on the issue's scale, nan where a party does not care; shape (parties, issues).
    options
        Places of the options, shape (issues, options).
    weight
        Influence of each party in its side, shape (parties,).
    salience
        What each side cares about, shape (sides, issues).
    spread
        Of positions within each side, in total; shape (sides,).
    """

    best: NDArray[np.intp]
    place: Floats
    options: Floats
    weight: Floats
    salience: Floats
    spread: Floats

    def centre(self, members: tuple[int, ...], issue: int) -> float:
        """Mean place of the members' best options by weight; nan where none cares."""
        place, weight = self.place[list(members), issue], self.weight[list(members)]
        known = ~np.isnan(place)
        total = float(weight[known].sum())
        return float((place[known] * weight[known]).sum() / total) if total > 0 else float("nan")


def central_wants(scenario: Scenario) -> Wants:
    """Work out what the parties want at the central values."""
    coded = central_coding(scenario)
    wants = preferences(coded)
    worth = np.where(coded.exists, wants.worth[..., 0], -np.inf)
    top = worth.max(axis=2, keepdims=True)
    best = np.argmax(worth >= top - TOLERANCE, axis=2)
    lowest = np.where(coded.exists, wants.worth[..., 0], np.inf).min(axis=2)
    indifferent = top[..., 0] - lowest <= TOLERANCE
    places = coded.place[..., 0]
    place = np.take_along_axis(places[None], best[..., None], axis=2)[..., 0]
    members = [side.members for side in scenario.sides]
    saliences = side_saliences(coded, wants, members)
    _, _, spread = position_gaps(coded, wants, members, saliences)
    return Wants(
        best=np.where(indifferent, -1, best),
        place=np.where(indifferent, np.nan, place),
        options=np.where(coded.exists, places, np.nan),
        weight=np.maximum(coded.weight[:, 0], 0.0),
        salience=saliences[..., 0],
        spread=spread[:, 0],
    )
