"""The summary says what the numbers say, with no more digits than the sample carries."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from report import cases

from sim.analysis import zone_exists
from sim.report.findings.packages import held
from sim.report.findings.rounds import arrange
from sim.report.findings.wants import central_wants
from sim.report.words.bottom_line import existence, likelihood
from sim.report.words.digits import interval, percent, share_range
from sim.report.words.run import summary_sentences
from sim.sweeps.possible import MissedDeals
from sim.sweeps.run import Results
from sim.talks.record.endings import OUTCOMES


def told(name: str, worlds: int | None = None) -> dict[str, str]:
    return told_of(cases.results(name, worlds))


def told_of(results: Results) -> dict[str, str]:
    found = summary_sentences(results, arrange(results.rounds))
    return {one.subject: " ".join((one.text, *one.items)) for one in found}


@pytest.mark.parametrize(
    ("count", "total", "share", "range_"),
    [
        (1, 3, "33%", "6% to 79%"),
        (30, 50, "60%", "46% to 72%"),
        (0, 20, "0%", "0% to 16%"),
        (20, 20, "100%", "84% to 100%"),
        (437, 1_000, "44%", "41% to 47%"),
        (43_721, 100_000, "43.7%", "43.4% to 44.0%"),
        (3, 100_000, "<0.01%", "0.00% to 0.01%"),
        (1, 400, "<1%", "0% to 1%"),
        (339, 340, ">99%", "98% to 100%"),
    ],
)
def test_shares_have_no_more_digits_than_the_sample_carries(count: int, total: int, share: str, range_: str) -> None:
    assert (percent(count, total), interval(count, total)) == (share, range_)


def test_both_ends_of_a_range_have_the_digits_that_both_carry() -> None:
    assert share_range([8_800, 9_530], 10_000) == "88% to 95%"
    assert share_range([1, 40], 100) == "1% to 40%"
    assert share_range([40, 40], 100) == "40%"


def test_the_outcomes_are_told_with_their_intervals() -> None:
    results = cases.results("price_haggle")
    text = told("price_haggle")["Outcome"]
    for one in results.outcomes.values():
        if one["count"]:
            count = int(one["count"])
            assert f"{percent(count, 50)}" in text
            assert f"{interval(count, 50)}" in text


def test_one_world_is_called_an_example() -> None:
    text = told("price_haggle", 1)["Outcome"]
    assert "One world is an example" in text
    assert "%" not in text


def test_no_agreement_is_said_with_what_the_sample_leaves_open() -> None:
    found = told("no_deal")
    assert "No world reached an agreement on every issue (0% to 16%)" in found["Outcome"]
    assert found["Deals"] == "No world settled any issue, so there is no deal to describe."
    assert "the gap did not narrow" in found["Gap"]


def test_talks_without_a_round_have_no_gap_and_nothing_is_refused() -> None:
    found = told("no_round")
    assert "no gap to measure" in found["Gap"]
    assert "Refused" not in found


@pytest.mark.parametrize("name", ["price_haggle", "nato_russia_2022", "scores"])
def test_the_gap_is_that_of_the_worlds_that_did_not_agree(name: str) -> None:
    worlds = cases.results(name).worlds
    mean = worlds.filter(pl.col("outcome") != "agreement")["gap"].mean()
    found = re.search(r"last ones (?:were )?(\d\.\d+)", told(name)["Gap"])
    assert found is not None
    digits = len(found.group(1)) - 2
    assert isinstance(mean, float)
    assert abs(float(found.group(1)) - mean) <= 0.5 * 10**-digits + 0.001


def test_who_refuses_is_told_as_in_the_json() -> None:
    results = cases.results("price_haggle")
    text = told("price_haggle")["Refused"]
    without = results.summary.without_agreement
    for one in results.as_json()["refusals"]:
        title = next(party.title for party in results.scenario.parties if party.id == one["party"])
        assert f"{title} ({percent(round(one['share'] * without), without)})" in text


@pytest.mark.parametrize("name", ["price_haggle", "nato_russia_2022", "three_sides", "no_deal"])
def test_whose_limits_alone_rule_a_deal_out_is_told_as_in_the_json(name: str) -> None:
    results = cases.results(name)
    found, text = results.as_json(), told(name).get("Blocked", "")
    shares: dict[str, float] = {}
    for one in found["blockers"]:
        shares[one["party"]] = shares.get(one["party"], 0.0) + one["share"]
    for party in sorted(shares, key=lambda party: -shares[party])[:3]:
        title = next(one.title for one in results.scenario.parties if one.id == party)
        count = round(shares[party] * found["blockers_of"])
        assert f"{title}, {percent(count, found['blockers_of'])}:" in text
    assert ("a single party" in text) == bool(shares)


SHARES = [
    ({"agreement": 10, "impasse": 990}, "is rare: 1% of", "Otherwise (99%) the talks end with"),
    ({"agreement": 600, "breakdown": 400}, "is more likely than not: 60% of", "Otherwise (40%) the talks break down."),
    ({"agreement": 990, "partial": 10}, "is almost certain: 99% of", "Otherwise (1%) some issues are settled"),
    ({"impasse": 1000}, "no simulated world reaches an agreement", "In all of them the talks end with nothing"),
    ({"agreement": 1000}, "the talks end in agreement on every issue, in every simulated world.", ""),
    ({"agreement": 300, "not_ratified": 700}, "is less likely than not: 30% of", "Otherwise (70%) a deal is signed"),
]


@pytest.mark.parametrize(("counts", "first", "then"), SHARES)
def test_the_first_sentence_says_how_likely_an_agreement_is(counts: dict[str, int], first: str, then: str) -> None:
    summary = cases.results("price_haggle").summary
    worlds = np.array([counts.get(name, 0) for name in OUTCOMES])
    text = likelihood(replace(summary, outcomes=worlds, names=OUTCOMES))
    assert first in text
    assert then in text


@pytest.mark.parametrize(
    ("settled", "missed", "words"),
    [
        (100, 0, "there was no package"),
        (100, 100, "there was a package"),
        (100, 20, "80% of the worlds where nothing was settled there was no package"),
        (100, 80, "80% of the worlds where nothing was settled there was a package"),
    ],
)
def test_whether_there_was_a_deal_to_be_had_is_said_by_the_greater_part(settled: int, missed: int, words: str) -> None:
    text = existence(MissedDeals(without_deal=settled, asked=settled, settled=settled, missed=missed))
    assert words in text
    assert text.endswith("it was not found.") == (2 * missed > settled)


@pytest.mark.parametrize("name", ["nato_russia_2022", "three_sides", "many_issues", "no_deal"])
def test_the_obstacle_named_is_who_or_what_stands_in_the_way_most_often(name: str) -> None:
    results = cases.results(name)
    found, text = results.as_json(), told(name)["In short"]
    pivots: dict[str, float] = {}
    for one in found["blockers"]:
        pivots[one["party"]] = pivots.get(one["party"], 0.0) + one["share"]
    if "alone stand in the way" in text:
        most = max(pivots.values())
        titles = [one.title for one in results.scenario.parties if pivots.get(one.id) == pytest.approx(most)]
        assert any(f"the needs and red lines of {title} alone" in text for title in titles)
    elif "Offers are turned down most often over" in text:
        most = found["refusals"][0]["share"]
        titles = [
            issue.title
            for issue in results.scenario.issues
            if any(one["issue"] == issue.id and one["share"] == most for one in found["refusals"])
        ]
        assert any(f"over {title}." in text for title in titles)
    else:
        assert not pivots
        assert not found["refusals"] or len(results.scenario.issues) == 1


NUMBERS = re.compile(r"(?<![\d.])(\d[\d,]*)(?= (?:simulated )?worlds?\b)")


@pytest.mark.parametrize("name", [*cases.BUNDLED, "no_deal", "three_sides", "scores", "many_issues"])
def test_every_number_of_worlds_in_the_summary_is_a_count_of_the_table(name: str) -> None:
    """Worked out from the table of worlds alone."""
    results = cases.results(name)
    table = results.worlds
    by_outcome = dict(table.group_by("outcome").len().iter_rows())
    agreed, total = by_outcome.get("agreement", 0), len(table)
    packages = [column for column in table.columns if column.startswith("package.")]
    with_deal = table.filter(pl.any_horizontal(pl.col(packages).is_not_null())).height
    known = {total, agreed, total - agreed, with_deal, total - with_deal, with_deal - agreed, *by_outcome.values()}
    asked = [world for world, outcome in table.select("world", "outcome").iter_rows() if outcome != "agreement"]
    known.add(sum(not exists for exists in zone_exists(results.scenario, results.seed, np.array(asked)).exists))
    for subject, text in told(name).items():
        for number in NUMBERS.findall(text):
            assert int(number.replace(",", "")) in known, (subject, text)


@pytest.mark.parametrize("name", [*cases.BUNDLED, "three_sides", "many_issues"])
def test_the_packages_shown_are_rows_of_the_table_and_their_shares_those_of_its_worlds(name: str) -> None:
    results = cases.results(name)
    columns = [f"package.{issue.id}" for issue in results.scenario.issues]
    signed = results.worlds.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    found = held(results.scenario, results.table, central_wants(results.scenario))
    for part, rows in (
        (found.whole, signed.filter(pl.col("outcome") == "agreement")),
        (found.partial, signed.filter(pl.col("outcome") != "agreement")),
    ):
        occur = rows.select(columns).rows()
        assert (part.worlds, part.different) == (len(occur), len(set(occur)))
        assert sum(kind.worlds for kind in part.kinds) == len(occur)
        for kind in part.kinds:
            options = zip(results.scenario.issues, kind.package, strict=True)
            package = tuple(issue.options[option].id for issue, option in options)
            assert occur.count(package) == kind.alike > 0
