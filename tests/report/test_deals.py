"""What deals contain, who gains by them and when they come: on tables small enough to count by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import sim
from sim.report.findings.dates import dates, still_without
from sim.report.findings.gains import gains
from sim.report.findings.kinds import kinds
from sim.report.findings.packages import Packages, held
from sim.report.findings.wants import central_wants
from sim.report.words.deals import deals, sections
from sim.scenario.loading import loads
from sim.sweeps.intervals import wilson
from sim.sweeps.run import Results

TWO = """
format: 1
title: Two
start: 2024-01-01
issues:
  price: {options: [low, middle, high], status_quo: low}
  place: {options: [here, there], status_quo: here}
parties:
  A: {positions: {price: low, place: here}, reservation: 0.2}
  B: {positions: {price: high, place: there}, reservation: 0.2}
"""
SCENARIO = loads(TWO)


def table(rows: list[tuple[str, str | None, str | None]]) -> pl.LazyFrame:
    """Worlds by outcome, price and place, with gains that grow by 0.1 from world to world."""
    return pl.LazyFrame(
        {
            "world": range(len(rows)),
            "outcome": [row[0] for row in rows],
            "package.price": [row[1] for row in rows],
            "package.place": [row[2] for row in rows],
            "gain.A": [None if row[1] is None else 0.1 * k for k, row in enumerate(rows)],
            "gain.B": [None if row[1] is None else -0.1 for row in rows],
        },
        schema_overrides={"package.price": pl.String, "package.place": pl.String},
    )


def found(rows: list[tuple[str, str | None, str | None]]) -> Packages:
    return held(SCENARIO, table(rows), central_wants(SCENARIO))


ROWS = [
    ("agreement", "middle", "there"),
    ("agreement", "middle", "there"),
    ("agreement", "high", "here"),
    ("partial", "middle", "here"),
    ("breakdown", "middle", "here"),
    ("breakdown", None, None),
    ("impasse", None, None),
]


def test_whole_deals_and_partial_ones_are_told_apart() -> None:
    told = found(ROWS)
    assert (told.whole.worlds, told.whole.different) == (3, 2)
    assert (told.partial.worlds, told.partial.different, told.broken) == (2, 1, 1)
    assert told.refused.worlds == 0
    assert [(kind.worlds, kind.package.tolist()) for kind in told.whole.kinds] == [(2, [1, 1]), (1, [2, 0])]
    assert told.partial.common.all()


def test_they_are_told_in_words_as_they_are_counted() -> None:
    results = sim.run(SCENARIO, worlds=7)
    words = {subject: (text, items) for subject, text, items in deals(SCENARIO, results.summary, found(ROWS))}
    text, items = words["Deals"]
    assert "3 worlds agreed on every issue" in text
    assert "They hold 2 different packages." in text
    assert items == (
        "67% (21% to 94%): price: middle; place: there",
        "33% (6% to 79%): price: high; place: here, as it is now",
    )
    text, items = words["In part"]
    assert text == (
        "2 worlds settled some issues, with the rest left as it was; in 1 of these the talks then broke down. "
        "All 2 hold the same package:"
    )
    assert items == ("price: middle", "place: here, as it is now")


def test_refused_deals_are_read_where_the_results_tell_of_them() -> None:
    rows = [("not_ratified", None, None), ("impasse", None, None), ("agreement", "high", "there")]
    refused = {"refused_package.price": ["middle", None, None], "refused_package.place": ["here", None, None]}
    with_home = table(rows).with_columns(**{name: pl.Series(values) for name, values in refused.items()})
    told = held(SCENARIO, with_home, central_wants(SCENARIO))
    assert (told.whole.worlds, told.partial.worlds, told.refused.worlds) == (1, 0, 1)
    assert told.refused.kinds[0].package.tolist() == [1, 0]
    summary = sim.run(SCENARIO, worlds=3).summary
    assert [section.anchor for section in sections(SCENARIO, summary, told)] == ["deals-whole", "deals-refused"]
    assert [one[0] for one in deals(SCENARIO, summary, told)] == ["Deals", "Refused at home"]


def test_packages_in_two_heaps_are_two_kinds_around_a_package_that_occurs() -> None:
    # on an issue with eleven places: one heap at 0 to 3, one at 7 to 10, the middle of each the most frequent
    packages = np.array([[1], [9], [0], [2], [3], [7], [8], [10]])
    worlds = np.array([10, 9, 1, 2, 1, 1, 2, 1])
    place = np.linspace(0, 1, 11)[None]
    both = kinds(packages, worlds, place, np.ones(1))
    assert [(kind.worlds, kind.different, kind.package.tolist(), kind.alike) for kind in both] == [
        (14, 4, [1], 10),
        (13, 4, [9], 9),
    ]
    assert np.flatnonzero(both[0].counts[0]).tolist() == [0, 1, 2, 3]


def test_packages_without_heaps_are_of_one_kind() -> None:
    corners = np.array([[k >> j & 1 for j in range(5)] for k in range(32)])
    place = np.tile([0.0, 1.0], (5, 1))
    (only,) = kinds(corners, np.ones(32, dtype=np.int64), place, np.ones(5))
    assert (only.worlds, only.different, only.alike) == (32, 32, 1)
    assert not only.common.any()


def test_what_nobody_cares_about_makes_no_difference_between_packages() -> None:
    packages = np.array([[k, k % 2] for k in range(8)])
    place = np.stack([np.linspace(0, 1, 8), np.linspace(0, 7, 8)])
    by_first = kinds(packages, np.arange(8, 0, -1), place, np.array([1.0, 0.0]))
    alone = kinds(packages[:, :1], np.arange(8, 0, -1), place[:1], np.ones(1))
    assert [kind.worlds for kind in by_first] == [kind.worlds for kind in alone]


def test_gains_are_those_over_no_deal_in_the_same_world() -> None:
    seen = gains(SCENARIO, table(ROWS))
    assert (seen.whole.worlds, seen.partial.worlds) == (3, 2)
    assert [round(float(seen.whole.levels[name][0]), 9) for name in ("q05", "q50", "q95")] == [0.0, 0.1, 0.2]
    assert seen.partial.levels["q50"].round(9).tolist()[1] == -0.1
    assert seen.whole.lose.tolist() == [0, 3]
    assert not gains(SCENARIO, table(ROWS).drop("gain.A")).known


DRIFT = """
format: 1
title: Drift
issues: {price: {options: [low, middle, high]}}
parties:
  A: {positions: {price: low}, reservation: {uniform: [0.1, 0.4]}, concession: linear}
  B: {positions: {price: high}, reservation: 0.3, concession: linear}
meetings: [{date: 2000-01-03, rounds: 6}]
events: [{date: 2000-01-02, effects: {A.reservation: 0.05}}]
"""


def test_a_run_keeps_what_each_party_gains_with_what_events_did_to_it() -> None:
    results = sim.run(loads(DRIFT), worlds=20)
    agreed = (results.worlds["outcome"] == "agreement").to_numpy()
    without = results.draws["parties.A.reservation"].filter(agreed) + 0.05
    worlds = results.worlds.filter(agreed)
    assert results.worlds["gain.A"].is_null().to_list() == (~agreed).tolist()
    assert len(worlds) > 5
    assert np.allclose(worlds["gain.A"], worlds["utility.A"] - without)
    assert np.allclose(worlds["gain.B"], worlds["utility.B"] - 0.3)
    assert worlds["gain.A"].min() > 0  # type: ignore[operator]


def test_shares_without_a_deal_are_plain_where_all_are_watched_as_long() -> None:
    curve = still_without(np.array([0, 2, 0, 1]), np.array([0, 0, 0, 7]))
    assert np.allclose(curve.share, [1, 0.8, 0.8, 0.7])
    assert [round(float(end[-1]), 9) for end in (curve.low, curve.high)] == [round(end, 9) for end in wilson(7, 10)]


def test_worlds_that_are_no_longer_watched_are_no_longer_counted() -> None:
    # ten worlds: one deal on day 1, four watched to day 1 only, then one deal among the five left
    curve = still_without(np.array([0, 1, 1]), np.array([0, 4, 4]))
    assert np.allclose(curve.share, [1, 0.9, 0.9 * 0.8])
    assert curve.high[2] - curve.low[2] > wilson(7, 10)[1] - wilson(7, 10)[0]


def test_a_curve_comes_down_to_nothing_where_all_agree() -> None:
    curve = still_without(np.array([0, 3]), np.array([0, 0]))
    assert curve.share.tolist() == [1, 0]
    assert curve.low[1] == 0
    assert 0 < curve.high[1] < 1


WATCHED = """
format: 1
title: Watched
start: 2000-01-01
end: END
issues: {price: {options: [low, high]}}
parties:
  A: {positions: {price: low}, reservation: 0.5}
  B: {positions: {price: high}, reservation: 0.5}
meetings: [{date: 2000-01-04, rounds: 3}]
events: [{date: 2000-01-15, title: Rupture, ends: talks, probability: 0.5}]
"""


def watched(end: str) -> Results:
    return sim.run(loads(WATCHED.replace("END", end)), worlds=60)


def test_a_breakdown_is_dated_by_the_day_on_which_it_happened() -> None:
    results = watched("{days: 30}")
    broken = results.worlds.filter(pl.col("outcome") == "breakdown")
    assert len(broken) == results.outcomes["breakdown"]["count"] > 0
    assert set(broken["day"]) == {3}  # the last meeting
    assert set(broken["broke_on"]) == {14}
    seen = dates(results)
    share = 1 - len(broken) / 60
    assert seen.broken.share[[13, 14, 30]].tolist() == pytest.approx([1, share, share])
    assert seen.watched == (30, 30)
    assert seen.half is None
    assert seen.agreed.share[-1] == 1


def test_uncertain_ends_of_watching_are_those_that_the_worlds_drew() -> None:
    results = watched("{days: {choice: [20, 40]}}")
    seen = dates(results)
    assert seen.watched == (20, 40)
    assert len(seen.broken.share) == 41
    # whatever happened came on day 14, before any watching stopped
    assert seen.broken.share[-1] == pytest.approx(1 - results.outcomes["breakdown"]["share"])
