"""The rules of play against the cases in ``oracles/rules``: every offer in order, the end and the agreement.

The cases were made by a program of its own, one negotiation at a time (`../shared/oracles/README.md`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import sim

CASES = Path(__file__).parents[3] / "shared" / "oracles" / "rules"
EXPECTED: dict[str, Any] = (
    json.loads((CASES / "expected.json").read_text(encoding="utf-8")) if (CASES / "expected.json").is_file() else {}
)


@pytest.mark.skipif(not EXPECTED, reason="the cases are not there")
@pytest.mark.parametrize("name", sorted(EXPECTED) or ["none"])
def test_talks_go_as_the_rules_of_play_say(name: str) -> None:
    """Offer by offer, and with the same end in the same meeting and round."""
    expected = EXPECTED[name]
    scenario = sim.load(CASES / f"{name}.yaml")
    told = sim.trace(scenario).as_json()
    options = {issue.id: [option.id for option in issue.options] for issue in scenario.issues}

    def numbers(package: dict[str, str]) -> list[int]:
        return [options[issue].index(package[issue]) for issue in options]

    offers = [
        [m, one["round"], move["side"], numbers(move["package"])]
        for m, meeting in enumerate(told["meetings"])
        for one in meeting["rounds"]
        for move in one["moves"]
        if move["act"] in ("offer", "counter")
    ]
    assert offers == expected["offers"]
    assert told["outcome"] == expected["outcome"]
    assert (None if told["package"] is None else numbers(told["package"])) == expected["agreement"]
    if expected["agreement"] is not None:
        held = told["meetings"]
        assert [len(held) - 1, len(held[-1]["rounds"])] == [expected["meeting"], expected["round"]]
