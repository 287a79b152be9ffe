"""The summary says what the numbers say, with no more digits than the sample carries."""

from __future__ import annotations

import re

import polars as pl
import pytest
from report import cases

from sim.report.digits import interval, percent, share_range
from sim.report.rounds import arrange
from sim.report.words import summary_sentences


def told(name: str, worlds: int | None = None) -> dict[str, str]:
    results = cases.results(name, worlds)
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


def test_talks_without_a_round_have_no_gap_and_no_blockers() -> None:
    found = told("no_round")
    assert "no gap to measure" in found["Gap"]
    assert "Blocked" not in found


@pytest.mark.parametrize("name", ["price_haggle", "nato_russia_2022", "scores"])
def test_the_gap_is_that_of_the_worlds_that_did_not_agree(name: str) -> None:
    worlds = cases.results(name).worlds
    mean = worlds.filter(pl.col("outcome") != "agreement")["gap"].mean()
    found = re.search(r"last ones (?:were )?(\d\.\d+)", told(name)["Gap"])
    assert found is not None
    digits = len(found.group(1)) - 2
    assert isinstance(mean, float)
    assert abs(float(found.group(1)) - mean) <= 0.5 * 10**-digits + 0.001


def test_who_blocks_is_told_as_in_the_json() -> None:
    results = cases.results("price_haggle")
    text = told("price_haggle")["Blocked"]
    without = results.summary.without_agreement
    for one in results.as_json()["blockers"]:
        title = next(party.title for party in results.scenario.parties if party.id == one["party"])
        assert f"{title} ({percent(round(one['share'] * without), without)})" in text
