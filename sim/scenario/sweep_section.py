"""The `sweep` section: what `detente sweep FILE` plays where the command line doesn't say.

Only the form is checked here. Whether a path is one of the scenario's, and what it does, is found out where points are
laid out, in `sim.sweeps`.
"""

from __future__ import annotations

import json
import re

from sim.scenario.distributions import count
from sim.scenario.format import RESERVED, SweepEntry
from sim.scenario.limits import MOST_POINTS, MOST_WORLDS
from sim.scenario.model import SweepSection, VariedEntry
from sim.scenario.policies import DESIGNS
from sim.scenario.reading import Reading, found, is_null
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar

OWN = "own"
"""Stands for: over the number's own distribution in the file."""

_BARE = re.compile(r"[\w./+-]+(?: [\w./+-]+)*")
_EXPECTED = f"expected LOW:HIGH, LOW:HIGH:N, a list of values, or {OWN}"


def read_sweep_section(reading: Reading, node: Node) -> SweepSection | None:
    """Read the `sweep` section.

    Parameters
    ----------
    reading
        Where mistakes are noted.
    node
        The section.

    Returns
    -------
    None where nothing is varied, which is a mistake.
    """
    entries = reading.entries(node, SweepEntry)
    vary, levers = (_varied(reading, entries.get(key), key) for key in ("vary", "levers"))
    if isinstance(node, Mapping) and not {"vary", "levers"} & node.entries.keys():
        reading.error(node.place, "a sweep needs something to vary: `vary`, `levers` or both")
    design = reading.word(entries["design"], "design", DESIGNS) if "design" in entries else None
    size, worlds = (
        count(reading, entries[key], most, key) if key in entries else None
        for key, most in (("points", MOST_POINTS), ("worlds", MOST_WORLDS))
    )
    return SweepSection(vary, levers, design, size, worlds, node.place) if vary or levers else None


def _varied(reading: Reading, node: Node | None, key: str) -> tuple[VariedEntry, ...]:
    if node is None:
        return ()
    varied = []
    for path, place, value in reading.table(node, f"{key} (path to values)"):
        if isinstance(value, Items):
            if not value.items or any(is_null(item) for item in value.items):
                reading.error(value.place, f"{_EXPECTED}, found {found(value)} with nothing in it")
                continue
            varied.append(VariedEntry(path, tuple(map(in_line, value.items)), place))
        elif isinstance(value, Scalar) and (value.text == OWN or ":" in value.text):
            varied.append(VariedEntry(path, value.text, place))
        else:
            reading.error(value.place, f"{_EXPECTED}, found {found(value)}")
    if isinstance(node, Mapping) and not node.entries.keys() - set(RESERVED):
        reading.error(node.place, f"there is nothing in '{key}'; name a path of the scenario, e.g. parties.USA.weight")
    return tuple(varied)


def in_line(node: Node) -> str:
    """YAML text of a value, in a line."""
    if isinstance(node, Scalar):
        is_text = isinstance(node.value, str) and not _BARE.fullmatch(node.text)
        return json.dumps(node.text, ensure_ascii=False) if is_text else node.text
    if isinstance(node, Items):
        return f"[{', '.join(map(in_line, node.items))}]"
    return "{" + ", ".join(f"{key}: {in_line(value)}" for key, value in node.entries.items()) + "}"
