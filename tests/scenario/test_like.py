"""`like`: one party's entries over another's."""

from __future__ import annotations

import pytest

from sim.scenario.loading import loads
from sim.scenario.model import Party
from sim.scenario.problems import ScenarioError

HEAD = """\
format: 1
title: T
sources: {book: A book, paper: A paper}
issues:
  i: {options: [a, b, c], status_quo: a}
  j: {options: [a, b, c], status_quo: a}
parties:
  other: {positions: {i: c}}
"""


def parties(*lines: str) -> dict[str, Party]:
    s = loads(HEAD + "".join(f"  {line}\n" for line in lines))
    return {p.id: p for p in s.parties}


def test_tables_are_merged_and_the_rest_is_replaced() -> None:
    got = parties(
        "base: {title: Base, side: s, positions: {i: a, j: b}, salience: {i: 2, j: 3}, red_lines: {i: [c], j: [c]}, "
        "reservation: {uniform: [0.1, 0.2]}, weight: 2}",
        "child: {like: base, positions: {i: 0.5}, salience: {j: 1}, red_lines: {i: [b]}, reservation: {status_quo: 0}}",
    )
    child = got["child"]
    assert child.title == "child"
    assert child.side == got["base"].side
    i, j = child.preferences
    assert i is not None
    assert i.ideal is not None
    assert i.ideal.place.parameters == (0.5,)
    assert j is not None
    assert j.ideal is not None
    assert j.ideal.options == (1,)
    assert (i.salience.parameters, j.salience.parameters) == ((2.0,), (1.0,))
    assert child.red_lines == frozenset({(0, 1), (1, 2)})
    assert child.reservation.status_quo
    assert child.weight.parameters == (2.0,)


def test_numbers_taken_over_are_drawn_for_the_party_itself() -> None:
    child = parties("base: {positions: {i: a}, reservation: {uniform: [0, 1]}}", "child: {like: base}")["child"]
    assert child.reservation.amount.path == "parties.child.reservation"


def test_scores_are_merged_by_option() -> None:
    child = parties(
        "base: {scores: {i: {a: 1, b: 2, c: 3}}, reservation: 0}", "child: {like: base, scores: {i: {b: 9}}}"
    )["child"]
    preference = child.preferences[0]
    assert preference is not None
    assert preference.scores is not None
    assert [q.parameters[0] for q in preference.scores] == [1, 9, 3]


def test_a_position_replaces_scores_and_scores_a_position() -> None:
    got = parties(
        "scorer: {scores: {i: {a: 1, b: 2, c: 3}}, reservation: 0}",
        "one: {like: scorer, positions: {i: a}}",
        "two: {like: one, scores: {i: {a: 3, b: 2, c: 1}}}",
    )
    one, two = got["one"].preferences[0], got["two"].preferences[0]
    assert one is not None
    assert one.scores is None
    assert one.ideal is not None
    assert two is not None
    assert two.scores is not None
    assert two.ideal is None


def test_chains_work_whatever_the_order() -> None:
    got = parties(
        "three: {like: two}", "two: {like: one, salience: {i: 2}}", "one: {positions: {i: b}, reservation: 0.3}"
    )
    assert got["three"].reservation.amount.parameters == (0.3,)
    preference = got["three"].preferences[0]
    assert preference is not None
    assert preference.salience.parameters == (2.0,)


def test_a_long_chain_is_no_trouble() -> None:
    links = [f"p{n}: {{like: p{n + 1}}}" for n in range(2000)]
    assert len(parties(*links, "p2000: {side: many, positions: {i: b}}")) == 2002


def test_a_mistake_taken_over_is_told_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        parties("base: {positions: {i: d}}", "one: {like: base}", "two: {like: base}")
    assert len(caught.value.problems) == 1
