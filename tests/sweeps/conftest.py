"""Small scenarios for sweeps, and what tests of them share."""

from __future__ import annotations

import pytest

from sim.scenario.loading import loads
from sim.scenario.model import Scenario

PRODUCT = """
format: 1
title: A deal unless one of two things comes between
end: {days: 5}
issues:
  matter: {options: [no, yes], status_quo: no}
parties:
  one: {positions: {matter: yes}}
  other: {positions: {matter: yes}}
meetings:
  - {id: talk, date: {days: 3}, rounds: 1}
events:
  - {id: flood, date: {days: 1}, ends: talks, probability: 0.5}
  - {id: strike, date: {days: 2}, ends: talks, probability: 0.5}
"""
"""Agreement in a world unless an event happens: the share of agreements is (1 - p) (1 - q)."""


@pytest.fixture(scope="session")
def product() -> Scenario:
    """Agreements in the share (1 - p) (1 - q) of worlds, p and q the probabilities of two events."""
    return loads(PRODUCT, "product.yaml")
