"""Reading the trees of YAML and JSON files of other programs: what must stand somewhere, or one clear error."""

from __future__ import annotations

import math

from sim.convert.draft import refuse
from sim.convert.json_text import read_json
from sim.convert.opened import Opened
from sim.scenario.reading import found, is_null
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text, read_yaml

LONGEST_YAML = 1_000_000
"""Bytes of a YAML file, whose reading takes ten seconds or more for so many."""


def read_tree(file: Opened) -> Node:
    """Tree of a YAML or JSON file.

    Raises
    ------
    ScenarioError
        If it is neither, or too long.
    """
    if file.text.lstrip()[:1] in ("{", "[") and file.suffix == ".json":
        return read_json(file)
    if len(file.data) > LONGEST_YAML:
        raise refuse(file.place, f"the YAML file has more than {LONGEST_YAML:,} bytes")
    return read_yaml(file.text, file.shown)


def mapping(node: Node, what: str) -> Mapping:
    """The mapping that must stand here."""
    if not isinstance(node, Mapping):
        raise refuse(node.place, f"expected a mapping for {what}, found {found(node)}")
    return node


def items(node: Node, what: str) -> list[Node]:
    """The items of the list that must stand here."""
    if not isinstance(node, Items):
        raise refuse(node.place, f"expected a list for {what}, found {found(node)}")
    return node.items


def entry(node: Mapping, key: str, what: str) -> Node:
    """The entry that a mapping must have."""
    if key not in node.entries or is_null(node.entries[key]):
        raise refuse(node.place, f"'{key}' is missing in {what}")
    return node.entries[key]


def optional(node: Mapping, key: str) -> Node | None:
    """The entry of a mapping, None where it is missing or null."""
    value = node.entries.get(key)
    return None if value is None or is_null(value) else value


def number(node: Node, what: str) -> float:
    """The finite number that must stand here."""
    value = any_number(node, what)
    if not abs(value) <= 1e15:
        raise refuse(node.place, f"expected a number of at most 1e15 for {what}, found {found(node)}")
    return value


def any_number(node: Node, what: str) -> float:
    """The number that must stand here, be it infinite."""
    if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        raise refuse(node.place, f"expected a number for {what}, found {found(node)}")
    value = float(node.value)
    if math.isnan(value):
        raise refuse(node.place, f"expected a number for {what}, found {found(node)}")
    return value


def label(node: Node, what: str) -> str:
    """The word or number that must stand here, as text; numbers in their shortest form."""
    if not isinstance(node, Scalar) or is_null(node):
        raise refuse(node.place, f"expected a word or a number for {what}, found {found(node)}")
    return id_text(node)
