"""Small scenarios in which something about a report is at its limit, and their results."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.interface import run
from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.sweeps.run import Results

Plain = dict[str, Any]

LONG = "A title that goes on and on " * 9
RIGHT_TO_LEFT = "שלום עולם السلام عليكم"
HOSTILE = '<script>alert("1")</script> $x$ & #1c2126 id="a"'

BUNDLED = {"nato_russia_2022": 40, "four_issue_trade": 50, "price_haggle": 50}
"""Scenarios of the project, and in how many worlds they are played here."""


def plain(name: str) -> tuple[Plain, int]:
    """A scenario as a mapping, and the number of worlds to play."""
    return _CASES[name]()


def _lone(pair: dict[str, Plain], **more: Any) -> Plain:
    return {
        "format": 1,
        "title": "Small",
        "issues": {"tariff": {"options": ["none", "half", "full"], "status_quo": "none"}},
        "parties": pair,
        **more,
    }


def _no_deal() -> tuple[Plain, int]:
    parties = {
        "A": {"positions": {"tariff": 0.0}, "reservation": 0.9},
        "B": {"positions": {"tariff": 1.0}, "reservation": 0.9},
    }
    return _lone(parties), 20


def _no_round() -> tuple[Plain, int]:
    parties = {"A": {"positions": {"tariff": 0.0}}, "B": {"positions": {"tariff": 1.0}}}
    war = {"title": "War", "date": "2000-01-02", "ends": "talks"}
    return _lone(parties, meetings=[{"id": "talks", "date": "2000-01-05"}], events=[war]), 5


def _three_sides() -> tuple[Plain, int]:
    parties = {
        name: {
            "positions": {f"i{j}": {"plus_minus": [(k * 0.37 + j * 0.21) % 1, 0.1]} for j in range(4)},
            "reservation": 0.3,
            "concession": "linear",
        }
        for k, name in enumerate(("A", "B", "C"))
    }
    return _lone(parties) | {"issues": {f"i{j}": {"options": ["p", "q", "r", "s"]} for j in range(4)}}, 40


def _many_issues() -> tuple[Plain, int]:
    ids = [f"issue_{j}" for j in range(18)]
    parties = {
        name: {
            "positions": {one: {"plus_minus": [0.1 + 0.8 * k, 0.1]} for one in ids},
            "salience": {one: {"uniform": [0.1, 1]} for one in ids},
            "reservation": 0.3,
            "concession": "linear",
        }
        for k, name in enumerate(("Alpha", "Beta"))
    }
    meetings = [
        {"id": f"m{k}", "title": f"Round table number {k}", "date": {"days": 6 * k}, "rounds": 2} for k in range(14)
    ]
    options = ["first", "second", "third", "the fourth of all"]
    issues = {one: {"title": f"Question {j} with a rather long title", "options": options} for j, one in enumerate(ids)}
    return _lone(parties, meetings=meetings) | {"issues": issues}, 20


def _hostile() -> tuple[Plain, int]:
    options = [{"id": "x", "title": "$\\frac{1}{2}$ <b>bold</b>"}, {"id": "y", "title": LONG}, "z"]
    parties = {
        "A": {"title": LONG, "side": "s", "positions": {"a": 0.0, "b": 0.2}, "reservation": 0.2},
        "B": {"title": "_under <i>", "side": "s", "positions": {"a": 0.3, "c": 1.0}, "reservation": 0.2},
        "C": {"title": RIGHT_TO_LEFT, "side": "t", "positions": {"a": 1.0, "b": 0.9, "c": 0.0}, "reservation": 0.2},
    }
    return {
        "format": 1,
        "title": HOSTILE,
        "description": "<img src=x onerror=alert(1)> " + LONG,
        "sources": {"<b> '\"": "https://example.org/?a=1&b=<script>", RIGHT_TO_LEFT: "A book"},
        "issues": {
            "a": {"title": LONG, "options": options, "status_quo": "x"},
            "b": {"title": RIGHT_TO_LEFT, "options": ["p", "q", "r"]},
            "c": {"title": HOSTILE, "options": ["p", "q"]},
        },
        "sides": {"s": {"title": LONG}, "t": {"title": "$x$ <u>"}},
        "parties": {
            name: party | {"source": "<b> '\"", "note": "</table><script>alert(2)</script>"}
            for name, party in parties.items()
        },
        "meetings": [{"id": "m", "title": LONG, "venue": "<u>venue</u>", "date": "2000-01-03"}],
        "events": [{"title": HOSTILE, "date": "2000-01-04", "effects": {"A.reservation": 0.1}}],
    }, 20


def _scores() -> tuple[Plain, int]:
    parties = {
        "A": {"scores": {"delay": {str(k): 10 * k for k in range(21)}}, "reservation": {"plus_minus": [60, 30]}},
        "B": {"scores": {"delay": {str(k): -3 * k for k in range(21)}}, "reservation": {"plus_minus": [-30, 20]}},
    }
    return _lone(parties) | {"issues": {"delay": {"scale": {"from": 0, "to": 20, "step": 1, "unit": "years"}}}}, 60


_CASES = {
    "no_deal": _no_deal,
    "no_round": _no_round,
    "three_sides": _three_sides,
    "many_issues": _many_issues,
    "hostile": _hostile,
    "scores": _scores,
}
EDGES = tuple(_CASES)


@cache
def scenario(name: str) -> Scenario:
    """A bundled scenario or an edge case."""
    if name in BUNDLED:
        return load(Path(__file__).parents[2] / "scenarios" / f"{name}.yaml")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_text(json.dumps(plain(name)[0]), encoding="utf-8")
        return load(path)


@cache
def results(name: str, worlds: int | None = None) -> Results:
    """The results of a run of it, in memory."""
    return run(scenario(name), worlds or (BUNDLED.get(name) or plain(name)[1]), seed=1)
