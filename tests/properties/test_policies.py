"""What must hold however the parties concede, accept, offer and learn."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from plain import PlainWorld
from stories import same, story
from strategies import CERTAIN, WHOLE_FORMAT, Plain, Taste, as_text, in_another_unit, load_plain, patient, scenarios

import sim
from sim.scenario.loading import loads

CONCESSIONS: list[Any] = [
    "linear",
    {"name": "polynomial", "exponent": 0.5, "start": 0.2},
    {"name": "exponential", "start": 0.1},
    {"name": "deadline", "hold": 0.5},
    {"name": "resource", "of": "rounds", "scale": 3},
    {"name": "hard_liner", "share": 0.4},
    {"name": "absolute_tit_for_tat", "start": 0.3},
    {"name": "relative_tit_for_tat", "lag": 2, "start": 0.4},
    {"name": "averaged_tit_for_tat", "start": 0.2},
    "micro",
    "zeuthen",
    {"name": "mix", "of": {"conceder": 1, "micro": {"weight": 2}}},
]
ACCEPTANCES: list[Any] = [
    "previous",
    {"name": "constant", "share": 0.5},
    {"name": "time", "after": 0.5},
    {"name": "combined", "after": 0.4, "of": "mean"},
]
OPPONENTS: list[Any] = ["positions", "learned", {"learned": "frequency"}]
DISCOUNTS = [{"offer": 0.9}, {"round": 0.8}, {"day": 0.95}]


@st.composite
def conducted(draw: st.DrawFn, taste: Taste) -> Plain:
    """Scenarios in which parties and sides have any of the policies."""
    plain = json.loads(as_text(draw(scenarios(taste))))
    lone = [party for party in plain["parties"].values() if "side" not in party]
    for party in plain["parties"].values():
        party["concession"] = draw(st.sampled_from(CONCESSIONS))
        if draw(st.booleans()):
            party["acceptance"] = draw(st.sampled_from(ACCEPTANCES))
        if draw(st.booleans()):
            party["discount"] = draw(st.sampled_from(DISCOUNTS))
    for voice in [*plain.get("sides", {}).values(), *lone]:
        voice["offering"] = draw(st.sampled_from(["ladder", "exhaustive", "trade_off"]))
        if draw(st.booleans()):
            voice["opponents"] = draw(st.sampled_from(OPPONENTS))
    return dict(plain)


@given(conducted(WHOLE_FORMAT.but(effects=False)))
@patient(50)
def test_a_deal_is_acceptable_to_all_who_are_needed_and_an_empty_zone_ends_without_one(plain: Plain) -> None:
    scenario = load_plain(plain)
    for row in sim.run(scenario, worlds=6).worlds.iter_rows(named=True):
        if row[f"package.{scenario.issues[0].id}"] is None:
            assert row["outcome"] not in ("agreement", "partial")
            continue
        package = tuple(issue.index(row[f"package.{issue.id}"]) for issue in scenario.issues)
        assert PlainWorld(scenario, row["world"]).signed_by_enough(package)


@given(conducted(WHOLE_FORMAT), st.integers(0, 99))
@patient(20)
def test_worlds_are_the_same_whatever_the_batches_and_in_a_trace(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    runs = [sim.run(scenario, worlds=9, seed=seed, batch=batch) for batch in (1, 7, 1000)]
    for run in runs[1:]:
        assert run.worlds.equals(runs[0].worlds)
        assert run.rounds.equals(runs[0].rounds)
    for row in runs[0].worlds.head(3).iter_rows(named=True):
        minutes = sim.trace(scenario, row["world"], seed)
        assert minutes.outcome == row["outcome"]
        assert minutes.utilities == {party.id: row[f"utility.{party.id}"] for party in scenario.parties}
        assert sum(len(meeting.rounds) for meeting in minutes.meetings) == row["rounds"]


@given(conducted(CERTAIN))
@patient(40)
def test_renaming_changes_nothing_but_names(plain: Plain) -> None:
    def other(word: str) -> str:
        return re.sub(r"\b(I\d+o\d+|[IPSME]\d+)\b", lambda match: f"x {match[1][::-1]}", word)

    same(sim.trace(load_plain(plain)), sim.trace(loads(other(as_text(plain)), "renamed.yaml")), other)


@given(conducted(CERTAIN.but(effects=False)), st.sampled_from([0.125, 8.0, 1024.0]))
@patient(40)
def test_a_partys_unit_of_measure_changes_no_offer_and_no_end(plain: Plain, factor: float) -> None:
    scaled = in_another_unit(plain, factor)
    assert story(sim.trace(load_plain(plain))) == story(sim.trace(load_plain(scaled)))
