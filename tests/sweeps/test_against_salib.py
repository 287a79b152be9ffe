"""Indices of a sweep against SALib asked directly, and against closed forms that hold without its help."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import sim

pytest.importorskip("SALib")

FLOOD, STRIKE = "events.flood.probability", "events.strike.probability"
VARY: dict[str, Any] = {FLOOD: (0.0, 1.0), STRIKE: (0.0, 0.5), "parties.one.weight": (0.5, 2.0)}
PROBLEM = {"num_vars": 3, "names": ["x", "y", "z"], "bounds": [[0, 1], [0, 0.5], [0.5, 2]]}


def values(table: pl.DataFrame, index: str, what: str = "value") -> list[float]:
    return table.filter(pl.col("index") == index)[what].to_list()


def test_sobol_is_what_salib_makes_of_the_same_table(product: sim.Scenario) -> None:
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    swept = sim.sweep(product, VARY, design="sobol2", points=32, worlds=200, seed=5)
    inputs = sampler.sample(PROBLEM, 32, calc_second_order=True, seed=5)
    np.testing.assert_allclose(swept.points.select(list(VARY)).to_numpy(), inputs, rtol=1e-12)
    for outcome, column in (("agreement", "agreement.share"), ("utility.one", "utility.one")):
        direct = sobol.analyze(PROBLEM, swept.points[column].to_numpy(), num_resamples=200, seed=1)
        found = sim.sensitivity(swept, outcome=outcome)
        for index, key in (("first", "S1"), ("total", "ST")):
            np.testing.assert_allclose(values(found.indices, index), direct[key], atol=1e-12)
            halves = np.subtract(values(found.indices, index, "high"), values(found.indices, index))
            np.testing.assert_allclose(halves, direct[f"{key}_conf"], atol=1e-12)
        pairs = [direct["S2"][i, j] for i, j in ((0, 1), (0, 2), (1, 2))]
        np.testing.assert_allclose(found.pairs["value"], pairs, atol=1e-12)


def test_sobol_indices_of_unlike_ranges(product: sim.Scenario) -> None:
    """Of (1 - x) (1 - y), x on [0, 1] and y on [0, 1/2]: E 1/2 and 3/4, variances 1/12 and 1/48."""
    swept = sim.sweep(product, VARY, design="sobol2", points=256, worlds=400)
    first_x, first_y, both = (1 / 12) * (3 / 4) ** 2, (1 / 48) * (1 / 2) ** 2, (1 / 12) * (1 / 48)
    whole = first_x + first_y + both
    found = sim.sensitivity(swept)
    for index, expected in (
        ("first", (first_x / whole, first_y / whole)),
        ("total", ((first_x + both) / whole, (first_y + both) / whole)),
    ):
        for place, value in enumerate(expected):
            assert values(found.indices, index, "low")[place] <= value <= values(found.indices, index, "high")[place]
            assert values(found.indices, index)[place] == pytest.approx(value, abs=0.05)
    assert values(found.indices, "total")[2] == 0.0
    assert found.pairs["value"][0] == pytest.approx(both / whole, abs=0.05)


def test_morris_is_what_salib_makes_of_the_same_table(product: sim.Scenario) -> None:
    from SALib.analyze import morris
    from SALib.sample import morris as sampler

    swept = sim.sweep(product, VARY, design="morris", points=12, worlds=200, seed=5)
    inputs = sampler.sample(PROBLEM, 12, num_levels=4, seed=5)
    np.testing.assert_allclose(swept.points.select(list(VARY)).to_numpy(), inputs, rtol=1e-12)
    unit = {**PROBLEM, "bounds": [[0, 1]] * 3}
    shares = swept.points["agreement.share"].to_numpy()
    units = (inputs - [0, 0, 0.5]) / [1, 0.5, 1.5]
    direct = morris.analyze(unit, units, shares, num_levels=4, num_resamples=200, seed=1)
    found = sim.sensitivity(swept)
    for index in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(values(found.indices, index), direct[index], atol=1e-12)


def test_an_effect_of_morris_is_the_change_over_the_whole_range(product: sim.Scenario) -> None:
    """Half of the worlds are struck; of the others a share p ends in a flood, so agreement falls by 0.6 / 2."""
    vary = {FLOOD: (0.2, 0.8), "parties.one.weight": (0.5, 2.0)}
    swept = sim.sweep(product, vary, design="morris", points=8, worlds=2000)
    assert values(sim.sensitivity(swept).indices, "mu") == pytest.approx([-0.3, 0.0], abs=0.04)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_delta_is_what_salib_makes_of_the_same_table(product: sim.Scenario) -> None:
    from SALib.analyze import delta

    swept = sim.sweep(product, VARY, design="lhs", points=200, worlds=200)
    inputs = swept.points.select(list(VARY)).to_numpy()
    direct = delta.analyze(PROBLEM, inputs, swept.points["agreement.share"].to_numpy(), num_resamples=30, seed=1)
    key = "delta_raw" if "delta_raw" in direct else "delta"
    found = sim.sensitivity(swept, "delta")
    np.testing.assert_allclose(values(found.indices, "delta"), direct[key], atol=1e-9)
