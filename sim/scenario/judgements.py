"""What the numbers of a scenario rest on: the list of its judgements and their sources."""

from __future__ import annotations

from collections.abc import Iterator

from sim.scenario.format import KINDS, RESERVED
from sim.scenario.like import Resolved
from sim.scenario.model import Judgement
from sim.scenario.reading import Reading
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text

GROUPS = (
    "positions",
    "scores",
    "salience",
    "reservation",
    "red_lines",
    "concession",
    "weight",
    "ratification",
    "votes",
    "weights",
)
"""Entries of a party that are judgements, with a source or without."""

LONGEST = 160
"""Longest text of a value in the list."""


def coded_judgements(reading: Reading, root: Node, parties: dict[str, Resolved]) -> tuple[Judgement, ...]:
    """Judgements of a file in its order.

    Every mapping that names a source is one. So is every group of a party's numbers for which no source stands in
    it or above it: its sources are empty, and where it has uncertain numbers that is worth a warning.

    Parameters
    ----------
    reading
        Where warnings are noted.
    root
        The tree of the file.
    parties
        The parties with the entries they take over from others.
    """
    judgements: list[Judgement] = []
    if not isinstance(root, Mapping):
        return ()
    for key, node in root.entries.items():
        if key == "parties":
            if isinstance(node, Mapping):
                judgements.extend(_sourced(reading, node, key, deep=False))
            for name, party in parties.items():
                judgements.extend(_of_party(reading, name, party))
        elif key not in ("sources", "sweep", "outcome", *RESERVED):
            judgements.extend(_sourced(reading, node, key))
    return tuple(judgements)


def brief(node: Node, longest: int = LONGEST) -> str:
    """Text of a value in one line, without its sources and notes, cut short where it is long."""
    text = _brief(node, top=True)
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def _of_party(reading: Reading, name: str, party: Resolved) -> Iterator[Judgement]:
    base = f"parties.{name}"
    if not isinstance(party.node, Mapping) or not isinstance(party.own, Mapping):
        return
    if "source" in party.own.entries:
        stated = {key: node for key, node in party.own.entries.items() if key in GROUPS}
        value = brief(Mapping(party.own.place, stated, party.own.keys)) if stated else ""
        yield Judgement(base, value, reading.source_keys(party.own.entries["source"]), _note(party.own))
    covered = "source" in party.own.entries
    for key, node in party.node.entries.items():
        if key in RESERVED:
            continue
        path = f"{base}.{key}"
        inner = list(_sourced(reading, node, path))
        inherited = party.sources.get(key, ())
        own = key in party.own.entries
        if key in GROUPS and not inner:
            if inherited and not (covered and own):
                yield Judgement(path, brief(node), inherited, _note(node))
            elif not inherited and not covered:
                yield Judgement(path, brief(node), (), _note(node))
                if own and _uncertain(party.own.entries[key]):
                    place = party.own.keys[key]
                    reading.warning(
                        place, f"uncertain numbers in {key} have no source (give one, or `source: assumed`)"
                    )
        yield from inner


def _sourced(reading: Reading, node: Node, path: str, deep: bool = True) -> Iterator[Judgement]:
    """Judgements with a source in a part of the file."""
    if isinstance(node, Mapping):
        source = node.entries.get("source")
        if source is not None:
            yield Judgement(path, brief(node), reading.source_keys(source), _note(node))
        if deep:
            for key, value in node.entries.items():
                if key not in RESERVED:
                    yield from _sourced(reading, value, f"{path}.{key}")
    elif isinstance(node, Items) and deep:
        for i, item in enumerate(node.items):
            line = _red_line(item, path)
            if line is not None and isinstance(item, Mapping):
                yield from _of_red_line(reading, item, line, f"{path}.{line}")
                continue
            yield from _sourced(reading, item, f"{path}.{_item_id(item, path, i)}")


def _of_red_line(reading: Reading, item: Mapping, option: str, path: str) -> Iterator[Judgement]:
    """Judgements of {OPTION: probability}; its source may stand beside the option or in what is said of it."""
    source, value = item.entries.get("source"), item.entries[option]
    if source is not None:
        yield Judgement(path, brief(value), reading.source_keys(source), _note(item))
    yield from _sourced(reading, value, path)


def _red_line(item: Node, path: str) -> str | None:
    """The option of {OPTION: probability} in a list of red lines."""
    if not isinstance(item, Mapping) or ".red_lines." not in path:
        return None
    return next((key for key in item.entries if key not in RESERVED), None)


def _item_id(node: Node, path: str, i: int) -> str:
    given = node.entries.get("id") if isinstance(node, Mapping) else None
    if isinstance(given, Scalar):
        return id_text(given)
    return f"meeting_{i + 1}" if path == "meetings" else str(i)


def _note(node: Node) -> str:
    note = node.entries.get("note") if isinstance(node, Mapping) else None
    return note.text if isinstance(note, Scalar) else ""


def _uncertain(node: Node) -> bool:
    if isinstance(node, Items):  # red lines: {OPTION: probability} is one that is uncertain
        return any(isinstance(item, Mapping) for item in node.items)
    if isinstance(node, Mapping):
        return any(key in KINDS for key in node.entries) or any(map(_uncertain, node.entries.values()))
    return False


def _brief(node: Node, top: bool = False) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Items):
        return "[" + ", ".join(map(_brief, node.items)) + "]"
    parts = [f"{key}: {_brief(value)}" for key, value in node.entries.items() if key not in RESERVED]
    inner = ", ".join(parts)
    return inner if top and inner else "{" + inner + "}"
