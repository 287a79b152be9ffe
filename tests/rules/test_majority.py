"""A weighted majority: those who do not object carry a share of the weight."""

from __future__ import annotations

from rules.seats import barred, margin, passes, side_of


def test_those_who_do_not_object_must_carry_the_share() -> None:
    side = side_of("majority", [1, 1, 2], number=0.75)
    assert passes(side, "ohf")
    assert not passes(side, "fho")


def test_a_share_reached_but_for_rounding_is_reached() -> None:
    assert passes(side_of("majority", [0.1, 0.2, 0.7], number=0.3, pace=0.3), "ffo")


def test_who_has_no_weight_stops_nothing() -> None:
    assert passes(side_of("majority", [0, 1], number=1.0), "of")


def test_an_option_is_barred_where_those_without_a_red_line_are_too_light() -> None:
    side = side_of("majority", [1, 1, 2], number=0.6)
    assert barred(side, False, False, True)
    assert not barred(side, True, False, False)


def test_the_member_who_completes_the_share_sets_the_margin() -> None:
    assert margin(side_of("majority", [1, 1, 2], number=0.6), 0.3, 0.2, 0.1) == 0.2
    assert margin(side_of("majority", [1, 1, 2], number=0.8), 0.3, -0.2, 0.1) == -0.2
