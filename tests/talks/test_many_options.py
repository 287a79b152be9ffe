"""As many options as `validate` accepts are played right, by every protocol, offering policy and opponent model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import sim
from sim.scenario.limits import MOST_OPTIONS
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.scenario.policies import LEARNING, OFFERINGS, PROTOCOLS
from sim.scenario.problems import ScenarioError
from sim.worlds.packages import PACKAGE

LAST = MOST_OPTIONS - 1

SCALE = f"scale: {{from: 0, to: {LAST}, step: 1}}"
LISTED = f"options: [{', '.join(f'_{i}' for i in range(MOST_OPTIONS))}]"


def talks(
    ours: float, theirs: float, more: str = "", *, options: str = SCALE, protocol: str = "alternating", rounds: int = 10
) -> Scenario:
    def position(at: float) -> float:
        return at if options == SCALE else at / LAST

    text = f"""
format: 1
title: Up to the last option
issues: {{price: {{{options}}}, other: {{options: [a, b], status_quo: a}}}}
parties:
  p: {{positions: {{price: {position(ours)}}}, reservation: 0.3{more}}}
  q: {{positions: {{price: {position(theirs)}}}, reservation: 0.3{more}}}
meetings: [{{protocol: {protocol}, rounds: {rounds}}}]
"""
    return loads(text, "many.yaml")


def test_a_package_holds_every_option_that_an_issue_may_have() -> None:
    assert np.iinfo(PACKAGE).max >= MOST_OPTIONS
    with pytest.raises(ScenarioError, match=r"would have 1002 options, expected at most 1,001"):
        talks(0, 0, options=f"scale: {{from: 0, to: {LAST + 1}, step: 1}}")
    with pytest.raises(ScenarioError) as caught:
        talks(0, 0, options=LISTED.replace("]", ", more]"))
    (problem,) = caught.value.problems
    assert problem.message == "the issue 'price' has 1,002 options, expected at most 1,001"
    assert (problem.place.line, problem.place.column) == (4, 18 + len(LISTED) - 1 + 2)


@pytest.mark.parametrize("options", [SCALE, LISTED], ids=["scale", "list"])
@pytest.mark.parametrize("offering", OFFERINGS)
@pytest.mark.parametrize("protocol", [name for name in PROTOCOLS if name != "plenary"])
def test_who_both_want_the_last_option_agree_on_it(protocol: str, offering: str, options: str) -> None:
    scenario = talks(LAST, LAST, f", offering: {offering}", options=options, protocol=protocol)
    minutes = sim.trace(scenario)
    assert (minutes.outcome, minutes.package) == (
        "agreement",
        {"price": scenario.issues[0].options[LAST].id, "other": "a"},
    )
    assert minutes.utilities == {"p": 1.0, "q": 1.0}


def check(scenario: Scenario) -> None:
    """All that is offered is an option, and a deal is worth to the parties what its place on the scale says."""
    minutes = sim.trace(scenario)
    moves = [move for meeting in minutes.meetings for held in meeting.rounds for move in held.moves]
    offered = [int(move.package["price"]) for move in moves if move.package]
    assert offered
    assert all(0 <= one <= LAST for one in offered)
    if scenario.meetings[0].protocol != "single_text":
        assert max(offered) > 2 * LAST / 3
    if minutes.package is not None:
        price = int(minutes.package["price"])
        assert minutes.utilities["p"] == pytest.approx(price / LAST)
        assert minutes.utilities["q"] == pytest.approx(1 - price / LAST)
        assert min(minutes.utilities.values()) >= 0.3 - 1e-9


@pytest.mark.parametrize("offering", OFFERINGS)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_offers_from_one_end_of_the_scale_to_the_other_stay_options(protocol: str, offering: str) -> None:
    check(talks(LAST, 0, f", concession: linear, offering: {offering}", protocol=protocol))


@pytest.mark.parametrize("opponents", ["positions", *(f"{{learned: {name}}}" for name in LEARNING)])
def test_so_do_those_of_sides_that_learn(opponents: str) -> None:
    check(talks(LAST, 0, f", concession: linear, opponents: {opponents}", rounds=3))


def test_tables_name_the_last_option(tmp_path: Path) -> None:
    sim.run(talks(LAST, LAST), worlds=3, out=tmp_path / "run", report=False)
    assert pl.read_parquet(tmp_path / "run" / "worlds.parquet")["package.price"].to_list() == [str(LAST)] * 3
