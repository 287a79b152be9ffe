"""The zone of agreement: what the rules say it is, and that a red line less never makes it smaller."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from plain import Package, PlainWorld
from strategies import WHOLE_FORMAT, Plain, load_plain, patient, scenarios

from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import ballot_of
from sim.scenario.model import Scenario
from sim.worlds.coding import draw_coding
from sim.worlds.preferences import crosses_red_line, preferences, utility

WORLDS = np.arange(6, dtype=np.int64)


def acceptable(scenario: Scenario) -> dict[tuple[Package, int, int], bool]:
    """What each side of each world finds acceptable, by the program's own preferences and decision rules."""
    coded = draw_coding(scenario, 0, WORLDS)
    wants = preferences(coded)
    found = {}
    for package in PlainWorld(scenario).packages():
        options = np.repeat(np.array(package)[:, None], len(WORLDS), axis=1)
        objects = crosses_red_line(coded.red, options) | (utility(wants.worth, options) < wants.reservation - TOLERANCE)
        for s, side in enumerate(scenario.sides):
            at = list(side.members)
            decision = ballot_of(side, s, coded, slice(None)).passes(objects[at], ~objects[at])
            found.update({(package, s, k): bool(decision[k]) for k in range(len(WORLDS))})
    return found


@given(scenarios())
@patient(80)
def test_what_sides_find_acceptable_is_what_the_rules_say(plain: Plain) -> None:
    scenario = load_plain(plain)
    worlds = [PlainWorld(scenario, int(k)) for k in WORLDS]
    for (package, s, k), decision in acceptable(scenario).items():
        assert decision == worlds[k].acceptable(s, package)


@given(scenarios(WHOLE_FORMAT), st.data())
@patient(80)
def test_removing_a_red_line_never_shrinks_what_is_acceptable(plain: Plain, data: st.DataObject) -> None:
    crossable = [(name, issue) for name, party in plain["parties"].items() for issue in party.get("red_lines", {})]
    assume(crossable)
    name, issue = data.draw(st.sampled_from(crossable))
    kept = {i: lines for i, lines in plain["parties"][name]["red_lines"].items() if i != issue}
    parties = {**plain["parties"], name: {**plain["parties"][name], "red_lines": kept}}
    without = acceptable(load_plain({**plain, "parties": parties}))
    for key, decision in acceptable(load_plain(plain)).items():
        assert without[key] >= decision
