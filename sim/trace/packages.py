"""Packages of one world by the names that issues and options have in the file."""

from __future__ import annotations

from sim.scenario.model import Scenario
from sim.talks.state import NONE
from sim.worlds.packages import Packages

Package = dict[str, str]
"""Option by issue, as ids."""


def named(scenario: Scenario, package: Packages) -> Package:
    """A package of shape (issues, 1)."""
    return {issue.id: issue.options[int(package[j, 0])].id for j, issue in enumerate(scenario.issues)}


def named_if_any(scenario: Scenario, package: Packages) -> Package | None:
    """A package of shape (issues, 1), or None where there is none."""
    return None if package[0, 0] == NONE else named(scenario, package)
