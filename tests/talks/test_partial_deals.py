"""Partial deals: what they must be worth, who settles them, and in what order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.parties.partial_deals import partial_reservation
from sim.scenario.loading import loads
from sim.trace.minutes import Minutes

THREE_ISSUES = """
format: 1
title: Three issues, two of them on common ground
early_harvest: true
issues:
  land: {options: [mine, yours], status_quo: mine}
  sea: {options: [closed, half, open], status_quo: half}
  sky: {options: [closed, open], status_quo: closed}
parties:
  a: {positions: {land: mine, sea: open, sky: open}, reservation: 0.4}
  b: {positions: {land: yours, sea: open, sky: open}, SALIENCE reservation: LEAST}
meetings: [{id: talks, rounds: 1}]
"""


def played(least: float, salience: str = "", more: str = "") -> Minutes:
    text = THREE_ISSUES.replace("LEAST", f"{least}{more}").replace("SALIENCE", salience)
    return sim.trace(loads(text, "three.yaml"))


def test_issues_on_common_ground_are_settled_in_the_order_of_the_file() -> None:
    minutes = played(0.5)
    assert minutes.outcome == "partial"
    assert minutes.settled == ["sea", "sky"]
    assert minutes.package == {"land": "mine", "sea": "open", "sky": "open"}


def test_an_issue_is_settled_only_if_it_brings_its_share_of_the_surplus() -> None:
    # For b the status quo is worth 1/6, half of the sea. Opening the sea brings 1/6 and is a third of its stakes, so
    # that a surplus of more than 1/2 is too much to ask of it; opening the sky brings 1/3 and is a third too.
    assert played(1 / 6 + 0.49).settled == ["sea", "sky"]
    assert played(1 / 6 + 0.51).settled == ["sky"]


def test_with_less_than_the_status_quo_as_reservation_value_a_deal_must_still_be_worth_the_status_quo() -> None:
    # Nobody settles by itself what makes things worse than they are, also where no deal is worse still.
    text = THREE_ISSUES.replace("LEAST", "0").replace("SALIENCE", "").replace("sky: open}", "sky: closed}", 1)
    assert sim.trace(loads(text, "three.yaml")).settled == ["sea"]


def test_a_side_that_insists_on_the_package_passes_no_partial_deal() -> None:
    minutes = played(0.3, more=", package_only: true")
    assert minutes.settled == []


SO_MANY = """
format: 1
title: Two of three
early_harvest: true
issues:
  land: {options: [mine, ours, yours], status_quo: ours}
  sea: {options: [closed, open], status_quo: closed}
parties:
  a: {positions: {land: mine, sea: open}, reservation: 0.5}
  b: {positions: {land: yours, sea: open}, reservation: 0.9}
  c: {positions: {land: ours, sea: SEA}, reservation: 0.5}
meetings: [{id: talks, rounds: 1}]
agreement: {at_least: 2, veto: [c]}
"""


@pytest.mark.parametrize(("sea", "settled"), [("open", ["sea"]), ("closed", [])])
def test_with_so_many_needed_a_veto_stops_a_partial_deal_and_others_need_not_join_it(
    sea: str, settled: list[str]
) -> None:
    text = SO_MANY.replace("SEA", sea).replace("rounds: 1", "rounds: 1, protocol: simultaneous")
    assert sim.trace(loads(text, "many.yaml")).settled == settled


shares = st.floats(0.0, 1.0)


@given(least=shares, quo=shares, stakes=st.lists(st.floats(0.01, 1.0), min_size=2, max_size=5), more=st.data())
def test_the_reservation_value_for_a_partial_deal_grows_to_that_of_the_whole(
    least: float, quo: float, stakes: list[float], more: st.DataObject
) -> None:
    order = more.draw(st.permutations(range(len(stakes))))
    settled = np.zeros((len(stakes), len(stakes) + 1), dtype=bool)
    for world, j in enumerate(order):
        settled[j, world + 1 :] = True
    one = np.ones(len(stakes) + 1)
    values = partial_reservation(least * one[None], quo * one[None], np.array(stakes)[None, :, None] * one, settled)[0]
    assert values[0] == pytest.approx(quo)
    assert values[-1] == pytest.approx(max(least, quo))
    assert (np.diff(values) >= -1e-12).all()
