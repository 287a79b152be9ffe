"""Events that hang on what came of the talks so far, and events that change how votes are counted."""

from __future__ import annotations

import pytest

import sim
from sim.report.minutes.text import lines
from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError
from sim.trace.notes import Happened

TALKS = """
format: 1
title: First a ceasefire, then the land
start: 2020-01-01
end: 2020-06-01
issues:
  ceasefire: {options: [none, partial, full], status_quo: none}
  land: {options: [theirs, shared, ours], status_quo: theirs}
parties:
  a: {positions: {ceasefire: full, land: ours}, reservation: 0.1, concession: conceder}
  b: {positions: {ceasefire: WISH, land: theirs}, reservation: 0.1, concession: CONCEDES}
meetings:
  - {id: first, date: 2020-01-10, agenda: [ceasefire], rounds: 3}
  - {id: second, date: 2020-05-01, rounds: 3}
events: [{id: follows, date: 2020-03-01, when: WHEN, effects: {b.salience.land: {set: 0}}}]
"""


def happens(when: str, wish: str = "full", concedes: str = "conceder") -> bool:
    text = TALKS.replace("WHEN", when).replace("WISH", wish).replace("CONCEDES", concedes)
    return any(isinstance(note, Happened) for note in sim.trace(loads(text)).entries)


@pytest.mark.parametrize(
    ("when", "with_deal", "without"),
    [
        ("{settled: {ceasefire: [full]}}", True, False),
        ("{settled: {ceasefire: [none, partial]}}", False, False),
        ("{open: [ceasefire]}", False, True),
        ("{open: [land]}", True, True),
        ("{settled: {ceasefire: [full]}, open: [land]}", True, False),
    ],
)
def test_an_event_follows_what_has_been_settled_or_has_not(when: str, with_deal: bool, without: bool) -> None:
    assert happens(when) == with_deal
    assert happens(when, "none", "{exponent: 50}") == without


def test_what_follows_an_agreement_on_one_issue_changes_the_next() -> None:
    def land(when: str) -> str | None:
        text = TALKS.replace("WHEN", when).replace("WISH", "full").replace("CONCEDES", "boulware")
        package = sim.trace(loads(text)).package
        return None if package is None else package["land"]

    assert land("{settled: {ceasefire: [full]}}") == "ours"
    assert land("{open: [ceasefire]}") != "ours"


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("{settled: {truce: [full]}}", "there is no issue 'truce'"),
        ("{settled: {ceasefire: [ful]}}", "there is no option 'ful' of the issue 'ceasefire'; did you mean 'full'"),
        ("{open: [lnd]}", "there is no issue 'lnd'; did you mean 'land'"),
        ("{}", "expected settled or open for when"),
    ],
)
def test_a_mistake_in_it_is_told(when: str, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        happens(when)


COUNCIL = """
format: 1
title: A rule that changes
start: 2020-01-01
end: 2020-06-01
issues: {text: {options: [none, weak, strong], status_quo: none}}
agreement: {majority: {of: votes, share: 0.7}}
parties:
  a: {positions: {text: strong}, reservation: 0.2, votes: 3}
  b: {positions: {text: strong}, reservation: 0.2, votes: 3, weights: {people: 2}}
  c: {positions: {text: none}, reservation: 0.9, votes: 4}
meetings: [{date: 2020-01-10, rounds: 2}, {date: 2020-03-10, rounds: 2}]
events: [{date: 2020-02-01, effects: {EFFECT}}]
"""


@pytest.mark.parametrize(
    ("effect", "day"),
    [
        ("agreement.majority.share: {set: 0.6}", 69),
        ("a.votes: 4", 69),
        ("c.votes: {set: 2}", 69),
        ("a.votes: 0", None),
    ],
)
def test_an_event_changes_the_rule_or_what_a_vote_weighs(effect: str, day: int | None) -> None:
    minutes = sim.trace(loads(COUNCIL.replace("EFFECT", effect)))
    assert (minutes.outcome == "agreement") == (day is not None)
    told = next(line.text for line in lines(minutes) if line.kind == "event")
    assert told.startswith(("The agreement's majority share goes from 0.70 to 0.60", "A's votes", "C's votes"))
    if day is not None:
        assert minutes.day == day
