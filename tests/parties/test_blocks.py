"""Policies that remember: a world is the same in any block, in a run and in a trace, whatever the scenario."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pytest
from benchmarks.random_scenarios import random_scenario

from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.talks.calendar import talk
from sim.talks.record.endings import conclude
from sim.trace.recorder import trace

POLICIES: tuple[Any, ...] = (
    "relative_tit_for_tat",
    {"name": "absolute_tit_for_tat", "lag": 2},
    {"name": "averaged_tit_for_tat", "window": {"choice": [1, 3]}},
    "micro",
    "zeuthen",
    {"name": "resource", "of": "rounds", "scale": 3},
    {"name": "deadline", "hold": {"uniform": [0.2, 0.8]}},
    "exponential",
    "rubinstein",
    {"name": "mix", "of": {"boulware": {"uniform": [0.1, 1]}, "absolute_tit_for_tat": {"weight": 1, "lag": 2}}},
)
ACCEPTANCES: tuple[Any, ...] = (
    "next",
    "previous",
    {"name": "constant", "share": {"uniform": [0.3, 0.9]}},
    {"name": "time", "after": 0.5},
    {"name": "combined", "after": 0.6, "of": "mean"},
    {"name": "combined", "after": 0.3, "of": "recent_best"},
    {"name": "combined", "after": 0.3, "of": "recent_mean"},
)
OPPONENTS: tuple[Any, ...] = ("known", "positions", "learned", {"learned": "frequency"})


def with_policies(rng: random.Random) -> Scenario:
    """A scenario of any kind whose parties and sides follow any policies."""
    plain = json.loads(random_scenario(rng))
    for party in plain["parties"].values():
        party["concession"] = rng.choice(POLICIES)
        party["acceptance"] = rng.choice(ACCEPTANCES)
        if rng.random() < 0.4:
            party["discount"] = {rng.choice(["offer", "round", "day"]): {"uniform": [0.7, 1]}}
    for voice in (*plain.get("sides", {}).values(), *(p for p in plain["parties"].values() if "side" not in p)):
        if "caucus" in voice:
            continue
        small = np.prod([len(i.get("options", [0] * 21)) for i in plain["issues"].values()]) < 100
        voice["offering"] = rng.choice(["ladder", "exhaustive", "trade_off"]) if small else "ladder"
        voice["opponents"] = rng.choice(OPPONENTS)
    for event in plain.get("events", []):  # what they do to settings of policies that are no longer there
        event.pop("effects", None)
    return loads(json.dumps(plain))


@pytest.mark.parametrize("number", range(24))
def test_a_world_is_the_same_in_any_block_and_in_its_trace(number: int) -> None:
    scenario = with_policies(random.Random(number))
    whole = conclude(scenario, talk(scenario, 1, np.arange(20, dtype=np.int64)))
    first = 0
    for size in (1, 6, 13):
        part = conclude(scenario, talk(scenario, 1, np.arange(first, first + size, dtype=np.int64)))
        here = slice(first, first + size)
        for name in ("outcome", "day", "meetings", "rounds"):
            assert (getattr(part, name) == getattr(whole, name)[here]).all(), name
        assert (part.package == whole.package[:, here]).all()
        assert part.utility.tobytes() == np.ascontiguousarray(whole.utility[:, here]).tobytes()
        for p, worth in part.discounted.items():
            assert worth.tobytes() == whole.discounted[p][here].tobytes()
        first += size
    minutes = trace(scenario, 7, 1)
    assert sum(len(meeting.rounds) for meeting in minutes.meetings) == whole.rounds[7]
    assert list(minutes.utilities.values()) == list(whole.utility[:, 7])
