"""Kinds of sentences that once said something else than the numbers: a test for each."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

import sim
from sim.report.findings.packages import held
from sim.report.findings.rounds import arrange
from sim.report.findings.wants import central_wants
from sim.report.words.at_home import refused
from sim.report.words.bottom_line import likelihood
from sim.report.words.captions import RUN
from sim.report.words.deals import deals
from sim.report.words.missed_deals import missed_in_words
from sim.report.words.run import summary_sentences
from sim.scenario.loading import loads
from sim.sweeps.possible import MissedDeals
from sim.sweeps.run import Results
from sim.talks.record.endings import OUTCOMES

TRADE = """
format: 1
title: Trade
issues:
  price: {scale: {from: 0, to: 20, step: 1}, status_quo: 0}
  time: {options: [now, later], status_quo: later}
parties:
  buyer:
    positions: {price: 0, time: now}
    reservation: {uniform: [0, 0.2]}
    concession: {exponent: {uniform: [0.3, 3]}}
  seller: {positions: {price: 20, time: now}, reservation: {uniform: [0, 0.2]}, concession: linearHOME}
meetings: [{id: talks, rounds: 40}]
"""
AT_ONCE = """
format: 1
title: At once
issues: {price: {options: [low, high], status_quo: low}}
parties:
  first: {positions: {price: high}, reservation: 0}
  second: {title: The second, reservation: 0}
meetings: [{id: talks, rounds: 2}]
"""


@cache
def trade(home: str = "") -> Results:
    return sim.run(loads(TRADE.replace("HOME", home), "trade.yaml"), worlds=30)


def told(results: Results) -> dict[str, str]:
    found = summary_sentences(results, arrange(results.rounds))
    return {one.subject: " ".join((one.text, *one.items)) for one in found}


def test_deals_are_told_as_packages_that_occur() -> None:
    results = trade()
    found = held(results.scenario, results.table, central_wants(results.scenario))
    ((subject, text, items),) = deals(results.scenario, results.summary, found)
    assert subject == "Deals"
    assert "most often" not in text
    assert f"They hold {found.whole.different} different packages" in text
    assert "The same in all: time: now." in text
    prices = set(results.worlds["package.price"].cast(int))
    assert all(int(item.split("price: ")[1].split()[0]) in prices for item in items)


def test_worlds_that_all_agreed_are_not_told_to_be_apart() -> None:
    results = trade()
    assert results.outcomes["agreement"]["share"] == 1
    assert "Apart" not in told(results)


@pytest.mark.parametrize(("missed", "start"), [(1638, "In each of the 1,638 worlds"), (3, "In 3 of the 1,638 worlds")])
def test_all_are_not_counted_out_of_themselves(missed: int, start: str) -> None:
    text = missed_in_words(MissedDeals(without_deal=1638, asked=1638, settled=1638, missed=missed))
    assert text.startswith(start)
    assert "1,638 of the 1,638" not in text


def test_one_other_outcome_is_not_the_most_frequent_of_several() -> None:
    summary = trade().summary
    counts = np.array([{"agreement": 900, "impasse": 100}.get(name, 0) for name in OUTCOMES])
    text = likelihood(replace(summary, outcomes=counts, names=OUTCOMES))
    assert "Otherwise (10%) the talks end with nothing settled." in text
    several = np.array([{"agreement": 900, "impasse": 60, "breakdown": 40}.get(name, 0) for name in OUTCOMES])
    assert "Otherwise, most often (6%)," in likelihood(replace(summary, outcomes=several, names=OUTCOMES))


def test_deals_that_home_refused_are_not_told_as_no_agreement() -> None:
    results = trade(", ratification: {probability: 0}")
    found = told(results)
    assert set(results.worlds["outcome"]) == {"not_ratified"}
    assert "no agreement is ratified in any simulated world" in found["In short"]
    assert "No agreement came into force in any world" in found["Outcome"]
    assert found["Deals"] == "Every deal that was signed was refused at home, so none came into force."
    assert refused(results.scenario, results.summary).startswith("All 30 signed deals were refused at home (")
    assert not any("reached an agreement" in text or "No world settled" in text for text in found.values())


def test_who_only_accepts_leaves_a_gap_of_nothing_and_not_no_gap() -> None:
    results = sim.run(loads(AT_ONCE, "at_once.yaml"), worlds=3)
    assert results.outcomes["agreement"]["share"] == 1
    assert told(results)["Gap"].startswith("The sides never stood apart")


def test_captions_say_one_per_issue() -> None:
    assert RUN["offers"].text.startswith("One panel per issue")
    assert RUN["settlements"].text.startswith("One bar per issue")
