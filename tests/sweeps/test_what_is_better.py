"""Less of what is bad is better."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim
from sim.interface import answers
from sim.sweeps.reading import more_is_better


@pytest.mark.parametrize("outcome", ["impasse", "breakdown.share", "not_ratified", "gap.last", "gap.first"])
def test_less_of_what_is_bad_is_better(outcome: str) -> None:
    assert not more_is_better(outcome)


@pytest.mark.parametrize("outcome", ["agreement", "partial", "talks_continue", "utility.gap", "settlements.x.impasse"])
def test_more_of_all_else_is_better(outcome: str) -> None:
    assert more_is_better(outcome)


def test_the_best_choice_by_the_impasse_is_the_one_with_the_least(tmp_path: Path) -> None:
    sim.sweep(
        "price_haggle",
        ["parties.seller.reservation=0.2,0.4"],
        levers=["meetings.lot.rounds=2,12"],
        worlds=40,
        out=tmp_path / "swept",
        report=False,
    )
    found = answers(tmp_path / "swept", "impasse").robustness
    assert found is not None
    assert not found.above
    best = found.choices.sort("regret_most").row(0, named=True)
    assert best["mean"] == found.choices["mean"].min() < found.choices["mean"].max()
    asked = answers(tmp_path / "swept", "impasse", above=True).robustness
    assert asked is not None
    assert asked.above
