"""The order in which parties are shown."""

from __future__ import annotations

from sim.scenario.model import Scenario


def by_side(scenario: Scenario) -> list[int]:
    """Parties side by side, within a side in the order of the file."""
    return [p for side in scenario.sides for p in side.members]
