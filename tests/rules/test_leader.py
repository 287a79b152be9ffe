"""A leader decides alone, but for vetoes."""

from __future__ import annotations

from rules.seats import barred, margin, passes, side_of

from sim.rules.condition import NEVER


def test_the_leader_alone_must_be_for_it() -> None:
    side = side_of("leader", [1, 9], named=0)
    assert passes(side, "fo")
    assert not passes(side, "hf")


def test_a_veto_stops_a_leader_too() -> None:
    side = side_of("leader", [1, 1, 1], named=0, veto=(2,))
    assert passes(side, "foh")
    assert not passes(side, "fho")


def test_without_its_leader_a_side_can_decide_nothing() -> None:
    side = side_of("leader", [1, 1, 1], named=0, present=(1, 2))
    assert not passes(side, "ff")
    assert margin(side, 1.0, 1.0) == NEVER


def test_only_the_leaders_red_lines_bar_an_option() -> None:
    side = side_of("leader", [1, 1], named=1)
    assert barred(side, False, True)
    assert not barred(side, True, False)


def test_the_leader_sets_the_margin_unless_a_veto_falls() -> None:
    side = side_of("leader", [1, 1], named=0, veto=(1,))
    assert margin(side, 0.4, 0.1) == 0.4
    assert margin(side, 0.4, -0.1) == -0.1


def test_only_the_leader_and_who_has_a_veto_are_heeded() -> None:
    side = side_of("leader", [1, 1, 1], named=0, veto=(2,))
    assert [side.heeds(member) for member in range(3)] == [True, False, True]
