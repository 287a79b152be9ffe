"""Calibration: worlds whose offers look like what was observed, and a scenario narrowed by them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.forecast.calibration import calibrate, kernel_weights
from sim.forecast.narrowing import narrowed
from sim.forecast.observed import read_observed
from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError

HAGGLE = """
format: 1
title: Haggle
start: 2024-01-01
end: 2024-02-01
issues:
  price: {scale: {from: 0, to: 100, step: 1, unit: euros}}
parties:
  buyer:
    positions: {price: 0}
    reservation: 0.1
    # how late the buyer gives way
    concession: {exponent: {uniform: [0.2, 6]}}
  seller: {positions: {price: 100}, reservation: {uniform: [0.1, 0.4]}, concession: {exponent: 3}}
meetings:
  - {id: first, date: 2024-01-01, rounds: 4}
  - {id: second, date: 2024-01-10, rounds: 4}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "seen.csv"
    path.write_text("date,side,issue,option\n2024-01-01,buyer,price,1\n", encoding="utf-8")
    return path


def test_a_buyer_seen_to_give_little_is_taken_to_give_way_late(table: Path) -> None:
    scenario = loads(HAGGLE)
    result = calibrate(scenario, read_observed(table, scenario), worlds=600, seed=1)
    exponent = next(one for one in result.moved if one.quantity.path == "parties.buyer.concession.exponent")
    assert exponent.clear
    assert exponent.after[0] > exponent.before[0] + 0.5
    assert result.after.distance < result.before.distance / 2
    assert 1 <= result.effective <= result.accepted + 1e-6 <= 600


def test_nothing_is_learned_of_what_no_offer_depends_on(table: Path) -> None:
    scenario = loads(HAGGLE)
    result = calibrate(scenario, read_observed(table, scenario), worlds=600, seed=1)
    reserve = next(one for one in result.moved if one.quantity.path == "parties.seller.reservation")
    assert not reserve.clear


def test_the_narrowed_file_keeps_its_text_and_reproduces_what_was_seen(table: Path) -> None:
    scenario = loads(HAGGLE)
    result = calibrate(scenario, read_observed(table, scenario), worlds=600, seed=1)
    text, changed, left = narrowed(HAGGLE, result, "Narrowed for a test.")
    assert [one.path for one in changed] == ["parties.buyer.concession.exponent"]
    assert left == ()
    assert "# how late the buyer gives way" in text
    assert f"# was {changed[0].before}" in text
    again = loads(text)
    fitted = calibrate(again, read_observed(table, again), worlds=600, seed=2)
    assert fitted.before.distance < result.before.distance


def test_weights_fall_with_the_distance_and_keep_the_share_asked_for() -> None:
    weight, tolerance = kernel_weights(np.arange(10) / 10, 0.3)
    assert tolerance == pytest.approx(0.2)
    assert np.flatnonzero(weight).tolist() == [0, 1, 2]
    assert np.all(np.diff(weight[:3]) < 0)
    assert weight.sum() == pytest.approx(1.0)


def test_worlds_that_are_equally_near_are_all_kept_alike() -> None:
    weight, tolerance = kernel_weights(np.zeros(8), 0.25)
    assert tolerance == 0.0
    assert weight == pytest.approx(np.full(8, 1 / 8))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date,side,issue\n", "the column 'option' is missing"),
        ("date,side,issue,option\n2024-01-01,byer,price,1\n", "2:1: there is no side 'byer'; did you mean 'buyer'?"),
        (
            "date;side;issue;option\n2024-13-01;buyer;price;1\n",
            "2:1: expected a date like 2024-01-01, found '2024-13-01'",
        ),
        ("date,side,issue,option\n2023-01-01,buyer,price,1\n", "2:1: 2023-01-01 lies before the start"),
        ("date,side,issue,option\n2024-01-01,buyer,price,101\n", "2:1: there is no option '101' of price"),
        ("date,side,issue,option\n2024-01-01,buyer,price\n", "2:1: expected 4 cells, found 3"),
        ("date,side,issue,option,held_out\n2024-01-01,buyer,price,1,yes\n", "there is no observation to fit"),
        ("", "the column 'date' is missing"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "seen.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        read_observed(path, loads(HAGGLE))
    assert message in str(error.value)


def test_the_bundled_observations_fit_the_founding_scenario(tmp_path: Path) -> None:
    scenario = sim.load("nato_russia_2022")
    result = sim.calibrate(scenario, worlds=120, seed=3, accept=0.2, out=tmp_path / "out")
    told = result.as_json()
    assert {"worlds", "effective", "accepted", "before", "after"} <= told.keys()
    assert told["before"]["held_out"] is not None
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").count("held out") >= 4
    sim.load(tmp_path / "out" / "scenario.yaml")
