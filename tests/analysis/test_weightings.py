"""The sample of the frontier of more than two sides holds efficient packages alone, and every side's best."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import sim
from sim.analysis.weightings import LEAST_WEIGHTINGS, MOST_WEIGHTINGS, weighed


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sides", [3, 5])
def test_what_comes_out_best_is_beaten_by_nothing(seed: int, sides: int) -> None:
    rng = np.random.default_rng(seed)
    worth = rng.integers(0, 6, (sides, 4, 3)) * rng.choice([0.1, 1.0, 50.0], (sides, 1, 1))
    exists = np.ones((4, 3), dtype=bool)
    exists[1, 2] = False
    found = weighed(worth, exists)
    assert found.weightings == MOST_WEIGHTINGS
    every = [p for p in product(range(3), repeat=4) if exists[range(4), p].all()]
    values = np.array([worth[:, range(4), p].sum(axis=1) for p in every])
    for package in found.packages:
        assert tuple(package) in every
        own = worth[:, range(4), package].sum(axis=1)
        better = (values >= own - 1e-9).all(axis=1) & (values > own + 1e-9).any(axis=1)
        assert not better.any()
    assert np.array_equal(found.packages, weighed(worth, exists).packages)


def test_large_scenarios_are_weighed_less_often() -> None:
    assert weighed(np.ones((100, 100, 100)), np.ones((100, 100), dtype=bool)).weightings == 100
    assert weighed(np.ones((1000, 100, 21)), np.ones((100, 21), dtype=bool)).weightings == LEAST_WEIGHTINGS


def test_more_than_two_sides_are_told_of_it_and_two_are_not() -> None:
    three = sim.analyze(sim.load("paris_2015"))
    told = three.as_json()["frontier_sample"]
    assert told["weightings"] == MOST_WEIGHTINGS
    assert len(told["packages"]) >= 1
    assert three.as_json()["frontier"] is None
    assert any("weightings of the" in text for text in three.text)
    two = sim.analyze(sim.load("price_haggle"))
    assert two.as_json()["frontier_sample"] is None
    assert not any("weightings" in text for text in two.text)
