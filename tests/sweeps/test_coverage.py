"""Intervals cover what they claim: 95 % of the time on the average, and never far below."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from sim.sweeps.intervals import wilson
from sim.sweeps.paired import Difference, paired_shares, unpaired_shares

TRIALS = 1500


@pytest.mark.parametrize("total", [10, 50, 200, 1000])
def test_wilson_covers_a_share_exactly_computed(total: int) -> None:
    """No simulation: every count has its probability. Brown, Cai & DasGupta (2001, Statistical Science 16) show 0.95 on
    the average over shares, and a dip near 0 and 1, of which they give 0.83 as the deepest."""
    ends = np.array([wilson(count, total) for count in range(total + 1)])
    shares = np.linspace(0.001, 0.999, 999)
    inside = (ends[:, :1] <= shares) & (shares <= ends[:, 1:])
    covered = (binom.pmf(np.arange(total + 1)[:, None], total, shares) * inside).sum(axis=0)
    assert 0.945 <= covered.mean() <= 0.965
    assert covered.min() >= 0.83
    middle = covered[(shares > 0.1) & (shares < 0.9)]
    assert middle.min() >= 0.89


def covered(true: float, found: list[Difference]) -> float:
    return sum(one.low <= true <= one.high for one in found) / len(found)


@pytest.mark.parametrize(
    "total", [30, pytest.param(200, marks=pytest.mark.slow), pytest.param(1000, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize(
    "chances",
    [(0.3, 0.2, 0.1, 0.4), (0.45, 0.05, 0.05, 0.45), (0.02, 0.03, 0.1, 0.85), (0.25, 0.25, 0.25, 0.25)],
    ids=["usual", "alike", "rare", "apart"],
)
def test_newcombe_covers_a_difference_of_the_same_worlds(total: int, chances: tuple[float, ...]) -> None:
    drawn = np.random.default_rng(total).multinomial(total, chances, TRIALS)
    found = [paired_shares(*map(int, row)) for row in drawn]
    assert 0.93 <= covered(chances[2] - chances[1], found) <= 0.99


@pytest.mark.parametrize(("first", "second"), [(30, 30), (100, 50)])
@pytest.mark.parametrize(("one", "other"), [(0.5, 0.6), (0.05, 0.1), (0.9, 0.2)])
def test_newcombe_covers_a_difference_of_different_worlds(first: int, second: int, one: float, other: float) -> None:
    """No simulation: every pair of counts has its probability; 0.92 is the least of these, far apart in few worlds."""
    chances = (
        (binom.pmf(a, first, one) * binom.pmf(b, second, other), unpaired_shares(a, first, b, second))
        for a in range(first + 1)
        for b in range(second + 1)
    )
    inside = sum(chance for chance, found in chances if found.low <= other - one <= found.high)
    assert 0.92 <= inside <= 0.985
