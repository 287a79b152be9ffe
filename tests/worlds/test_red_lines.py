"""Red lines as they are drawn in worlds."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.worlds.coding import addresses, central_coding, draw_coding

TEXT = """
format: 1
title: T
issues: {i: {options: [a, b, c]}}
parties:
  x: {positions: {i: a}, reservation: {plus_minus: [0.4, 0.3], shared: {mood: 1}}, red_lines: {i: [c]}}
  y: {positions: {i: c}, reservation: 0.1}
EVENTS
"""
MANY = np.arange(4000)


def made(*changes: str, events: str = "") -> Scenario:
    return loads(TEXT.replace("EVENTS", events), changes=changes)


def drawn(scenario: Scenario, worlds: NDArray[np.int64] = MANY, option: int = 1) -> NDArray[np.bool_]:
    red = draw_coding(scenario, 0, worlds).red
    return np.broadcast_to(red, (*red.shape[:3], len(worlds)))[0, 0, option]


def test_red_lines_that_are_certain_take_no_room_by_world() -> None:
    assert draw_coding(made(), 0, MANY).red.shape == (2, 1, 3, 1)
    assert draw_coding(made("parties.x.red_lines.i.b=0.5"), 0, MANY).red.shape == (2, 1, 3, len(MANY))


@pytest.mark.parametrize("written", ["0", "0.03", "0.5", "0.97", "1", "{uniform: [0.2, 0.6]}", "{beta: [1, 3]}"])
def test_an_option_is_a_red_line_as_often_as_its_probability_says(written: str) -> None:
    expected = {"{uniform: [0.2, 0.6]}": 0.4, "{beta: [1, 3]}": 0.25}.get(written) or float(
        0 if written.startswith("{") else written
    )
    share = drawn(made(f"parties.x.red_lines.i.b={written}")).mean()
    assert share == pytest.approx(expected, abs=4 * sqrt(expected * (1 - expected) / len(MANY)) + 1e-12)


def test_a_world_draws_the_same_whatever_is_drawn_beside_it() -> None:
    scenario = made("parties.x.red_lines.i.b=0.5")
    whole = drawn(scenario)
    assert (drawn(scenario, np.array([17, 3, 2999])) == whole[[17, 3, 2999]]).all()
    assert (drawn(made("parties.x.red_lines.i.b=0.5", "parties.y.reservation={uniform: [0, 1]}")) == whole).all()


def test_a_higher_probability_only_adds_red_lines() -> None:
    low, high = (drawn(made(f"parties.x.red_lines.i.b={p}")) for p in (0.3, 0.6))
    assert (low <= high).all()
    assert low.sum() < high.sum()


def test_what_is_shared_moves_both_the_same_way() -> None:
    scenario = made("parties.x.red_lines.i.b={probability: 0.3, shared: {mood: 1}}")
    coded = draw_coding(scenario, 0, MANY)
    red, reservation = coded.red[0, 0, 1], coded.reservation[0]
    assert reservation[red].min() >= reservation[~red].max()
    apart = draw_coding(made("parties.x.red_lines.i.b={probability: 0.3, shared: {luck: 1}}"), 0, MANY)
    assert abs(np.corrcoef(apart.red[0, 0, 1], apart.reservation[0])[0, 1]) < 0.06


@pytest.mark.parametrize(
    ("written", "red"),
    [
        ("0.49", False),
        ("0.5", True),
        ("1", True),
        ("0", False),
        ("{uniform: [0.2, 0.9]}", True),
        ("{beta: [1, 3]}", False),
    ],
)
def test_the_central_values_take_what_is_as_likely_as_not(written: str, red: bool) -> None:
    assert central_coding(made(f"parties.x.red_lines.i.b={written}")).red[0, 0, 1, 0] == red


def test_a_value_given_by_a_design_is_the_probability() -> None:
    scenario = made("parties.x.red_lines.i.b=0")
    given = {"parties.x.red_lines.i.b": np.repeat([0.0, 1.0], 100)}
    red = draw_coding(scenario, 0, np.arange(200), given).red[0, 0, 1]
    assert not red[:100].any()
    assert red[100:].all()


def test_an_event_draws_a_line_or_gives_it_up_where_it_happens() -> None:
    scenario = made(
        events="events: [{date: {days: 1}, effects: {x.red_lines.i.b: {set: 1}, x.red_lines.i.c: {set: 0}}}]"
    )
    coded = draw_coding(scenario, 0, np.arange(4))
    here = np.array([0, 3])
    for path, value in (("b", 1.0), ("c", 0.0)):
        coded.change(addresses(scenario)[f"parties.x.red_lines.i.{path}"], "set", np.full(2, value), here)
    assert coded.red[0, 0].tolist() == [[False] * 4, [True, False, False, True], [False, True, True, False]]
