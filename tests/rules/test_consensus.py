"""Consensus: no member objects, and those for it carry the pace."""

from __future__ import annotations

from rules.seats import barred, margin, passes, side_of


def test_one_objection_is_enough_to_stop_it() -> None:
    side = side_of("consensus", [1, 1, 1])
    assert passes(side, "fff")
    assert not passes(side, "ffo")


def test_who_holds_out_does_not_stop_it_while_half_of_the_weight_is_for_it() -> None:
    assert passes(side_of("consensus", [1, 1, 2]), "hhf")
    assert not passes(side_of("consensus", [1, 1, 3]), "ffh")
    assert passes(side_of("consensus", [1, 1, 3], pace=0.4), "ffh")


def test_one_red_line_bars_an_option() -> None:
    side = side_of("consensus", [1, 5])
    assert barred(side, True, False)
    assert not barred(side, False, False)


def test_the_most_reluctant_sets_the_limit_and_the_median_the_speed() -> None:
    assert margin(side_of("consensus", [1, 1, 1]), 0.3, 0.1, 0.2) == 0.2
    assert margin(side_of("consensus", [1, 1, 1]), 0.3, -0.1, 0.2) == -0.1
