"""Renaming anything, and reordering members, options, issues or worlds, changes nothing but names and order."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
from hypothesis import assume, given
from hypothesis import strategies as st
from stories import same
from strategies import CERTAIN, GENERIC, WHOLE_FORMAT, Plain, as_text, load_plain, patient, scenarios

import sim
from sim.scenario.loading import loads

ID = re.compile(r"\b(I\d+o\d+|[IPSME]\d+)\b")


@given(scenarios(CERTAIN), st.randoms(use_true_random=False))
@patient(100)
def test_renaming_everything_changes_nothing_but_names(plain: Plain, random: Any) -> None:
    text = as_text(plain)
    old = sorted(set(ID.findall(text)))
    words = random.choices(["é", "z", "Ä-b", "0", "true", "x_", "#", "no"], k=len(old))
    names = {was: f"{word} {i}" for i, (was, word) in enumerate(zip(old, words, strict=True))}
    renamed = ID.sub(lambda match: names[match[1]], text)
    same(sim.trace(load_plain(plain)), sim.trace(loads(renamed, "renamed.yaml")), lambda word: names.get(word, word))


@given(scenarios(WHOLE_FORMAT), st.data())
@patient(60)
def test_reordering_the_members_of_sides_changes_nothing(plain: Plain, data: st.DataObject) -> None:
    parties = plain["parties"]
    slots = [party.get("side", name) for name, party in parties.items()]
    queues = {
        side: iter(data.draw(st.permutations([n for n, p in parties.items() if p.get("side", n) == side])))
        for side in dict.fromkeys(slots)
    }
    order = [next(queues[side]) for side in slots]
    one, other = load_plain(plain), load_plain({**plain, "parties": {name: parties[name] for name in order}})
    for k in range(4):
        same(sim.trace(one, k), sim.trace(other, k))


@given(scenarios(GENERIC.but(all_placed=True, scales=False)), st.data())
@patient(80)
def test_reordering_options_changes_nothing_but_their_order(plain: Plain, data: st.DataObject) -> None:
    issues = {
        name: {**issue, "options": data.draw(st.permutations(issue["options"]))}
        for name, issue in plain["issues"].items()
    }
    same(sim.trace(load_plain(plain)), sim.trace(load_plain({**plain, "issues": issues})))


@given(scenarios(GENERIC.but(harvest=False)), st.data())
@patient(80)
def test_reordering_issues_changes_nothing_but_their_order(plain: Plain, data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(plain["issues"])))
    reordered = {**plain, "issues": {name: plain["issues"][name] for name in order}}
    same(sim.trace(load_plain(plain)), sim.trace(load_plain(reordered)))


@given(scenarios(GENERIC.but(parts=False)), st.data())
@patient(60)
def test_a_scale_told_from_its_other_end_is_the_same_scale(plain: Plain, data: st.DataObject) -> None:
    turned = json.loads(as_text(plain))
    scales = [issue["scale"] for issue in turned["issues"].values() if "scale" in issue]
    assume(scales)
    for scale in data.draw(st.lists(st.sampled_from(scales), min_size=1, unique_by=id)):
        scale["from"], scale["to"] = scale["to"], scale["from"]
    same(sim.trace(load_plain(plain)), sim.trace(load_plain(turned)))


@given(scenarios(WHOLE_FORMAT), st.integers(1, 7))
@patient(40)
def test_worlds_do_not_depend_on_those_they_are_played_with(plain: Plain, batch: int) -> None:
    scenario = load_plain(plain)
    together, apart = sim.run(scenario, worlds=12, seed=3), sim.run(scenario, worlds=12, seed=3, batch=batch)
    fewer = sim.run(scenario, worlds=5, seed=3)
    assert together.worlds.equals(apart.worlds)
    assert together.worlds.head(5).equals(fewer.worlds)
    assert together.rounds.equals(apart.rounds)
    assert together.as_json() == apart.as_json()
    assert isinstance(together.worlds, pl.DataFrame)
