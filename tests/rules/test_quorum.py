"""A quorum: so many members do not object."""

from __future__ import annotations

from rules.seats import barred, margin, passes, side_of


def test_so_many_must_not_object_whatever_they_weigh() -> None:
    side = side_of("quorum", [1, 1, 8], number=2)
    assert passes(side, "ohf")
    assert not passes(side, "oof")


def test_a_quorum_of_all_is_a_consensus() -> None:
    for judgements in ("fff", "fho", "hhf", "ffh", "hhh"):
        assert passes(side_of("quorum", [1, 2, 3], number=3), judgements) == passes(
            side_of("consensus", [1, 2, 3]), judgements
        )


def test_of_part_of_the_members_no_more_are_asked_than_are_there() -> None:
    assert passes(side_of("quorum", [1, 1, 1], number=3, present=(0, 1)), "fh")


def test_it_is_rounded_half_up_and_kept_between_one_and_all() -> None:
    assert [float(side_of("quorum", [1, 1], number=n).seats.number[0]) for n in (0.2, 1.5, 7.0)] == [1.0, 2.0, 2.0]


def test_an_option_is_barred_where_too_few_are_without_a_red_line_on_it() -> None:
    side = side_of("quorum", [1, 1, 1], number=2)
    assert barred(side, True, True, False)
    assert not barred(side, True, False, False)


def test_the_member_on_whom_it_hangs_sets_the_margin() -> None:
    assert margin(side_of("quorum", [1, 1, 1], number=2), 0.3, -0.2, -0.1) == -0.1
    assert margin(side_of("quorum", [1, 1, 1], number=2), 0.3, -0.2, 0.1) == 0.1
