"""Small negotiations to try policies on."""

from __future__ import annotations

import json
from typing import Any

import sim
from sim.report.minutes.traced import Traced
from sim.scenario.loading import loads
from sim.scenario.model import Scenario
from sim.trace.minutes import Minutes


def pie(slices: int, first: dict[str, Any], second: dict[str, Any], rounds: int = 10) -> Scenario:
    """Two parties share a pie of so many slices; the option says how many the first gets. No deal is worth 0."""
    options = [str(n) for n in range(slices + 1)]
    mine = {"pie": {o: int(o) / slices for o in options}}
    yours = {"pie": {o: 1 - int(o) / slices for o in options}}
    plain = {
        "format": 1,
        "title": "A pie",
        "issues": {"pie": {"options": options}},
        "parties": {
            "first": {"scores": mine, "reservation": 0, **first},
            "second": {"scores": yours, "reservation": 0, **second},
        },
        "meetings": [{"rounds": rounds}],
    }
    return loads(json.dumps(plain))


def shares(minutes: Minutes) -> tuple[float, float]:
    """What the two got."""
    return minutes.utilities["first"], minutes.utilities["second"]


def offers(minutes: Minutes, side: str) -> list[int]:
    """The slices for the first party in each offer of a side, in order."""
    return [
        int(move.package["pie"])
        for meeting in minutes.meetings
        for one in meeting.rounds
        for move in one.moves
        if move.side == side and move.act in ("offer", "counter") and move.package is not None
    ]


def played(slices: int, first: dict[str, Any], second: dict[str, Any], rounds: int = 10) -> Traced:
    """The minutes of sharing the pie."""
    return sim.trace(pie(slices, first, second, rounds))
