"""What models of outcomes say, against the published replication, hand calculation, brute force, and symmetry."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import sim
from sim.forecast.case import Case, case_of
from sim.forecast.models import MODELS, challenge, exchange, nash, spread
from sim.forecast.models.challenge import EQUATIONS, PROGRAM

OF_POSITIONS = [name for name in MODELS if name != "talks"]


def case(position: object, salience: object, power: object, quo: object = None) -> Case:
    """One world; `position` and `salience` by party and issue, `power` by party."""
    stand = np.array(position, dtype=float)[..., None]
    own = np.repeat(np.array(power, dtype=float)[:, None, None], stand.shape[1], axis=1)
    held = np.full(stand.shape[1:], np.nan) if quo is None else np.array(quo, dtype=float)[:, None]
    return Case(stand, np.array(salience, dtype=float)[..., None], own, held)


@pytest.fixture(scope="module")
def emissions(shared: Path) -> Case:
    rows = list(csv.DictReader((shared / "data" / "ec_emissions_1989.csv").open(encoding="utf-8")))
    number = [[float(row[name]) for row in rows] for name in ("Capability", "Position", "Salience")]
    places = [[(x - 4.0) / 6.0] for x in number[1]]
    return case(places, [[s] for s in number[2]], number[0])


def test_challenges_go_as_in_the_published_replication_round_by_round(emissions: Case, shared: Path) -> None:
    told = (shared / "data" / "ec_emissions_scholz.txt").read_text(encoding="utf-8")
    found = [[float(x) for x in re.findall(rf"{name} position: (\S+)", told)] for name in ("Median", "Mean")]
    assert len(found[0]) == len(found[1]) == 11
    rounds = challenge.trajectory(emissions, replace(PROGRAM, rounds=10))
    assert_allclose([4 + 6 * one.point[0, 0] for one in rounds], found[0], atol=1e-9)
    assert_allclose([4 + 6 * challenge.mean_position(emissions, one)[0, 0] for one in rounds], found[1], atol=1e-9)


def test_the_standards_of_car_emissions_by_the_simple_models(emissions: Case) -> None:
    said = {name: 4 + 6 * MODELS[name].forecast(emissions).point[0, 0] for name in ("mean", "median", "challenge")}
    assert said["mean"] == pytest.approx(7.389955686853766)
    assert said["median"] == pytest.approx(7.0)
    assert said["challenge"] == pytest.approx(8.415932315426764)


def test_two_parties_trade_on_two_issues_at_equal_gain() -> None:
    """Each stands for 0 and 1; A cares for the second issue, B for the first, by as much.

    At first the outcomes lie at 0.8 of the way to who cares more. Every trade gives both the same, so by symmetry each
    gives the other all that it wants.
    """
    two = case([[0, 1], [1, 0]], [[0.2, 0.8], [0.8, 0.2]], [1, 1])
    assert_allclose(exchange.forecast(two).point[:, 0], [1.0, 1.0])
    assert_allclose(exchange.forecast(two, most=0).point[:, 0], [0.8, 0.8])


def test_nobody_trades_on_one_issue_or_with_the_same_interests() -> None:
    alone = case([[0.0], [0.3], [1.0]], [[0.5], [1], [1]], [1, 2, 1])
    assert_allclose(exchange.forecast(alone).point, MODELS["mean"].forecast(alone).point)
    agreed = case([[0, 0], [1, 1]], [[0.5, 0.5], [0.5, 0.5]], [1, 1])
    assert_allclose(exchange.forecast(agreed).point, [[0.5], [0.5]])


@given(
    places=st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=2, max_size=5),
    quo=st.tuples(st.integers(0, 10), st.integers(0, 10)),
)
@settings(max_examples=25)
def test_the_bargaining_solution_has_the_largest_product_of_gains(
    places: list[tuple[int, int, int, int]], quo: tuple[int, int]
) -> None:
    one = case(
        [[a / 10, b / 10] for a, b, _, _ in places],
        [[(c + 1) / 11, (d + 1) / 11] for _, _, c, d in places],
        [1.0 + k for k in range(len(places))],
        [q / 10 for q in quo],
    )
    stand, power = one.position[..., 0], one.power[:, 0, 0]
    share = one.salience[..., 0] / one.salience[..., 0].sum(axis=1, keepdims=True)

    def product(x: np.ndarray) -> np.ndarray:
        """Of packages, shape (packages, issues)."""
        better = (one.status_quo[:, 0] - stand) ** 2 - (x[:, None] - stand) ** 2
        gain = np.maximum(nash.FAILURE + (share * better).sum(axis=2), 1e-300)
        return np.log(gain) @ (power / power.sum())

    (best,) = product(nash.forecast(one).point.T)
    every = np.stack(np.meshgrid(np.linspace(0, 1, 41), np.linspace(0, 1, 41)), axis=-1).reshape(-1, 2)
    assert best >= product(every).max() - 1e-7


def test_a_mixture_lies_between_its_parts() -> None:
    one = case([[0.0], [1.0], [1.0]], [[1], [1], [1]], [1, 1, 1])
    said = spread.forecast(one, blend=1.0)
    assert said.point[0, 0] == 1.0
    assert spread.forecast(one, blend=0.0).point[0, 0] == pytest.approx(2 / 3, abs=0.01)
    assert_allclose(said.share.sum(axis=0), 1.0)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    parties, issues = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    numbers = st.lists(st.integers(0, 20), min_size=parties * issues, max_size=parties * issues)
    place, cares = (np.array(draw(numbers), dtype=float).reshape(parties, issues) / 20 for _ in range(2))
    power = draw(st.lists(st.integers(1, 30), min_size=parties, max_size=parties))
    quo = draw(st.lists(st.integers(0, 20), min_size=issues, max_size=issues))
    return case(place, np.maximum(cares, 0.05), power, [q / 20 for q in quo])


@pytest.mark.parametrize("name", OF_POSITIONS)
@given(one=cases())
@settings(max_examples=20)
def test_what_is_said_is_a_distribution_on_the_scale(name: str, one: Case) -> None:
    said = MODELS[name].forecast(one)
    assert_allclose(said.share.sum(axis=0), 1.0)
    assert ((said.point >= 0.0) & (said.point <= 1.0)).all()
    assert ((said.place >= -1e-12) & (said.place <= 1.0 + 1e-12)).all()


@pytest.mark.parametrize("name", OF_POSITIONS)
@given(one=cases())
@settings(max_examples=20)
def test_only_shares_of_power_count(name: str, one: Case) -> None:
    twice = replace(one, power=one.power * 8.0)
    assert_allclose(MODELS[name].forecast(twice).point, MODELS[name].forecast(one).point, atol=1e-7)


@pytest.mark.parametrize("name", ["mean", "status_quo", "nash"])
@given(one=cases())
@settings(max_examples=20)
def test_a_mirrored_case_has_the_mirrored_answer(name: str, one: Case) -> None:
    mirrored = replace(one, position=1.0 - one.position, status_quo=1.0 - one.status_quo)
    assert_allclose(MODELS[name].forecast(mirrored).point, 1.0 - MODELS[name].forecast(one).point, atol=1e-6)


@pytest.mark.parametrize("name", OF_POSITIONS)
def test_a_world_has_the_same_answer_in_any_company(name: str) -> None:
    every = case_of(sim.load("camp_david_1978"), 3, np.arange(7))
    together = MODELS[name].forecast(every).point
    alone = MODELS[name].forecast(case_of(sim.load("camp_david_1978"), 3, np.array([5]))).point
    assert_allclose(together[:, 5], alone[:, 0], atol=1e-12)


@pytest.mark.parametrize("reading", [PROGRAM, EQUATIONS])
def test_issues_do_not_meddle_in_each_others_challenges(reading: challenge.Reading) -> None:
    two = case(
        [[0, 0.2], [0.4, 1], [1, np.nan], [0.9, 0.5]], [[1, 0.5], [0.3, 0.8], [0.7, 0], [0.6, 0.1]], [3, 1, 2, 2]
    )
    for j in (0, 1):
        alone = challenge.forecast(two.of_issues([j]), reading)
        assert_allclose(challenge.forecast(two, reading).point[j], alone.point[0])


def test_parties_without_a_position_count_for_nothing() -> None:
    with_it = case([[0.1], [np.nan], [0.8]], [[1], [0], [0.5]], [1, 9, 3])
    without = case([[0.1], [0.8]], [[1], [0.5]], [1, 3])
    for name in OF_POSITIONS:
        assert_allclose(MODELS[name].forecast(with_it).point, MODELS[name].forecast(without).point)
