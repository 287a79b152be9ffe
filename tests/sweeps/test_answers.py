"""What sweeps answer, against what can be worked out by hand: agreement in the share (1 - p) (1 - q)."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import sim
from sim.sweeps.store import OutputError

BOTH: dict[str, Any] = {"events.flood.probability": (0.0, 1.0), "events.strike.probability": (0.0, 1.0)}
THREE = {**BOTH, "parties.one.weight": (0.5, 2.0)}  # a lone party's weight moves nothing


def by_path(table: pl.DataFrame, index: str) -> dict[str, dict[str, Any]]:
    return {row["path"]: row for row in table.iter_rows(named=True) if row["index"] == index}


def test_sobol_indices_of_a_product_of_uniforms(product: sim.Scenario) -> None:
    pytest.importorskip("SALib")
    swept = sim.sweep(product, THREE, design="sobol2", points=256, worlds=250)
    found = sim.sensitivity(swept)
    first, total = by_path(found.indices, "first"), by_path(found.indices, "total")
    for path in BOTH:  # of X Y: variance 7/144, of E[X Y | X] = X/2: 3/144
        assert first[path]["low"] <= 3 / 7 <= first[path]["high"]
        assert total[path]["value"] == pytest.approx(4 / 7, abs=0.06)
        assert total[path]["low"] <= 4 / 7 <= total[path]["high"]
    for indices in (first, total):
        assert indices["parties.one.weight"]["value"] == 0.0
        assert indices["parties.one.weight"]["low"] <= 0.0 <= indices["parties.one.weight"]["high"]
    pairs = {(row["path"], row["other"]): row for row in found.pairs.iter_rows(named=True)}
    assert pairs[tuple(BOTH)]["low"] <= 1 / 7 <= pairs[tuple(BOTH)]["high"]  # type: ignore[index]
    assert sorted(set(found.convergence["size"])) == [256, 512, 1024, 2048]


def test_morris_effects_of_a_product(product: sim.Scenario) -> None:
    pytest.importorskip("SALib")
    found = sim.sensitivity(sim.sweep(product, THREE, design="morris", points=60, worlds=1000))
    effects = by_path(found.indices, "mu_star")
    for path in BOTH:  # the mean of 1 - q over the levels is one half
        assert effects[path]["low"] <= 0.5 <= effects[path]["high"]
    assert effects["parties.one.weight"]["value"] == 0.0


@pytest.mark.parametrize("method", ["pawn", pytest.param("delta", marks=pytest.mark.slow)])
def test_given_points_tell_what_matters_from_chance(product: sim.Scenario, method: str) -> None:
    pytest.importorskip("SALib")
    swept = sim.sweep(product, THREE, design="lhs", points=200, worlds=300)
    indices = sim.sensitivity(swept, method).indices
    leading = by_path(indices, indices["index"][0])
    assert all(leading[path]["low"] > 0.0 for path in BOTH)
    assert leading["parties.one.weight"]["low"] == 0.0
    assert sim.sensitivity(swept, method).indices.equals(indices)


def test_a_tornado_shows_the_ends_of_each_range(product: sim.Scenario) -> None:
    swept = sim.sweep(product, THREE, design="tornado", worlds=4000)
    found = sim.sensitivity(swept)
    bars = by_path(found.indices, "swing")
    for path in BOTH:
        assert bars[path]["low"] == 0.0
        assert bars[path]["high"] == pytest.approx(0.5, abs=0.03)
        assert bars[path]["low_at"] == "1"
    assert bars["parties.one.weight"]["value"] == 0.0


def test_a_method_that_does_not_fit_the_design_is_refused(product: sim.Scenario) -> None:
    swept = sim.sweep(product, BOTH, points=3, worlds=20)
    with pytest.raises(OutputError, match="--design sobol"):
        sim.sensitivity(swept, "sobol")
    with pytest.raises(OutputError, match="did you mean 'agreement'"):
        sim.sensitivity(swept, outcome="agrement")
    with pytest.raises(OutputError, match="same at all points"):
        sim.sensitivity(swept, outcome="partial")


def test_the_threshold_of_a_share_and_its_interval(product: sim.Scenario) -> None:
    found = sim.threshold(product, "events.flood.probability=0:1", level=0.2, worlds=3000)
    (one,) = found.crossings
    assert not one.rises
    assert one.low < 0.6 < one.high  # type: ignore[operator]
    assert one.value == pytest.approx(0.6, abs=0.04)
    assert sim.threshold(product, "events.flood.probability=0:1", level=0.9, worlds=300).crossings == ()


def test_the_threshold_of_a_whole_number_is_the_first_on_the_other_side() -> None:
    found = sim.threshold("price_haggle", "meetings.lot.rounds=1:20", level=0.5, worlds=300)
    shares = dict(zip(found.points["value"], found.points["share"], strict=True))
    for one in found.crossings:
        assert float(one.value).is_integer()
        assert (shares[one.value] >= 0.5) != (shares[one.value - 1] >= 0.5)  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["boxes", "leaves"])
def test_discovery_finds_the_corner_in_which_deals_are_likely(product: sim.Scenario, kind: str) -> None:
    pytest.importorskip("ema_workbench" if kind == "boxes" else "sklearn")
    swept = sim.sweep(product, THREE, design="lhs", points=300, worlds=200)
    found = sim.discover(swept, level=0.3)
    largest = getattr(found, kind)[0]
    assert {limit.path for limit in largest.limits} == set(BOTH)
    assert all(limit.low is None and 0.2 < limit.high < 0.8 for limit in largest.limits)
    inside = np.logical_and.reduce([swept.points[limit.path].to_numpy() <= limit.high for limit in largest.limits])
    wanted = swept.points["agreement.share"].to_numpy() > 0.3
    assert largest.points == inside.sum()
    assert largest.coverage == pytest.approx((inside & wanted).sum() / wanted.sum())
    assert largest.density == pytest.approx((inside & wanted).sum() / inside.sum())
    assert largest.density > 0.75


def test_regret_and_robustness_of_choices(product: sim.Scenario) -> None:
    swept = sim.sweep(
        product,
        {"events.flood.probability": (0.0, 1.0)},
        levers={"meetings.talk.date": ["2000-01-02", "2000-01-04"]},  # before the strike, or after it
        design="lhs",
        points=40,
        worlds=500,
    )
    table = sim.robustness(swept, level=0.4).choices
    early, late = (swept.points["agreement.share"].to_numpy().reshape(2, 40)[i] for i in (0, 1))
    assert table["mean"].to_list() == pytest.approx([early.mean(), late.mean()])
    assert table["regret_most"].to_list() == pytest.approx([0.0, (early - late).max()])
    assert table["satisfied"].to_list() == pytest.approx([(early >= 0.4).mean(), (late >= 0.4).mean()])
    assert table["wins"][0] == 1.0
    with pytest.raises(OutputError, match="--lever"):
        sim.robustness(sim.sweep(product, BOTH, points=2, worlds=10))
