"""What a scenario says and a format of outcomes and utilities cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.convert.draft import Draft, Plain
from sim.scenario.format import KINDS, RESERVED
from sim.scenario.problems import listing

MOST = 5_000
"""Names that are listed: all, but for files beyond all use."""

_TOP = ("format", "title", "issues", "parties")
_ISSUE = ("title", "options", "scale")
_OPTION = ("id", "title")
_PARTY = ("title", "like", "positions", "scores", "salience", "loss", "reservation")


def note_unheld(draft: Draft, plain: Plain, held: tuple[str, ...] = ()) -> None:
    """Note what is in a scenario file and goes into no additive utility.

    Parameters
    ----------
    draft
        Where it is noted.
    plain
        The scenario as plain data.
    held
        Keys of a party that the format holds besides those of its utility.
    """
    top = [key for key in plain if key not in (*_TOP, *RESERVED)]
    if top:
        draft.dropped(f"in the scenario: {listing(top, MOST)}")
    for issue, entry in _mappings(plain.get("issues")):
        left = [key for key in entry if key not in _ISSUE]
        options = entry.get("options")
        for option in options if isinstance(options, list) else []:
            left += [key for key in option if key not in _OPTION] if isinstance(option, Mapping) else []
        if left:
            draft.dropped(f"of the issue '{issue}': {listing(list(dict.fromkeys(left)), MOST)}")
    by_keys: dict[tuple[str, ...], list[str]] = {}
    for party, entry in _mappings(plain.get("parties")):
        left_here = tuple(key for key in entry if key not in (*_PARTY, *held))
        if left_here:
            by_keys.setdefault(left_here, []).append(party)
    for keys, parties in by_keys.items():
        draft.dropped(f"of {listing(parties, MOST)}: {listing(list(keys), MOST)}")
    unsure = list(_unsure(plain, ""))
    if unsure:
        draft.changed(f"numbers that are uncertain are at their central values: {listing(unsure, MOST)}")
    shaped = [party for party, entry in _mappings(plain.get("parties")) if "positions" in entry]
    if shaped:
        draft.changed(f"positions and losses are written as the worth of each option: {listing(shaped, MOST)}")


def _mappings(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key not in RESERVED and isinstance(value, Mapping):
                yield str(key), value


def _unsure(node: Any, path: str) -> Iterator[str]:
    """Paths of distributions among what parties want and where options stand."""
    if isinstance(node, Mapping):
        if any(kind in node for kind in KINDS):
            yield path
            return
        for key, value in node.items():
            if path or key in ("issues", "parties"):
                yield from _unsure(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for i, item in enumerate(node):
            yield from _unsure(item, f"{path}.{i}")
