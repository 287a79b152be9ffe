"""The rung found by going on from the last one is the one that a search of the whole ladder finds."""

from __future__ import annotations

import numpy as np
import pytest

from sim.parties.descent import Descent


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("rises", [False, True], ids=["demands fall", "demands rise and fall"])
def test_the_last_rung_worth_the_demand_is_found(seed: int, rises: bool) -> None:
    rng = np.random.default_rng(seed)
    rungs, worlds = int(rng.integers(1, 12)), 50
    utility = np.sort(rng.integers(0, 9, (rungs, worlds)) / 8.0, axis=0)[::-1]
    utility = utility + 1e-9 * rng.integers(-1, 2, utility.shape)  # rounding: a later rung may be worth a trifle more
    can_be = rng.random(utility.shape) < 0.8
    demands = rng.random((15, worlds)) * 1.2 - 0.1
    if not rises:
        demands = np.sort(demands, axis=0)[::-1]

    descent = Descent.of(utility, can_be)
    for demand in demands:
        rung, some = descent.last(demand)
        meets = can_be & (utility >= demand)
        expected = [int(np.flatnonzero(column).max(initial=0)) for column in meets.T]
        assert rung.tolist() == expected
        assert some.tolist() == meets.any(axis=0).tolist()


def test_answers_given_before_are_left_alone() -> None:
    descent = Descent.of(np.array([[1.0], [0.5]]), np.ones((2, 1), dtype=bool))
    first, _ = descent.last(np.array([0.9]))
    second, _ = descent.last(np.array([0.4]))
    assert (first[0], second[0]) == (0, 1)
