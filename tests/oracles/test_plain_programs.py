"""The plain programs of the rules of play against cases that somebody else worked out, offer by offer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.naive import play
from plain import Ending, negotiate
from plain_file import read

CASES = [f"c{number:03d}" for number in range(90)]


def naively(scenario: Any) -> Ending:
    return play(scenario, 0, 0, 1)[0]


@pytest.fixture(scope="session")
def expected(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "oracles" / "rules" / "expected.json").read_text()))


@pytest.mark.parametrize("program", [negotiate, naively])
@pytest.mark.parametrize("case", CASES)
def test_a_case_goes_offer_by_offer_as_expected(
    case: str, program: Callable[[Any], Ending], shared: Path, expected: dict[str, Any]
) -> None:
    file = read(shared / "oracles" / "rules" / f"{case}.yaml")
    ending = program(file)
    days = sorted({move.day for move in ending.moves})
    offers = [
        [days.index(move.day), move.round, file.sides[move.side].id, list(move.offer)]
        for move in ending.moves
        if move.offer is not None
    ]
    assert offers == expected[case]["offers"]
    assert ending.outcome == expected[case]["outcome"]
    agreement = list(ending.package) if ending.outcome == "agreement" and ending.package else None
    assert agreement == expected[case]["agreement"]
    if agreement is not None:
        last = ending.moves[-1]
        assert (days.index(last.day), last.round) == (expected[case]["meeting"], expected[case]["round"])
