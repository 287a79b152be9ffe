"""The rules of play, offer by offer, against what a plain program of the same rules did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.loading import load
from sim.trace.recorder import trace

CASES = [f"c{number:03d}" for number in range(60)]


@pytest.fixture(scope="session")
def expected(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "oracles" / "rules" / "expected.json").read_text()))


@pytest.mark.parametrize("case", CASES)
def test_offers_and_agreement_are_those_of_the_plain_program(case: str, shared: Path, expected: dict[str, Any]) -> None:
    scenario = load(shared / "oracles" / "rules" / f"{case}.yaml")
    minutes = trace(scenario)
    codes = [{option.id: k for k, option in enumerate(issue.options)} for issue in scenario.issues]

    def numbers(package: dict[str, str]) -> list[int]:
        return [code[package[issue.id]] for issue, code in zip(scenario.issues, codes, strict=True)]

    offers = [
        [m, one.number, move.side, numbers(move.package)]
        for m, meeting in enumerate(minutes.meetings)
        for one in meeting.rounds
        for move in one.moves
        if move.act in ("offer", "counter") and move.package is not None
    ]
    assert offers == expected[case]["offers"]
    agreement = expected[case]["agreement"]
    assert (None if minutes.package is None else numbers(minutes.package)) == agreement
    if agreement is not None:
        last = len(minutes.meetings) - 1, minutes.meetings[-1].rounds[-1].number
        assert last == (expected[case]["meeting"], expected[case]["round"])
