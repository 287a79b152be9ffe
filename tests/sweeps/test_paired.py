"""Differences of shares and means, against worked examples of the literature and by brute force."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.sweeps.paired import paired_means, paired_shares, unpaired_means, unpaired_shares


@pytest.mark.parametrize(
    ("table", "difference", "low", "high"),
    [
        # Bentur et al. (2009), airway hyper-responsiveness before and after transplantation, as worked out by
        # Fagerland, Lydersen & Laake (2014), "Recommended tests and confidence intervals for paired binomial
        # proportions", Statistics in Medicine 33: Newcombe's interval -0.507 to -0.026.
        ((1, 1, 7, 12), -0.286, -0.507, -0.026),
        # Altman, Machin, Bryant & Gardner (2000), Statistics with Confidence, table 6.2: 0.011 to 0.226.
        ((14, 5, 0, 22), 0.122, 0.011, 0.226),
    ],
)
def test_paired_shares_are_those_of_worked_examples(
    table: tuple[int, int, int, int], difference: float, low: float, high: float
) -> None:
    both, first, second, neither = table
    found = paired_shares(both, second, first, neither)  # the examples take the first less the second
    assert found.value == pytest.approx(difference, abs=5e-4)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_unpaired_shares_are_those_of_the_worked_example() -> None:
    # Newcombe (1998), "Interval estimation for the difference between independent proportions", 56/70 - 48/80.
    found = unpaired_shares(48, 80, 56, 70)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


counts = st.integers(0, 300)


@given(counts, counts, counts, counts)
def test_the_interval_holds_the_difference_and_turns_round_with_it(a: int, b: int, c: int, d: int) -> None:
    if a + b + c + d == 0:
        assert np.isnan(paired_shares(a, b, c, d).value)
        return
    one, other = paired_shares(a, b, c, d), paired_shares(a, c, b, d)
    assert one.value == pytest.approx((c - b) / (a + b + c + d))
    assert -1.0 <= one.low <= one.value <= one.high <= 1.0
    assert (other.low, other.high) == (pytest.approx(-one.high), pytest.approx(-one.low))
    inside_out = paired_shares(d, b, c, a)
    assert inside_out.value == pytest.approx(-one.value) or inside_out.value == pytest.approx(one.value)


@pytest.mark.parametrize(("p_both", "p_first", "p_second"), [(0.3, 0.05, 0.15), (0.02, 0.01, 0.05), (0.6, 0.2, 0.2)])
def test_the_interval_covers_the_true_difference_as_often_as_it_says(
    p_both: float, p_first: float, p_second: float
) -> None:
    random = np.random.Generator(np.random.Philox(7))
    tables = random.multinomial(120, [p_both, p_first, p_second, 1 - p_both - p_first - p_second], size=1500)
    found = [paired_shares(*map(int, table)) for table in tables]
    covered = np.mean([one.low <= p_second - p_first <= one.high for one in found])
    assert 0.925 <= covered <= 0.985


def test_pairs_tell_more_than_different_worlds_where_luck_is_shared() -> None:
    paired, unpaired = paired_shares(300, 5, 25, 670), unpaired_shares(305, 1000, 325, 1000)
    assert paired.value == pytest.approx(unpaired.value)
    assert paired.high - paired.low < 0.5 * (unpaired.high - unpaired.low)
    assert paired.clear
    assert not unpaired.clear


def test_means_are_those_of_scipy_for_many_worlds() -> None:
    random = np.random.Generator(np.random.Philox(3))
    first = random.random(4000)
    second = first + 0.1 * random.random(4000) - 0.02
    expected = stats.ttest_rel(second, first).confidence_interval()
    found = paired_means(first, second)
    assert found.value == pytest.approx(float(np.mean(second - first)))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-5)
    welch = stats.ttest_ind(second, first, equal_var=False).confidence_interval()
    apart = unpaired_means(first, second[:3000])
    error = sqrt(first.var(ddof=1) / 4000 + second[:3000].var(ddof=1) / 3000)
    assert apart.high - apart.low == pytest.approx(2 * 1.959963984540054 * error)
    both = unpaired_means(first, second)
    assert (both.low, both.high) == pytest.approx((welch.low, welch.high), abs=1e-4)


def test_worlds_without_a_number_in_either_are_left_out_of_means() -> None:
    nan = float("nan")
    found = paired_means(np.array([0.1, nan, 0.3, 0.5]), np.array([0.2, 0.9, nan, 0.7]))
    assert found.value == pytest.approx(0.15)
    assert np.isnan(paired_means(np.array([nan]), np.array([1.0])).value)
    assert np.isnan(paired_means(np.array([0.0]), np.array([1.0])).low)
