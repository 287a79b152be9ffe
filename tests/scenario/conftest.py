from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError
from sim.scenario.yaml_text import Items, Mapping, Node

SAMPLE = """\
format: 1
title: Two sides, two issues
sources: {nrc: "address or citation"}
start: 2022-01-10
end: 2022-02-23
issues:
  membership:
    options:
      - {id: barred, title: "No new members", at: 0}
      - moratorium
      - {id: open_door, at: 1}
    status_quo: open_door
  delay:
    scale: {from: 0, to: 20, step: 1, unit: years}
    status_quo: 0
sides:
  nato: {title: NATO, decides: consensus}
parties:
  USA:
    side: nato
    positions: {membership: open_door, delay: 0}
    salience: {membership: 0.9}
    red_lines: {membership: [barred]}
    reservation: 0.55
  POL: {side: nato, like: USA, weight: 0.5}
  RUS:
    positions: {membership: barred, delay: {plus_minus: [20, 3]}}
    reservation: {status_quo: 0.05}
meetings:
  - {id: geneva, date: 2022-01-10, parties: [USA, RUS], rounds: 4}
events:
  - {date: 2022-01-17, effects: {RUS.reservation: 0.03}}
"""


@pytest.fixture(scope="session")
def sample() -> str:
    """A valid file that tests make their changes to."""
    return SAMPLE


Edit = tuple[str, str]


def edited(text: str, *edits: Edit) -> str:
    """The text with each first part replaced by the second; the first must be there."""
    for old, new in edits:
        assert old in text, f"{old!r} is not in the sample"
        text = text.replace(old, new, 1)
    return text


@pytest.fixture(scope="session")
def edit() -> Callable[..., str]:
    return edited


@pytest.fixture(scope="session")
def complaints() -> Callable[..., list[str]]:
    """What loading a text says is wrong, as a list of lines; empty if it loads."""

    def of(text: str, *changes: str) -> list[str]:
        try:
            loads(text, "f.yaml", changes)
        except ScenarioError as error:
            return str(error).splitlines()
        return []

    return of


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    return node.value


@pytest.fixture(scope="session")
def plain() -> Callable[[Node], Any]:
    """A file's tree as JSON has it: keys are text."""
    return _plain
