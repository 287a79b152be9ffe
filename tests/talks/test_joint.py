"""Constraints and bonuses in the talks: the engine against the plain program, world by world."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain import PlainWorld, negotiate
from strategies import WHOLE_FORMAT, Plain, joined, load_plain, patient

import sim

WITHOUT_NOISE = WHOLE_FORMAT.but(ending_events=False)


def told(scenario: Any, ending: Any) -> tuple[Any, ...]:
    """The end of a world in the plain program, as a row of a run has it."""
    package = ending.package or [None] * len(scenario.issues)
    ids = [None if k is None else issue.options[k].id for issue, k in zip(scenario.issues, package, strict=True)]
    day = None if ending.day < 0 else ending.day
    return ending.outcome, day, ending.meetings, ending.rounds, ids


@given(joined(WITHOUT_NOISE), st.integers(0, 2**20))
@patient(15)
def test_every_world_goes_as_in_the_plain_program(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    run = sim.run(scenario, worlds=2, seed=seed)
    for row in run.worlds.iter_rows(named=True):
        ending = negotiate(scenario, row["world"], seed)
        ids = [row[f"package.{issue.id}"] for issue in scenario.issues]
        assert (row["outcome"], row["day"], row["meetings"], row["rounds"], ids) == told(scenario, ending)
        assert [row[f"utility.{party.id}"] for party in scenario.parties] == pytest.approx(ending.utilities, abs=1e-8)


@given(joined(bonuses=False), st.integers(0, 2**20))
@patient(10)
def test_nothing_forbidden_is_ever_offered_or_agreed(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    world = PlainWorld(scenario, 0, seed)
    minutes = sim.trace(scenario, 0, seed).as_json()
    options = [[option.id for option in issue.options] for issue in scenario.issues]
    offers = [move["package"] for meeting in minutes["meetings"] for one in meeting["rounds"] for move in one["moves"]]
    for package in [*offers, minutes["package"]]:
        if package is not None:
            chosen = tuple(own.index(package[issue.id]) for own, issue in zip(options, scenario.issues, strict=True))
            assert not world.forbidden(chosen)
