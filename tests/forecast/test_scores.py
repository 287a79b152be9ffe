"""Scores of forecasts, against their definitions and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.forecast.scores import brier, covered, crps, log_score, paired

places = st.lists(st.integers(0, 20), min_size=1, max_size=6)


@given(places=places, outcome=st.integers(0, 20))
@settings(max_examples=60)
def test_crps_is_the_mean_distance_less_half_the_spread(places: list[int], outcome: int) -> None:
    place, share = np.array(places) / 20, np.arange(1.0, len(places) + 1)
    share /= share.sum()
    apart = np.abs(place[:, None] - place[None])
    expected = share @ np.abs(place - outcome / 20) - share @ apart @ share / 2
    assert crps(place[:, None], share[:, None], np.array([outcome / 20]))[0] == pytest.approx(expected, abs=1e-12)


def test_of_a_point_crps_is_the_error() -> None:
    assert crps(np.array([[0.3]]), np.array([[1.0]]), np.array([0.8]))[0] == pytest.approx(0.5)
    assert np.isnan(crps(np.array([[0.3]]), np.array([[0.0]]), np.array([0.8]))[0])


def test_an_interval_holds_its_ends() -> None:
    place, share = np.array([[0.0], [0.5], [1.0]]), np.array([[0.2], [0.6], [0.2]])
    inside = [covered(place, share, np.array([y]), 0.5)[0] for y in (0.0, 0.5, 1.0)]
    assert inside == [0.0, 1.0, 0.0]


def test_probabilities_by_hand() -> None:
    p, y = np.array([0.8, 0.8, 0.0]), np.array([1.0, 0.0, 1.0])
    assert brier(p, y) == pytest.approx([0.04, 0.64, 1.0])
    assert log_score(p, y)[:2] == pytest.approx([-np.log(0.8), -np.log(0.2)])
    assert np.isfinite(log_score(p, y)[2])


def test_a_difference_that_is_always_the_same_is_sure() -> None:
    first = np.array([3.0, 5.0, 9.0, np.nan])
    found = paired(first, first - 2.0, np.array([0.0, 0.0, 1.0, 2.0]))
    assert (found.mean, found.low, found.high, found.count) == pytest.approx((2.0, 2.0, 2.0, 3))


def test_groups_make_an_interval_wider() -> None:
    """Forty forecasts that come in four groups of ten alike tell as much as four."""
    luck = np.repeat([1.0, -1.0, 2.0, -1.5], 10)
    alone = paired(luck, np.zeros(40), np.arange(40.0))
    grouped = paired(luck, np.zeros(40), np.repeat(np.arange(4.0), 10))
    assert grouped.high - grouped.low > 2 * (alone.high - alone.low)
