"""The JSON Schema says what the reader says, as far as a schema can."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sim.scenario.bundled import bundled, folder
from sim.scenario.schema import json_schema, schema_text
from sim.scenario.template import starter
from sim.scenario.yaml_text import Node, read_yaml


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    return jsonschema.Draft202012Validator(json_schema())


def test_the_schema_beside_the_bundled_scenarios_is_up_to_date() -> None:
    assert (folder() / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_it_accepts_every_valid_file(
    plain: Callable[[Node], Any], validator: jsonschema.Draft202012Validator, sample: str
) -> None:
    for text in (sample, starter("t"), *(p.read_text(encoding="utf-8") for p in bundled().values())):
        assert [e.message for e in validator.iter_errors(plain(read_yaml(text)))] == []


def test_it_accepts_the_oracle_cases(
    plain: Callable[[Node], Any], validator: jsonschema.Draft202012Validator, shared: Path
) -> None:
    for case in sorted((shared / "oracles" / "rules").glob("*.yaml"))[::10]:
        assert validator.is_valid(plain(read_yaml(case.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "change",
    [
        ("events:", "event:"),
        ("salience:", "salence:"),
        ("rounds: 4", "round: 4"),
        ("decides: consensus", "decides: concensus"),
        ("moratorium", "{ident: moratorium}"),
        ("reservation: 0.55", "reservation: {unifrom: [0, 1]}"),
        ("reservation: 0.55", "reservation: {uniform: [0, 1], normal: [0, 1]}"),
        ("reservation: 0.55", "reservation:"),
        ("reservation: 0.55", "concession: boulwar"),
        ("title: Two sides, two issues", "description: no title"),
        ("end: 2022-02-23", "end: soon"),
        ("[barred]", "barred"),
    ],
)
def test_it_refuses_what_the_reader_refuses(
    change: tuple[str, str],
    plain: Callable[[Node], Any],
    validator: jsonschema.Draft202012Validator,
    sample: str,
    edit: Callable[..., str],
    complaints: Callable[..., list[str]],
) -> None:
    text = edit(sample, change)
    assert complaints(text) != []
    assert not validator.is_valid(plain(read_yaml(text)))


def test_a_distribution_may_stand_for_any_number(
    plain: Callable[[Node], Any], validator: jsonschema.Draft202012Validator, sample: str, edit: Callable[..., str]
) -> None:
    for old in ("0.9", "0.55", "0.05", "0.03", "delay: 0", "rounds: 4"):
        key = old.rpartition(" ")[0]
        text = edit(sample, (old, f"{key} {{uniform: [1, 2], shared: {{a: 0.5}}, source: nrc, note: x}}"))
        assert validator.is_valid(plain(read_yaml(text))), old


def test_every_key_is_described() -> None:
    schema = json_schema()
    for name, entry in {"": schema, **schema["$defs"]}.items():
        for key, described in entry.get("properties", {}).items():
            if name not in ("DecisionEntry", "EffectEntry", "SourceEntry"):
                assert described.get("description"), f"{name}.{key}"


SWEEP = """
sweep:
  design: lhs
  points: 6
  vary: {parties.RUS.weight: 0.5:2, parties.POL.weight: own, clock: [rounds, days]}
  levers: {parties.USA.concession: [linear, {exponent: 2}]}
"""


def test_it_says_what_a_sweep_section_may_hold(
    plain: Callable[[Node], Any], validator: jsonschema.Draft202012Validator, sample: str
) -> None:
    assert validator.is_valid(plain(read_yaml(sample + SWEEP)))
    for old, new in (
        ("lhs", "lsh"),
        ("points", "point"),
        ("0.5:2", "0.5"),
        ("[rounds, days]", "[]"),
        ("own", "its own"),
    ):
        assert not validator.is_valid(plain(read_yaml(sample + SWEEP.replace(old, new)))), new
    assert not validator.is_valid(plain(read_yaml(sample + "\nsweep: {design: lhs}\n")))
