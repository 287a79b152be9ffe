"""Whatever stands in a file, what a user sees is a list of problems."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.scenario.loading import loads
from sim.scenario.problems import ScenarioError
from sim.scenario.schema import json_schema
from sim.scenario.template import starter
from sim.scenario.yaml_text import Node, read_yaml

BASE = starter("Garbage")
SCHEMA = jsonschema.Draft202012Validator(json_schema())
WORDS = """
    { } [ ] : , - ? | > # ' " ~ null .nan .inf -1 0 1 0.5 1e400 99999999999999999999999 true &a *a !!int <<: ---
    source note choice uniform like status_quo {} [] {a:1} {days:1e300} 2024-02-01 2022-02-30 9999-12-31 0x 1_000 + . é
    north alliance inspections none linear unanimity opening
"""
VALUES = [
    "{uniform: [0, 1]}",
    "{choice: [none, any_time]}",
    "{choice: [0, 1], source: example, note: x}",
    "{triangular: [0, 0.5, 1], shared: {a: 1}}",
    "{days: 3}",
    "{power: 2}",
    "{exponent: 1}",
    "{quorum: 1}",
    "{source: assumed}",
    "[inspections]",
    "&a [*a]",
]
SCRAPS = st.sampled_from([*WORDS.split(), *VALUES, "", "\t", "\x00", "\n", "\n  ", ": ", "- ", " #"])


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A valid file with a few places overwritten, cut, or swapped."""
    text = BASE
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 2, 5, 20, 200]))
        text = text[:at] + draw(SCRAPS) + text[at + cut :]
    return text


@st.composite
def replaced_values(draw: st.DrawFn) -> str:
    """A valid file with the value of some keys replaced."""
    lines = BASE.splitlines()
    for _ in range(draw(st.integers(1, 3))):
        i = draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[i].partition(": ")
        lines[i] = key + colon + draw(SCRAPS)
    return "\n".join(lines)


def attempt(text: str, *changes: str) -> None:
    with contextlib.suppress(ScenarioError):
        loads(text, "f.yaml", changes)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutations() | replaced_values())
def test_mutations_of_a_file(text: str) -> None:
    attempt(text)


@settings(max_examples=100, deadline=None)
@given(st.text() | st.lists(SCRAPS, max_size=30).map(" ".join))
def test_garbage(text: str) -> None:
    attempt(text)
    attempt("format: 1\ntitle: T\n" + text)


PARTS = "parties north reservation meetings opening rounds issues limit scale events incident 0 sides alliance decides"
PATHS = st.lists(st.sampled_from(PARTS.split()), min_size=1, max_size=4).map(".".join)


@settings(max_examples=100, deadline=None)
@given(PATHS | st.text(max_size=10), SCRAPS | st.text(max_size=5))
def test_changes(path: str, value: str) -> None:
    attempt(BASE, f"{path}={value}")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=replaced_values())
def test_what_loads_the_schema_accepts(plain: Callable[[Node], Any], text: str) -> None:
    try:
        loads(text)
    except ScenarioError:
        return
    assert [error.message for error in SCHEMA.iter_errors(plain(read_yaml(text)))] == []
