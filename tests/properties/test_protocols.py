"""What must hold whatever the protocol, with caucuses inside sides and ratification at home."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from plain import PlainWorld
from stories import same
from strategies import CERTAIN, WHOLE_FORMAT, Plain, as_text, in_another_unit, load_plain, patient, scenarios

import sim
from sim.scenario.loading import loads

FEW_EFFECTS = WHOLE_FORMAT.but(effects=False, harvest=False)


def chairs(plain: Plain) -> st.SearchStrategy[Any]:
    """A criterion, or a party in the chair; the last text may be put for a yes or no."""
    criterion = st.sampled_from(["egalitarian", "nash", "utilitarian", "closest"])
    final = st.booleans()
    return st.one_of(
        criterion,
        st.fixed_dictionaries({"criterion": criterion, "final": final}),
        st.fixed_dictionaries({"party": st.sampled_from(list(plain["parties"])), "final": final}),
    )


@st.composite
def negotiated(draw: st.DrawFn, taste: Any = FEW_EFFECTS, ratified: bool = False, chance: bool = True) -> Plain:
    """Scenarios whose meetings and follow-ups have any protocol, and whose sides may hold caucuses."""
    plain = json.loads(as_text(draw(scenarios(taste))))
    plain.setdefault("meetings", [{"id": "M0", "rounds": draw(st.integers(1, 5))}])
    for meeting in [*plain["meetings"], *([plain["follow_up"]] if "follow_up" in plain else [])]:
        meeting["protocol"] = draw(st.sampled_from(["simultaneous", "single_text", "single_text", "alternating"]))
        if meeting["protocol"] == "single_text":
            meeting["chair"] = draw(chairs(plain))
        elif meeting["protocol"] == "simultaneous":
            meeting["ties"] = draw(st.sampled_from(["nash", "first", *(["chance"] if chance else [])]))
    for name, side in plain.get("sides", {}).items():
        members = [party for party in plain["parties"].values() if party.get("side") == name]
        if len(members) > 1 and side.get("offering", "ladder") == "ladder" and draw(st.booleans()):
            side["caucus"] = {"drafts": draw(st.integers(1, 4))}
    for party in plain["parties"].values() if ratified else ():
        if draw(st.booleans()):
            terms = {"probability": {"uniform": [0.2, 1]}, "threshold": draw(st.sampled_from([0.2, 0.5, 0.8]))}
            party["ratification"] = terms
    return plain


@given(negotiated())
@patient(60)
def test_what_is_agreed_is_acceptable_to_all_who_are_needed_and_an_empty_zone_ends_without_a_deal(plain: Plain) -> None:
    scenario = load_plain(plain)
    first = f"package.{scenario.issues[0].id}"
    for row in sim.run(scenario, worlds=6).worlds.iter_rows(named=True):
        if row[first] is None:
            assert row["outcome"] not in ("agreement", "partial")
            continue
        package = tuple(issue.index(row[f"package.{issue.id}"]) for issue in scenario.issues)
        assert PlainWorld(scenario, row["world"]).signed_by_enough(package)


@given(negotiated(CERTAIN, chance=False))
@patient(40)
def test_renaming_changes_nothing_but_names(plain: Plain) -> None:
    def other(word: str) -> str:
        return re.sub(r"\b(I\d+o\d+|[IPSME]\d+)\b", lambda match: f"x {match[1][::-1]}", word)

    same(sim.trace(load_plain(plain)), sim.trace(loads(other(as_text(plain)), "renamed.yaml")), other)


@given(negotiated(WHOLE_FORMAT, ratified=True), st.integers(0, 99))
@patient(20)
def test_worlds_are_the_same_whatever_the_batches_and_in_a_trace(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    runs = [sim.run(scenario, worlds=9, seed=seed, batch=batch) for batch in (1, 7, 1000)]
    for run in runs[1:]:
        assert run.worlds.equals(runs[0].worlds)
        assert run.rounds.equals(runs[0].rounds)
        assert run.as_json() == runs[0].as_json()
    for row in runs[0].worlds.head(3).iter_rows(named=True):
        minutes = sim.trace(scenario, row["world"], seed)
        assert minutes.outcome == row["outcome"]
        assert minutes.utilities == {party.id: row[f"utility.{party.id}"] for party in scenario.parties}
        assert sum(len(meeting.rounds) for meeting in minutes.meetings) == row["rounds"]
        broke = {k: v for k, v in row.items() if k.startswith("broke_silence.")}
        told = [note for note in minutes.entries if getattr(note, "kind", "") == "caucus"]
        for name, count in broke.items():
            drafts = [note.broke_silence.get(name.removeprefix("broke_silence."), "") for note in told]
            assert count == sum(len(text.split(",")) for text in drafts if text)


@given(negotiated(CERTAIN.but(effects=False, harvest=False), chance=False), st.sampled_from([0.125, 8.0, 1024.0]))
@patient(30)
def test_a_partys_unit_of_measure_changes_no_text_no_tie_and_no_end(plain: Plain, factor: float) -> None:
    scaled = in_another_unit(plain, factor)
    one, other = sim.trace(load_plain(plain)), sim.trace(load_plain(scaled))
    assert one.outcome == other.outcome
    assert one.package == other.package
    texts = [[one.text for meeting in minutes.meetings for one in meeting.rounds] for minutes in (one, other)]
    assert texts[0] == texts[1]
