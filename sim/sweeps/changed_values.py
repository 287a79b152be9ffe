"""Which values of a scenario differ between two runs: path, what stood there and what stands there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.scenario.changes import apply_changes
from sim.scenario.format import KINDS, RESERVED
from sim.scenario.judgements import brief
from sim.scenario.problems import ScenarioError
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text, read_yaml

_BESIDE = frozenset({"source", "sources", "sweep", "note", "title", "description", *RESERVED})
"""Keys that nothing is played by."""

_ENTRIES = frozenset({"parties", "sides", "issues", "events", "meetings"})


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value that differs.

    Attributes
    ----------
    path
        As for ``--set``.
    old, new
        As the files say it, cut short where long; None where a file says nothing.
    old_uncertain, new_uncertain
        Whether it is drawn anew in every world.
    whole
        How many values stand under the path where it names a party, a side, an issue, an event or a meeting that only
        one of the files has; 0 where it names a value.
    """

    path: str
    old: str | None
    new: str | None
    old_uncertain: bool
    new_uncertain: bool
    whole: int = 0


def changed_values(first: dict[str, Any], second: dict[str, Any]) -> list[ChangedValue]:
    """The values that differ between the scenarios of two manifests, with their ``--set`` changes made.

    Only what a file states is compared: that a party is `like` another counts as one value, what it takes over does
    not.
    """
    try:
        before, after = (
            dict(_values(apply_changes(read_yaml(one["text"]), one["set"]), "")) for one in (first, second)
        )
    except ScenarioError:
        return []  # text that this version cannot read: the lines of the diff remain
    here, there = ({_entry(path) for path in values} for values in (before, after))
    values = Counter(_entry(path) for path in (*before, *after))
    found = []
    for path in dict.fromkeys([*before, *after]):
        entry = _entry(path)
        if entry is not None and (entry in here) != (entry in there):
            if entry in values:  # told once
                told = f"{values[entry]} values"
                old, new = (told, None) if entry in here else (None, told)
                found.append(ChangedValue(entry, old, new, False, False, values.pop(entry)))
            continue
        (old, old_uncertain), (new, new_uncertain) = before.get(path, _NONE), after.get(path, _NONE)
        if old != new:
            found.append(ChangedValue(path, old, new, old_uncertain, new_uncertain))
    return found


def _entry(path: str) -> str | None:
    """The party, side, issue, event or meeting that a path is of."""
    first, _, rest = path.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first in _ENTRIES and rest else None


_Value = tuple[str | None, bool]
_NONE: _Value = (None, False)


def _values(node: Node, path: str) -> Iterator[tuple[str, _Value]]:
    """Paths and values under a node; a distribution, and a list of single values, is one value."""
    if isinstance(node, Mapping) and any(key in KINDS for key in node.entries):
        yield path, (brief(node), True)
    elif isinstance(node, Mapping):
        for key, below in node.entries.items():
            if key not in _BESIDE:
                yield from _values(below, f"{path}.{key}" if path else key)
    elif isinstance(node, Items) and any(isinstance(item, Mapping) for item in node.items):
        for place, item in enumerate(node.items):
            yield from _values(item, f"{path}.{_name(item, place)}")
    else:
        yield path, (brief(node), False)


def _name(item: Node, place: int) -> str:
    """How a path calls an entry of a list: by its id, a bare option by itself, else by its place."""
    if isinstance(item, Scalar):
        return id_text(item)
    given = item.entries.get("id") if isinstance(item, Mapping) else None
    return id_text(given) if isinstance(given, Scalar) else str(place)
