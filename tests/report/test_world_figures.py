"""What is shown of a single world is what happened in it."""

from __future__ import annotations

import numpy as np
import polars as pl
from report import cases

from sim.analysis.game import utilities
from sim.interface import run, trace
from sim.report.findings.chosen import chosen
from sim.report.findings.course import course


def test_the_first_world_of_every_outcome_is_chosen() -> None:
    worlds = pl.DataFrame(
        {
            "world": range(7),
            "outcome": ["impasse", "impasse", "breakdown", "impasse", "agreement", "breakdown", "talks_continue"],
        }
    )
    assert chosen(worlds.lazy()) == [0, 2, 4, 6]
    assert chosen(worlds.head(2).lazy()) == [0, 1]
    assert chosen(worlds.head(4).lazy()) == [0, 1, 2]


def test_the_dance_ends_where_the_world_ended() -> None:
    results = cases.results("price_haggle")
    prices = results.scenario.issues[0].options
    for world, outcome, price in results.worlds.select("world", "outcome", "package.price").head(12).iter_rows():
        went = course(results.scenario, world, results.seed)
        assert (went.deal is None) == (outcome != "agreement")
        if went.deal is not None:
            assert prices[went.deal[0]].id == price
            assert went.zone is True


def test_no_offer_lies_beyond_the_frontier() -> None:
    results = cases.results("four_issue_trade")
    went = course(results.scenario, 3, results.seed)
    edge = went.frontier(0).utilities
    for side in (0, 1):
        path = went.path(0, side)
        assert path.shape[1] > 1
        for point in path.T:
            assert not (edge > point[:, None] + 1e-9).all(axis=0).all()
            assert (edge >= point[:, None] - 1e-9).all(axis=0).any()


def test_the_path_of_a_side_is_that_of_its_offers_in_the_minutes() -> None:
    results = cases.results("four_issue_trade")
    scenario = results.scenario
    went, minutes = course(scenario, 5, results.seed), trace(scenario, 5, results.seed)
    for s, side in enumerate(scenario.sides):
        told = [
            move.package
            for meeting in minutes.meetings
            for one in meeting.rounds
            for move in one.moves
            if move.side == side.id and move.act in ("offer", "counter") and move.package
        ]
        changed = [package for k, package in enumerate(told) if not k or package != told[k - 1]]
        packages = np.array([[issue.index(package[issue.id]) for issue in scenario.issues] for package in changed])
        assert np.allclose(utilities(went.pair(0), packages), went.path(0, s))


def test_rounds_tell_where_the_offers_lie() -> None:
    scenario = cases.scenario("four_issue_trade")
    minutes = trace(scenario, 0, seed=1)
    table = run(scenario, 1, seed=1).rounds.filter(pl.col("measure") == "offer")
    last: dict[str, dict[str, str]] = {}
    for order, meeting in enumerate(minutes.meetings):
        for one in meeting.rounds:
            for move in one.moves:
                if move.act in ("offer", "counter") and move.package:
                    last[move.side] = move.package
                if move.act == "accept" and move.package:
                    last = {side.id: move.package for side in scenario.sides}
            rows = table.filter((pl.col("order") == order + 1) & (pl.col("round") == one.number))
            assert len(rows) == len(scenario.sides) * len(scenario.issues)
            for side, issue_id, mean in rows.select("side", "issue", "mean").iter_rows():
                issue = next(issue for issue in scenario.issues if issue.id == issue_id)
                place = issue.index(last[side][issue_id]) / (len(issue.options) - 1)
                assert abs(mean - place) < 1e-9
