"""Unanimity: no member objects, and unless the pace says otherwise all are for it."""

from __future__ import annotations

import numpy as np
from rules.seats import margin, passes, side_of, votes


def test_all_must_be_for_it() -> None:
    side = side_of("unanimity", [1, 1])
    assert passes(side, "ff")
    assert not passes(side, "fh")
    assert passes(side_of("unanimity", [1, 1], pace=0.5), "fh")
    assert not passes(side_of("unanimity", [1, 1], pace=0.5), "fo")


def test_half_circulates_a_draft_and_who_is_not_for_it_breaks_silence() -> None:
    side = side_of("unanimity", [1, 1])
    favours = votes(True, False)
    assert side.circulates(favours)
    assert side.breaks_silence(votes(False, False), favours)[:, 0].tolist() == [False, True]
    patient = side_of("consensus", [1, 1])
    assert not np.any(patient.breaks_silence(votes(False, False), favours))


def test_the_least_content_sets_the_speed() -> None:
    assert margin(side_of("unanimity", [1, 1, 1]), 0.3, 0.1, 0.2) == 0.1
