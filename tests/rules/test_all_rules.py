"""What holds of every decision rule in the list: its votes, its margins and its inequalities say the same."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules.seats import margin, side_of, votes

from sim.parties.ballot import Ballot
from sim.rules import RULES, rule_named
from sim.rules.rule import DecisionRule


@st.composite
def sides(draw: st.DrawFn) -> Ballot:
    """A side of up to four members, weights and numbers such that sums are often just reached."""
    rule: DecisionRule = draw(st.sampled_from(list(RULES.values())))
    size = draw(st.integers(1, 4))
    weight = draw(st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3, 1.0]), min_size=size, max_size=size))
    steps = st.integers(1, 10)
    number = float("nan")
    if rule.number is not None:
        low, high = rule.number.low, rule.number.most(size)
        number = low + (high - low) * draw(steps) / 10
    return side_of(
        rule.name,
        weight if any(weight) else [1.0] * size,
        number,
        draw(st.one_of(st.just(float("nan")), steps.map(lambda k: k / 10))),
        draw(st.integers(0, size - 1)) if rule.names else None,
        tuple(sorted(draw(st.sets(st.integers(0, size - 1), max_size=2)))),
    )


def accepted(side: Ballot, yes: tuple[bool, ...]) -> bool:
    """Whether the side passes what these members are for and the others object to."""
    return bool(side.passes(~votes(*yes), votes(*yes))[0])


@given(sides())
@settings(max_examples=60, deadline=None)
def test_the_inequalities_hold_exactly_where_the_side_passes(side: Ballot) -> None:
    ways = side.ways()
    for yes in product((False, True), repeat=side.seats.members):
        voted = np.array(yes, dtype=float)
        held = any(all(float(counts[:, 0] @ voted) >= needed[0] for counts, needed in rows) for rows in ways)
        assert held == accepted(side, yes)


@given(sides(), st.data())
@settings(max_examples=60, deadline=None)
def test_the_margin_is_the_highest_demand_at_which_the_side_passes(side: Ballot, data: st.DataObject) -> None:
    size = side.seats.members
    surplus = data.draw(st.lists(st.sampled_from([-0.4, -0.1, 0.1, 0.25, 0.5]), min_size=size, max_size=size))
    objects = votes(*(one < 0.0 for one in surplus))
    passed = [d for d in (0.0, 0.1, 0.25, 0.5) if side.passes(objects, votes(*(one >= d for one in surplus)))[0]]
    found = margin(side, *surplus)
    assert (found >= 0.0) == bool(passed)
    if passed:
        assert found == passed[-1]


@given(sides())
@settings(max_examples=40, deadline=None)
def test_more_who_say_yes_never_break_a_decision(side: Ballot) -> None:
    for yes in product((False, True), repeat=side.seats.members):
        if accepted(side, yes):
            for more in range(side.seats.members):
                assert accepted(side, (*yes[:more], True, *yes[more + 1 :]))


@given(sides())
@settings(max_examples=40, deadline=None)
def test_some_of_the_worlds_decide_as_they_did(side: Ballot) -> None:
    both = side.of(np.array([0, 0]))
    for yes in product((False, True), repeat=side.seats.members):
        twice = np.repeat(votes(*yes), 2, axis=1)
        assert both.passes(~twice, twice).tolist() == [accepted(side, yes)] * 2


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown decision rule 'acclamation'"):
        rule_named("acclamation")
    with pytest.raises(ValueError, match="unknown decision rule 'acclamation'"):
        side_of("acclamation", [1, 1])


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_can_be_said_and_stands_in_the_file(rule: DecisionRule) -> None:
    assert rule.name in rule.form
    assert rule.summary.endswith(".")
    assert rule.asks.format(number=0.5)
    assert (rule.number is None) or not rule.names
    assert bool(rule.names) == bool(rule.absent)
