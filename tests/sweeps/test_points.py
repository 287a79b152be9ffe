"""What a point of a sweep means: the same as a run with its values set."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

import sim
from sim.scenario.problems import ScenarioError
from sim.sweeps.store import OutputError


def assert_points_are_runs(name: str, swept: sim.Sweep, worlds: int, seed: int) -> None:
    for row in swept.points.iter_rows(named=True):
        run = sim.run(sim.load(name, [f"{path}={row[path]}" for path in swept.paths]), worlds, seed).as_json()
        for what in ("count", "share", "low", "high"):
            shares = {name: row[f"{name}.{what}"] for name in swept.outcomes}
            assert shares == {name: outcome[what] for name, outcome in run["outcomes"].items()}
        assert row["gap.first"] == run["gap"]["first"]
        assert row["gap.last"] == run["gap"]["last"]
        for issue, shares in run["settlements"].items():
            columns = [column for column in row if column.startswith(f"settlements.{issue}.")]
            assert {column.rsplit(".", 1)[1]: row[column] for column in columns if row[column]} == shares


@pytest.mark.parametrize(
    "vary",
    [
        ["parties.seller.reservation=0.1:0.6:3"],
        ["parties.buyer.positions.price=8000:9000:3"],
        ["parties.seller.concession=boulware,linear,{exponent: 2}", "parties.buyer.reservation=0.2,0.4"],
        ["parties.buyer.reservation"],
        ["meetings.lot.rounds=1:6:3"],
    ],
    ids=["number", "place on a scale", "policy and list", "own distribution", "whole number"],
)
def test_a_point_is_a_run_with_its_values_set(vary: list[str]) -> None:
    swept = sim.sweep("price_haggle", vary, points=3, worlds=60, seed=5)
    assert len(swept.points) >= 3
    assert_points_are_runs("price_haggle", swept, 60, 5)


def test_points_of_the_founding_scenario_are_runs() -> None:
    vary = {
        "parties.RUS.reservation.status_quo": (0.0, 0.4),
        "parties.POL.salience.membership": (0.1, 0.4),  # others are like it
        "end": (date(2022, 2, 22), date(2022, 3, 9)),
        "parties.RUS.package_only": [True, False],
        "parties.USA.positions.membership": ["open_door", "moratorium"],
    }
    swept = sim.sweep("nato_russia_2022", vary, design="lhs", points=2, worlds=12, seed=2)
    assert_points_are_runs("nato_russia_2022", swept, 12, 2)
    assert swept.points["end"].dtype == pl.Date


def test_mean_utilities_and_rows_agree_with_the_worlds() -> None:
    swept = sim.sweep("four_issue_trade", ["meetings.0.rounds=2,8"], worlds=40, keep_worlds=True)
    assert swept.rows is not None
    rows = swept.rows.collect()
    assert rows["world"].to_list() == [*range(40), *range(40)]
    for column in (c for c in swept.points.columns if c.startswith("utility.")):
        means = rows.group_by("point").agg(pl.col(column).mean()).sort("point")[column]
        np.testing.assert_allclose(swept.points[column], means, atol=1e-9)


def test_all_points_meet_the_same_worlds(product: sim.Scenario) -> None:
    swept = sim.sweep(product, {"events.flood.probability": (0.2, 0.8, 4)}, worlds=300, keep_worlds=True)
    assert swept.rows is not None
    outcomes = swept.rows.collect().pivot("point", index="world", values="outcome").drop("world").to_numpy()
    agreed = outcomes == "agreement"
    assert (agreed[:, :-1] >= agreed[:, 1:]).all()  # a world that the rarer flood struck, the more frequent one strikes


def test_a_list_of_points_from_a_file(tmp_path, product: sim.Scenario) -> None:
    columns = {"events.flood.probability": [0.0, 1.0, 0.5], "meetings.talk.rounds": [1, 2, 1]}
    table = pl.DataFrame({**columns, "clock": ["days", "rounds", "days"]})
    table.write_csv(tmp_path / "points.csv")
    table.write_parquet(tmp_path / "points.parquet")
    swept = [sim.sweep(product, points=tmp_path / f"points.{ending}", worlds=50) for ending in ("csv", "parquet")]
    assert swept[0].points.equals(swept[1].points)
    assert swept[0].points["agreement.share"][1] == 0.0
    assert swept[0].points["agreement.share"][0] > swept[0].points["agreement.share"][2] > 0.0
    assert swept[0].points.select(table.columns).equals(table)


def test_levers_meet_every_uncertain_point(product: sim.Scenario) -> None:
    swept = sim.sweep(
        product,
        {"events.flood.probability": (0.0, 1.0)},
        levers={"events.strike.probability": [0.0, 1.0]},
        design="lhs",
        points=4,
        worlds=20,
    )
    first, second = swept.points[:4], swept.points[4:]
    assert first["events.flood.probability"].equals(second["events.flood.probability"])
    assert second["agreement.share"].to_list() == [0.0] * 4


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("parties.buyer.reservatoin=0:1", "did you mean 'reservation'"),
        ("parties.buyer.reservation=0.6:0.2", "LOW must lie below HIGH"),
        ("parties.buyer.reservation=a:b", "neither a number nor a date"),
        ("parties.buyer.weight=-1:1", "--vary parties.buyer.weight=-1:1"),
        ("parties.buyer.weight", "the file is sure of this number"),
        ("parties.buyer.concession=boulware,bouldware", "bouldware"),
        ("parties.buyer.concession=bouldware,boulware", "--vary parties.buyer.concession=bouldware,boulware: "),
        ("=1:2", "expected PATH=LOW:HIGH"),
        ("parties.buyer.weight=0:1:0", "N, the number of values, must be a whole number of at least 1"),
        ("start=2024-03-03:2024-03-04", "say how many values it shall take: start=2024-03-03:2024-03-04:N"),
        ("worlds=5:10", "'worlds' cannot be varied"),
    ],
)
def test_what_cannot_be_varied_is_told_where_it_stands(vary: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=r"(?s)--vary") as error:
        sim.sweep("price_haggle", [vary], design="lhs", worlds=5, points=2)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("vary", "design", "values"),
    [
        ("start=2024-03-01:2024-03-03", "grid", [date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3)]),
        ("parties.buyer.reservation.plus_minus.1=0:0.25:2", "lhs", [0.0, 0.25]),
        ("parties.buyer.reservation.plus_minus.1=0:0.25", "tornado", [0.125, 0.0, 0.25]),
    ],
)
def test_a_range_that_changes_more_than_numbers_is_played_value_by_value(
    vary: str, design: str, values: list[Any]
) -> None:
    scenario = sim.load("price_haggle", ["end=2024-03-10"])
    swept = sim.sweep(scenario, [vary], design=design, points=3 if design == "grid" else 4, worlds=60)
    assert swept.points[swept.paths[0]].unique(maintain_order=True).to_list() == values
    for row in swept.points.iter_rows(named=True):
        played = sim.run(
            sim.load("price_haggle", [*scenario.changes, f"{swept.paths[0]}={row[swept.paths[0]]}"]), worlds=60
        )
        assert row["agreement.count"] == played.outcomes["agreement"]["count"]


def test_values_that_do_not_go_together_are_named() -> None:
    with pytest.raises(ScenarioError, match=r"lies before the start .* \(with start=2024-03-06\)"):
        sim.sweep("price_haggle", {"start": [date(2024, 3, 4), date(2024, 3, 6)]}, worlds=5)


def test_nothing_varied_or_twice_the_same_is_told() -> None:
    with pytest.raises(OutputError, match="nothing is varied"):
        sim.sweep("price_haggle")
    with pytest.raises(OutputError, match="varied twice"):
        sim.sweep("price_haggle", ["parties.buyer.weight=0.5:1", "parties.buyer.weight=1,2"])
