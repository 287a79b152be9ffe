"""Ids that look like numbers: they are kept as they are written, and come before the number that they look like."""

from __future__ import annotations

import pytest

import sim
from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError

TEXT = """
format: 1
title: Which draft
issues: {draft: {options: [OPTIONS], status_quo: QUO}}
parties:
  a: {positions: {draft: "1.10"}}
  b: {positions: {draft: POSITION}}
"""


def made(position: str = "1.0", options: str = '"1.0", "1.9", "1.10"', quo: str = '"1.10"') -> sim.Scenario:
    text = TEXT.replace("OPTIONS", options).replace("QUO", quo).replace("POSITION", position)
    return loads(text, "draft.yaml")


def wanted(scenario: sim.Scenario) -> str | float:
    ideal = scenario.parties[1].preferences[0].ideal
    if ideal.options:
        return scenario.issues[0].options[ideal.options[0]].id
    return ideal.place.parameters[0]


@pytest.mark.parametrize("options", ['"1.0", "1.9", "1.10"', "1.0, 1.9, 1.10"])
@pytest.mark.parametrize(
    ("position", "meant"), [("1.0", "1.0"), ('"1.0"', "1.0"), ("1.10", "1.10"), ("1", 1.0), ("1.00", 1.0), ("0.3", 0.3)]
)
def test_an_exact_match_with_an_id_comes_before_a_number(options: str, position: str, meant: str | float) -> None:
    scenario = made(position, options)
    assert [one.id for one in scenario.issues[0].options] == ["1.0", "1.9", "1.10"]
    assert wanted(scenario) == meant


def test_the_deal_bears_the_id_as_it_is_written() -> None:
    assert sim.trace(made("1.10")).package == {"draft": "1.10"}


@pytest.mark.parametrize(
    ("written", "option"), [("1.10", 2), ("1.1", 2), ('"1.1"', 2), ("1.0", 0), ("1", 0), ("1.90", 1), ("19e-1", 1)]
)
def test_where_no_number_can_stand_one_names_the_only_id_of_its_value(written: str, option: int) -> None:
    assert made(quo=written).issues[0].status_quo == option


def test_a_number_that_could_be_two_ids_is_none() -> None:
    options = '"1.1", "1.10", "2"'
    assert [made(quo=quo, options=options).issues[0].status_quo for quo in ("1.1", "1.10")] == [0, 1]
    with pytest.raises(ScenarioError, match=r"there is no option '1\.100'"):
        made(quo="1.100", options=options)


def test_ids_of_the_same_value_are_different_ids_everywhere() -> None:
    text = """
format: 1
title: Numbers for names
issues: {1.0: {options: [a, b]}, 1.00: {options: [c, d]}}
parties:
  7: {positions: {1.0: a, 1.00: c}, reservation: 0.1}
  7.0: {positions: {1.0: b, 1.00: d}, reservation: 0.1, red_lines: {1.00: [c]}}
meetings: [{id: 2.0, parties: [7, 7.0], agenda: [1.0, 1.00]}]
"""
    scenario = loads(text)
    assert [one.id for one in scenario.issues] == ["1.0", "1.00"]
    assert [one.id for one in scenario.parties] == ["7", "7.0"]
    assert scenario.parties[1].red_lines == {(1, 0)}
    assert scenario.meetings[0].id == "2.0"


@pytest.mark.parametrize("change", ["parties.b.positions.draft=1.0", "parties.b.positions.draft='1.0'"])
def test_changes_mean_what_the_file_would_mean(change: str) -> None:
    text = TEXT.replace("OPTIONS", '"1.0", "1.9", "1.10"').replace("QUO", '"1.10"').replace("POSITION", "0.5")
    assert wanted(loads(text, changes=[change])) == "1.0"


def test_a_list_of_values_in_a_sweep_takes_ids_for_ids() -> None:
    swept = sim.sweep(made("0.5"), vary=["parties.b.positions.draft=1.0,0.5,1.9"], worlds=1)
    assert swept.points["parties.b.positions.draft"].to_list() == ["1.0", "0.5", "1.9"]
    assert swept.points["utility.b"].to_list() == [0.0, 0.5, 0.5]
