"""What the worlds of a run drew is kept, and which judgements separate those with an agreement is told from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.quantities import quantities
from sim.sweeps.draws import DRAWS, KEPT, drawn
from sim.sweeps.separation import separating, together
from sim.worlds.coding import draw_coding

TALKS = """
format: 1
title: Draws
issues:
  price: {options: [low, middle, high]}
parties:
  A: {positions: {price: low}, reservation: {uniform: [0.2, 0.4], shared: {mood: 0.8}}, concession: linear}
  B:
    positions: {price: high}
    reservation: {uniform: [0.2, 0.8]}
    concession: linear
    red_lines: {price: [{middle: 0.3}]}
    salience: {price: {uniform: [0.5, 1]}}
meetings: [{rounds: 6}]
events:
  - {id: never, title: Never, date: 2000-01-02, probability: 0, effects: {A.reservation: 0.1}}
  - {id: rupture, title: Rupture, date: 2000-01-01, ends: talks, probability: 0.2}
"""


def test_the_draws_are_those_that_the_worlds_were_played_with() -> None:
    scenario = loads(TALKS)
    draws = drawn(scenario, 3, 200)
    coded = draw_coding(scenario, 3, np.arange(200))
    assert draws["parties.B.reservation"].to_numpy() == pytest.approx(coded.reservation[1], abs=1e-6)
    assert (draws["parties.B.red_lines.price.middle"].to_numpy() == coded.red[1, 0, 1]).all()
    rupture = draws["events.rupture.happens"].to_numpy()
    ended = sim.run(scenario, 200, seed=3).worlds["outcome"].to_numpy() == "breakdown"
    assert (rupture == ended).all()
    uncertain = [path for path, quantity in quantities(scenario).items() if not quantity.certain]
    assert draws.columns == ["world", *(path.removesuffix(".drawn") for path in uncertain), "events.rupture.happens"]


def test_a_run_writes_the_draws_of_its_first_worlds(tmp_path: Path) -> None:
    scenario = loads(TALKS)
    results = sim.run(scenario, KEPT + 5, seed=1, out=tmp_path / "r", report=False)
    written = pl.read_parquet(tmp_path / "r" / DRAWS)
    assert written.equals(results.draws)
    assert len(written) == KEPT
    assert drawn(scenario, 1, 10).equals(written.head(10))


def test_what_separates_the_worlds_is_found_and_what_does_not_is_not() -> None:
    scenario = loads(TALKS)
    results = sim.run(scenario, 600, seed=2)
    agreed = (results.worlds["outcome"] == "agreement").to_numpy()
    found = separating(results.draws, agreed)
    clear = {one.path: one for one in found.clear}
    assert set(clear) == {"parties.B.reservation", "parties.B.red_lines.price.middle", "events.rupture.happens"}
    assert all(one.correlation < 0 for one in found.clear)
    assert sum(worlds for _, worlds in clear["parties.B.reservation"].parts) == 600
    first, last = clear["parties.B.reservation"].parts[0], clear["parties.B.reservation"].parts[-1]
    assert first[0] / first[1] > 0.4 > 0.0 == last[0]
    assert clear["events.rupture.happens"].parts[1][0] == 0


def test_of_pure_chance_nothing_is_told() -> None:
    rng = np.random.default_rng(5)
    noise = pl.DataFrame({"world": np.arange(400), **{f"n{k}": rng.random(400) for k in range(50)}})
    told = sum(len(separating(noise, rng.random(400) < 0.3).clear) for _ in range(40))
    assert told <= 6  # in one of twenty, by the level that is claimed


def test_where_all_or_no_worlds_agree_nothing_separates_them() -> None:
    noise = pl.DataFrame({"world": np.arange(50), "n": np.linspace(0, 1, 50)})
    for agreed in (np.zeros(50, dtype=bool), np.ones(50, dtype=bool)):
        assert separating(noise, agreed).clear == ()


def test_numbers_that_share_a_factor_are_told_together() -> None:
    scenario = loads(
        TALKS.replace("reservation: {uniform: [0.2, 0.8]}", "reservation: {uniform: [0.2, 0.8], shared: {mood: 0.8}}")
    )
    results = sim.run(scenario, 600, seed=2)
    found = separating(results.draws, (results.worlds["outcome"] == "agreement").to_numpy())
    ((own, others, factor),) = [one for one in together(scenario, found.clear) if one[2] == "mood"]
    assert (own.path, others, factor) == ("parties.B.reservation", 1, "mood")
