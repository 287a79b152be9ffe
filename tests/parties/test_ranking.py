"""A lone party that offers among all packages puts the same one whether it looks at all or at their ranking."""

from __future__ import annotations

import numpy as np
import pytest

from sim.arrays.tolerance import TOLERANCE
from sim.parties.offering import least
from sim.parties.ranking import Ranking


@pytest.mark.parametrize("first", [1, 512], ids=["further and further", "at once"])
@pytest.mark.parametrize("coarse", [False, True], ids=["all apart", "ties"])
@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (0.01, 100.0), (1000.0, -5.0)])
def test_the_ranking_finds_what_a_look_at_all_packages_finds(
    coarse: bool, scale: float, shift: float, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.parties.ranking._FIRST", first)
    monkeypatch.setattr("sim.parties.ranking._FURTHER", 2)
    rng = np.random.default_rng(7)
    for _ in range(25):
        shape = rng.integers(1, 80), rng.integers(1, 60)
        share = rng.random(shape)
        share = np.round(share * 4) / 4 if coarse else share
        utility = share * scale + shift + rng.choice([0.0, 1e-10, 2e-12, 1e-14], size=shape)
        worth, can_be = (utility - shift) / (1.7 * scale), rng.random(shape) < 0.8
        ranking = Ranking.of(utility, worth, can_be)
        for level in (1.1, 1.0, 0.9, 0.5, 0.25, 0.0, -1.0):
            demand = np.full(shape[1], level * scale + shift) - TOLERANCE
            passing = can_be & (utility >= demand)
            some = passing.any(axis=0)
            found, there = ranking.least(demand, np.arange(shape[1]))
            assert np.array_equal(there, some)
            assert np.array_equal(found, np.where(some, least(np.where(passing, worth, np.inf)), 0))
