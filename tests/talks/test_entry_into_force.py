"""Ratification as it is: on a day of its own, after what happened since, together, again, and by so many of all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.analysis.at_home import homes
from sim.analysis.game import all_packages, central_game, utilities
from sim.analysis.zone import acceptable
from sim.arrays.tolerance import TOLERANCE
from sim.report.minutes.text import lines
from sim.scenario.loading import load, loads
from sim.scenario.problems import ScenarioError
from sim.trace.notes import Happened, Ratified

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"

TREATY = """
format: 1
title: A treaty
start: 2020-01-01
end: 2020-02-01
issues: {text: {options: [none, weak, strong], status_quo: none}}
parties:
  a: {positions: {text: weak}, reservation: 0.2, concession: conceder, weights: {emissions: 60}, ratification: A}
  b: {positions: {text: strong}, reservation: 0.2, concession: conceder, weights: {emissions: 30}, ratification: B}
  c: {positions: {text: strong}, reservation: 0.2, concession: conceder, weights: {emissions: 10}, ratification: C}
REST
"""


def treaty(a: str, b: str, c: str, rest: str = "") -> sim.Scenario:
    text = TREATY.replace("ratification: A", f"ratification: {a}").replace("ratification: B", f"ratification: {b}")
    return loads(text.replace("ratification: C", f"ratification: {c}").replace("REST", rest))


def outcomes(scenario: sim.Scenario, worlds: int = 40) -> dict[str, int]:
    found = sim.run(scenario, worlds=worlds, seed=3).outcomes
    return {name: one["count"] for name, one in found.items() if one["count"]}


def ratified(scenario: sim.Scenario) -> Ratified:
    return next(note for note in sim.trace(scenario).entries if isinstance(note, Ratified))


YES, NO = "{probability: 1}", "{probability: 0}"


def test_an_event_between_signature_and_vote_counts_and_one_after_it_does_not() -> None:
    event = "events: [{id: scandal, date: DAY, effects: {a.ratification.probability: {set: 0}}}]"
    early, late = (event.replace("DAY", day) for day in ("2020-03-01", "2020-05-02"))
    dated = "{probability: 1, date: 2020-05-01}"
    assert outcomes(treaty(dated, YES, YES, early)) == {"not_ratified": 40}
    assert outcomes(treaty(dated, YES, YES, late)) == {"agreement": 40}
    minutes = sim.trace(treaty(dated, YES, YES, early))
    assert [type(note) for note in minutes.entries[1:]] == [Happened, Ratified]
    assert minutes.entries[-1].date == date(2020, 5, 1)
    assert "a refuses it on 1 May 2020" in " ".join(str(line) for line in lines(minutes))


def test_a_vote_comes_so_long_after_the_deal() -> None:
    note = ratified(treaty("{probability: 1, after: {days: 90}}", YES, YES))
    home = next(one for one in note.homes if one.id == "a")
    assert home.votes == ((date(2020, 3, 31), True),)


def test_an_event_after_the_end_needs_a_vote_that_may_come_later() -> None:
    event = "events: [{date: 2020-03-01, effects: {a.reservation: 0.1}}]"
    with pytest.raises(ScenarioError, match="lies after the end"):
        treaty(YES, YES, YES, event)


def test_a_second_vote_may_turn_a_no_and_changes_between_the_votes_count() -> None:
    again = "{probability: 0, date: 2020-03-01, again: {after: {days: 300}, probability: P}}"
    assert outcomes(treaty(again.replace("P", "1"), YES, YES)) == {"agreement": 40}
    assert outcomes(treaty(again.replace("P", "0"), YES, YES)) == {"not_ratified": 40}
    event = "events: [{date: 2020-06-01, effects: {a.ratification.probability: {set: 1}}}]"
    same = "{probability: 0, date: 2020-03-01, again: {after: {days: 300}}}"
    assert outcomes(treaty(same, YES, YES)) == {"not_ratified": 40}
    assert outcomes(treaty(same, YES, YES, event)) == {"agreement": 40}
    home = next(one for one in ratified(treaty(same, YES, YES, event)).homes if one.id == "a")
    assert home.votes == ((date(2020, 3, 1), False), (date(2020, 12, 26), True))


@pytest.mark.parametrize(
    ("force", "homes_", "enough"),
    [
        ("{at_least: 2}", (YES, YES, NO), True),
        ("{at_least: 2}", (YES, NO, NO), False),
        ("{at_least: 2, majority: {of: emissions, share: 0.55}}", (YES, YES, NO), True),
        ("{at_least: 2, majority: {of: emissions, share: 0.55}}", (NO, YES, YES), False),
        ("{at_least: 1, veto: [c]}", (YES, YES, NO), False),
        ("{majority: {of: emissions, reach: 40}}", (NO, YES, YES), True),
        ("{otherwise: {text: weak}}", (YES, YES, NO), False),
    ],
)
def test_a_treaty_enters_into_force_once_enough_have_ratified(
    force: str, homes_: tuple[str, str, str], enough: bool
) -> None:
    found = outcomes(treaty(*homes_, f"entry_into_force: {force}"), 5)
    assert found == ({"agreement": 5} if enough else {"not_ratified": 5})


def test_what_holds_after_a_no_is_what_everybody_has_then() -> None:
    scenario = treaty(YES, YES, NO, "entry_into_force: {otherwise: {text: weak}}")
    row = sim.run(scenario, worlds=1).worlds.to_dicts()[0]
    assert (row["utility.a"], row["utility.b"]) == (1.0, 0.5)
    assert row["package.text"] is None
    assert "What holds after the no" in " ".join(str(line) for line in lines(sim.trace(scenario)))


def test_states_that_share_a_mood_ratify_together_more_often() -> None:
    alone, together = "{probability: 0.5}", "{probability: 0.5, shared: {mood: 0.9}}"
    apart = outcomes(treaty(alone, alone, alone), 400)["agreement"]
    shared = outcomes(treaty(together, together, together), 400)["agreement"]
    assert abs(apart / 400 - 0.125) < 0.06
    assert shared / 400 > 0.3
    one = sim.run(treaty(together, YES, YES), worlds=400, seed=3).outcomes["agreement"]["share"]
    assert abs(one - 0.5) < 0.08  # the chance itself stays as it is


def test_the_analysis_counts_what_those_at_home_would_take_of_the_zone() -> None:
    text = treaty("{threshold: 0.7}", "{red_lines: {text: [weak]}}", "{probability: 0.5}")
    game = central_game(text)
    packages = all_packages(game.exists)
    zone = packages[acceptable(game, packages)]
    takes = []
    for home in homes(text, game):
        worth = utilities(home.worth[None], zone)[0] >= home.least - TOLERANCE
        takes.append(worth & ~home.red[np.arange(zone.shape[1]), zone].any(axis=1))
    told = sim.analyze(text).as_json()["win_sets"]
    assert told["ratified"] == {home.id: int(take.sum()) for home, take in zip(homes(text, game), takes, strict=True)}
    assert told["ratified_by_all"] == int(np.logical_and.reduce(takes).sum())
    assert told["ratified"]["a"] < len(zone)


def test_cyprus_signs_and_two_referendums_decide_after_a_campaign() -> None:
    scenario = load(str(EXAMPLES / "cyprus_2004_referendums.yaml"))
    results = sim.run(scenario, worlds=200, seed=1)
    rows = results.worlds.to_dicts()
    assert not {row["outcome"] for row in rows} - {"agreement", "not_ratified"}
    refused = [row for row in rows if row["outcome"] == "not_ratified"]
    assert len(refused) > 140
    assert sum(row["refused.GCY"] for row in refused) > sum(row["refused.TCY"] for row in refused)
    quiet = sim.run(loads(scenario.text.replace("{times: 0.3}", "{times: 1}")), worlds=200, seed=1)
    assert quiet.outcomes["agreement"]["count"] > results.outcomes["agreement"]["count"]
