"""Every number of a scenario, by its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from sim.scenario.model import Quantity, Scenario
from sim.scenario.recent import recent


@recent
def quantities(scenario: Scenario) -> dict[str, Quantity]:
    """All quantities of the scenario by path, in the order of the file."""
    return {quantity.path: quantity for quantity in _walk(scenario)}


def _walk(value: Any) -> Iterator[Quantity]:
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    else:
        for name in _fields(type(value)):
            yield from _walk(getattr(value, name))


_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
    return _FIELDS[kind]
