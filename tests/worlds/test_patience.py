"""Deadlines and the pace as arrays, and what events make of them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding, addresses, draw_coding

TEXT = """
format: 1
title: T
end: {days: 44}
issues: {i: {options: [a, b]}}
sides:
  pair: {decides: RULE}
parties:
  x: {side: pair, positions: {i: a}, reservation: 0.1}
  y: {side: pair, positions: {i: a}, reservation: 0.1}
  z: {positions: {i: b}, reservation: 0.1}
"""
WORLDS = np.arange(5)
HERE = np.array([0, 3])


def made(*changes: str, rule: str = "consensus") -> tuple[Scenario, Coding]:
    scenario = loads(TEXT.replace("RULE", rule), changes=changes)
    return scenario, draw_coding(scenario, 0, WORLDS)


def test_a_side_without_a_deadline_has_the_scenarios_and_a_scenario_without_one_the_end() -> None:
    assert made()[1].deadline.tolist() == [[44.0] * 5] * 2
    _, coded = made("deadline={days: 60}", "parties.z.deadline={days: 9}")
    assert coded.deadline.tolist() == [[60.0] * 5, [9.0] * 5]
    assert coded.scenario_deadline.tolist() == [60.0] * 5
    _, coded = made("deadline={days: {uniform: [40, 90]}}")
    assert (coded.deadline == coded.scenario_deadline).all()
    assert len(set(coded.scenario_deadline)) > 1
    assert (coded.deadline == np.round(coded.deadline)).all()


def test_the_pace_by_rule() -> None:
    assert made()[1].pace.tolist() == [[0.5] * 5] * 2
    assert made(rule="unanimity")[1].pace.tolist() == [[1.0] * 5, [0.5] * 5]
    assert np.isnan(made(rule="{leader: x}")[1].pace[0]).all()
    pace = made("sides.pair.pace={uniform: [0.2, 0.9]}")[1].pace
    assert len(set(pace[0])) == 5
    assert ((pace >= 0.2) & (pace <= 0.9)).all()


def change(scenario: Scenario, coded: Coding, path: str, how: str, amount: float) -> None:
    coded.change(addresses(scenario)[path], how, np.full(len(HERE), amount), HERE)


@pytest.mark.parametrize("path", ["deadline.days", "end.days"])
def test_who_takes_the_scenarios_deadline_follows_when_an_event_moves_it(path: str) -> None:
    stated = ["deadline={days: 60}"] if path == "deadline.days" else []
    scenario, coded = made(*stated, "parties.z.deadline={days: 9}")
    before = coded.scenario_deadline[0]
    change(scenario, coded, path, "add", 5.0)
    here = np.isin(WORLDS, HERE)
    assert coded.deadline[0].tolist() == np.where(here, before + 5, before).tolist()
    assert coded.deadline[1].tolist() == [9.0] * 5


def test_the_end_moves_no_deadline_where_one_is_stated() -> None:
    scenario, _ = made("deadline={days: 60}")
    assert "end.days" not in addresses(scenario)


def test_effects_add_up_before_they_are_kept_in_the_legal_range() -> None:
    scenario, coded = made("sides.pair.pace=0.5", "parties.z.deadline={days: 9}")
    for amount, pace in ((0.8, 1.0), (-0.4, 0.9), (-2.0, 0.0)):
        change(scenario, coded, "sides.pair.pace", "add", amount)
        assert coded.pace[0, HERE].tolist() == pytest.approx([pace] * 2)
    for amount, days in ((-20.0, 0.0), (15.4, 4.0), (0.2, 5.0)):
        change(scenario, coded, "parties.z.deadline.days", "add", amount)
        assert coded.deadline[1, HERE].tolist() == [days] * 2
    assert coded.pace[0, 1] == 0.5
    assert coded.deadline[1, 1] == 9.0
