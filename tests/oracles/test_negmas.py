"""Stacked alternating offers against what NegMAS (Mohammad, Nakadai & Greenwald, 2020) did with the same domains.

Every case goes through the scenario format: lone parties with scores, a reservation value at their worst package, an
exponent, and `offering: exhaustive`. NegMAS looks packages up with small tolerances, so a few cases end on a
neighbouring package; whether there is an agreement is always the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.loading import loads
from sim.trace.recorder import trace

EXPONENT = {"boulware": 4, "linear": 1, "conceder": 0.25}
FILES = ("negmas_bilateral", "negmas_multilateral")


def scenario_text(case: dict[str, Any]) -> str:
    """A case as a scenario file."""
    parties = {
        f"p{p}": {
            "scores": {f"i{j}": {f"o{k}": x for k, x in enumerate(row)} for j, row in enumerate(party["utility"])},
            "reservation": sum(min(row) for row in party["utility"]),
            "concession": {"exponent": EXPONENT[party["curve"]]},
            "offering": "exhaustive",
        }
        for p, party in enumerate(case["parties"])
    }
    issues = {f"i{j}": {"options": [f"o{k}" for k in range(size)]} for j, size in enumerate(case["options"])}
    meetings = [{"rounds": case["n_steps"]}]
    return json.dumps({"format": 1, "title": "Case", "issues": issues, "parties": parties, "meetings": meetings})


def played(case: dict[str, Any]) -> tuple[list[int] | None, int]:
    """The agreement as option numbers, and the round it came in."""
    minutes = trace(loads(scenario_text(case)))
    last = minutes.meetings[-1].rounds[-1].number
    if minutes.package is None:
        return None, last
    return [int(minutes.package[f"i{j}"][1:]) for j in range(len(case["options"]))], last


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[tuple[dict[str, Any], list[int] | None, int]]:
    """Every case with the agreement and round that it has here."""
    found = [c for name in FILES for c in json.loads((shared / "oracles" / f"{name}.json").read_text())["cases"]]
    return [(case, *played(case)) for case in found]


def test_there_is_an_agreement_exactly_where_negmas_found_one(cases: list[Any]) -> None:
    assert len(cases) == 90
    for case, agreement, _ in cases:
        assert (agreement is None) == (case["agreement"] is None), case["case"]


def test_agreement_and_step_are_those_of_negmas_in_at_least_95_of_100(cases: list[Any]) -> None:
    same = sum(
        agreement == case["agreement"] and (agreement is None or step == case["step"])
        for case, agreement, step in cases
    )
    assert same >= 0.95 * len(cases)
