"""Mirroring mirrors; a party's unit of measure does not matter; two halves of a member are the member."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from stories import numbers, same, story
from strategies import CERTAIN, WHOLE_FORMAT, Plain, as_text, load_plain, patient, scenarios

import sim

LINEAR_IN_ITS_NUMBERS = ("uniform", "triangular", "normal", "choice", "plus_minus")


def copied(plain: Plain) -> Plain:
    return dict(json.loads(as_text(plain)))


@given(scenarios(CERTAIN.but(ends_placed=True, scales=False)))
@patient(100)
def test_mirroring_the_scenario_mirrors_the_outcome(plain: Plain) -> None:
    mirrored = copied(plain)
    for issue in mirrored["issues"].values():
        for option in issue["options"]:
            if isinstance(option, dict):
                option["at"] = 1 - option["at"]
    for party in mirrored["parties"].values():
        for issue, ideal in party.get("positions", {}).items():
            if not isinstance(ideal, str):
                party["positions"][issue] = 1 - ideal
    for event in mirrored.get("events", []):
        for path, effect in event.get("effects", {}).items():
            if ".positions." in path:
                event["effects"][path] = {"set": 1 - effect["set"]} if isinstance(effect, dict) else -effect
    same(sim.trace(load_plain(plain)), sim.trace(load_plain(mirrored)))


def times(number: Any, factor: float) -> Any:
    """A number or distribution that many times as large."""
    if not isinstance(number, dict):
        return number * factor
    return {k: [x * factor for x in v] if k in LINEAR_IN_ITS_NUMBERS else v for k, v in number.items()}


@given(scenarios(WHOLE_FORMAT), st.sampled_from([0.1, 0.5, 3.0, 8.0, 1000.0]))
@patient(80)
def test_scaling_the_scores_and_reservation_of_a_party_changes_no_offer_and_no_end(plain: Plain, factor: float) -> None:
    scored = [name for name, party in plain["parties"].items() if "scores" in party and "positions" not in party]
    assume(scored)
    scaled = copied(plain)
    name = scored[0]
    party = scaled["parties"][name]
    for issue in party["scores"].values():
        for option, score in issue.items():
            issue[option] = times(score, factor)
    reservation = party.get("reservation", "status_quo")
    if isinstance(reservation, dict) and "status_quo" in reservation:
        party["reservation"] = {"status_quo": times(reservation["status_quo"], factor)}
    elif reservation != "status_quo":
        party["reservation"] = times(reservation, factor)
    for event in scaled.get("events", []):
        path = f"{name}.reservation"
        if path in event.get("effects", {}):
            event["effects"][path] = times(event["effects"][path], factor)
    one, other = load_plain(plain), load_plain(scaled)
    for k in range(4):
        ours, theirs = sim.trace(one, k), sim.trace(other, k)
        assert story(ours) == story(theirs)
        for key, value in numbers(ours).items():
            size = factor if key.endswith(f" {name}") else 1.0
            np.testing.assert_allclose(numbers(theirs)[key], value * size, rtol=1e-9, atol=1e-9, equal_nan=True)


@given(scenarios(CERTAIN.but(members=(2, 4))), st.data())
@patient(100)
def test_a_member_split_into_two_halves_changes_nothing(plain: Plain, data: st.DataObject) -> None:
    by_all = {
        side
        for side, entry in plain.get("sides", {}).items()
        if not isinstance(entry.get("decides", "consensus"), dict) or "majority" in entry["decides"]
    }
    members = [name for name, party in plain["parties"].items() if party.get("side") in by_all]
    assume(members)
    name, twin = data.draw(st.sampled_from(members)), "Twin"
    split = copied(plain)
    party = split["parties"][name]
    party["weight"] = party.get("weight", 1) / 2
    split["parties"] = {n: p for each, one in split["parties"].items() for n, p in _both(each, one, name, twin)}
    for voice in split["sides"].values():
        if name in voice.get("veto", []):
            voice["veto"].append(twin)
    for meeting in split.get("meetings", []):
        if name in meeting.get("parties", []):
            meeting["parties"].append(twin)
    for event in split.get("events", []):
        for path, effect in list(event.get("effects", {}).items()):
            if path.startswith(f"{name}."):
                event["effects"][path.replace(name, twin, 1)] = effect
    one, other = sim.trace(load_plain(plain)), sim.trace(load_plain(split))
    for meeting in other.meetings:
        meeting.present = [n for n in meeting.present if n != twin]
    assert other.utilities.pop(twin) == other.utilities[name]
    assert other.reservations.pop(twin) == other.reservations[name]
    same(one, other)


def _both(each: str, party: Plain, name: str, twin: str) -> list[tuple[str, Plain]]:
    return [(each, party), (twin, party)] if each == name else [(each, party)]
