"""A traced world has in full what the table of rounds summarises over worlds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import sim

Key = tuple[int, int, str, str | None, str | None, str | None]


def told(minutes: Any) -> Iterator[tuple[Key, float]]:
    """Every number of the minutes under its meeting, round, measure, issue, side and party."""
    for order, meeting in enumerate(minutes.as_json()["meetings"], 1):
        for one in meeting["rounds"]:
            at, found = (order, one["round"]), one["distances"]
            assert found["gap"]["total"] == one["gap"]
            for name in ("gap", "position_gap"):
                yield (*at, name, None, None, None), found[name]["total"]
                for issue, gap in found[name]["issues"].items():
                    yield (*at, name, issue, None, None), gap
            for side, spread in found["spread"].items():
                yield (*at, "spread", None, side, None), spread
            for side, lacks in found["shortfall"].items():
                for party, lack in lacks.items():
                    yield (*at, "shortfall", None, side, party), lack


@pytest.mark.parametrize("name", ["price_haggle", "four_issue_trade", "nato_russia_2022"])
def test_a_trace_tells_every_distance_of_every_round(name: str) -> None:
    scenario = sim.load(name)
    names = ("order", "round", "measure", "issue", "side", "party")
    table = {
        tuple(row[column] for column in names): row["mean"]
        for row in sim.run(scenario, worlds=1, seed=4).rounds.iter_rows(named=True)
        if row["measure"] != "offer"
    }
    minutes = dict(told(sim.trace(scenario, 0, 4)))
    assert {key for key, value in table.items() if value is not None} == {
        key for key, value in minutes.items() if value is not None
    }
    for key, value in minutes.items():
        assert value == pytest.approx(table[key], abs=1e-9)
