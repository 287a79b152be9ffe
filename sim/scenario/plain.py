"""A scenario as plain data (mappings, lists, numbers, words) made into the tree that a file would give.

So a program can make a scenario without writing YAML. Places are paths: where a file's mistake is told as
``file:line:column``, one in plain data is told as ``parties.USA.weigth``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Lookup
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

from sim.scenario.limits import DEEPEST
from sim.scenario.problems import Place, Problem, ScenarioError
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar

SHOWN = "<dict>"
"""How messages call the data as a whole."""


def plain_tree(plain: Lookup[Any, Any]) -> tuple[Node, str]:
    """Tree and text of a scenario in plain data.

    Parameters
    ----------
    plain
        What a scenario file has, as mappings, lists or tuples, text, numbers (also NumPy's), booleans, dates and None.

    Returns
    -------
    Node, str
        The tree, its places paths; and the same as JSON, which is YAML: what a result keeps of the scenario.

    Raises
    ------
    ScenarioError
        Where it holds anything else, a lone surrogate, or is nested too deep (as is what contains itself).
    """
    problems: list[Problem] = []
    root = _node(plain, "", 1, problems)
    if problems:
        raise ScenarioError(problems)
    return root, json.dumps(_data(root), ensure_ascii=False, indent=1)


def _at(path: str) -> Place:
    return Place(option=path) if path else Place(SHOWN)


def _node(value: Any, path: str, depth: int, problems: list[Problem]) -> Node:
    place = _at(path)
    if depth > DEEPEST:
        raise ScenarioError([Problem(place, f"nested more than {DEEPEST} deep")])
    if isinstance(value, Lookup):
        made = Mapping(place, {}, {})
        for key, entry in value.items():
            word = _key(key)
            if word is None:
                problems.append(Problem(place, f"expected a word as key, found {key!r}"))
                continue
            below = f"{path}.{word}" if path else word
            if word in made.entries:
                problems.append(Problem(_at(below), f"the key '{word}' stands twice"))
                continue
            made.keys[word] = _at(below)
            made.entries[word] = _node(entry, below, depth + 1, problems)
        return made
    if isinstance(value, (list, tuple)):
        items = [_node(item, f"{path}.{i}" if path else str(i), depth + 1, problems) for i, item in enumerate(value)]
        return Items(place, items)
    scalar = _scalar(value)
    if scalar is None:
        problems.append(
            Problem(place, f"expected a mapping, a list, text, a number, a date, true or false, found {_shown(value)}")
        )
        return Scalar(place, None, "")
    if any("\ud800" <= letter <= "\udfff" for letter in scalar[1]):
        problems.append(Problem(place, "half of a pair of surrogates is no text"))
        return Scalar(place, None, "")
    return Scalar(place, *scalar)


def _key(key: Any) -> str | None:
    """Text under which a key is known: numbers as Python writes them."""
    scalar = _scalar(key)
    return None if scalar is None or scalar[0] is None else scalar[1]


def _scalar(value: Any) -> tuple[str | int | float | bool | None, str] | None:
    """Value and text of a single value, None where it is none."""
    if value is None:
        return None, ""
    if isinstance(value, str):
        return str(value), str(value)
    if isinstance(value, bool) or type(value).__name__ == "bool":  # Python's own, and NumPy's
        return bool(value), "true" if value else "false"
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat(), value.isoformat()
    if isinstance(value, Integral):
        return int(value), str(int(value))
    if isinstance(value, Real):
        return float(value), repr(float(value))
    return None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _data(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _data(value) for key, value in node.entries.items()}
    if isinstance(node, Items):
        return [_data(item) for item in node.items]
    return node.value
