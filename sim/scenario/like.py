"""`like`: a party's entries over those of another.

Positions, salience, scores and red lines are merged by issue, scores also by option; every other entry is replaced as
a whole. The title is not taken over, nor is the note. Sources come along with the entries that they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.scenario.reading import Reading, is_null
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text

MERGED = ("positions", "salience", "scores", "red_lines", "weights")
"""Entries that are merged by issue, or by name."""

_OWN = ("title", "like", "source", "note")


@dataclass(slots=True)
class Resolved:
    """A party's entries with those of the party it is like.

    Attributes
    ----------
    node
        All its entries.
    own
        Its entries as they stand in the file.
    sources
        For each of its entries, the sources of the parties it comes from (for entries that are mappings without
        sources of their own).
    """

    node: Node
    own: Node
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)


def resolve_likes(reading: Reading, nodes: dict[str, Node]) -> dict[str, Resolved]:
    """Every party with the entries it takes over, in the order of the file."""
    done: dict[str, Resolved] = {}
    for name in nodes:
        chain: list[str] = []
        at: str | None = name
        while at is not None and at not in done:
            if at in chain:
                circle = chain[chain.index(at) :]
                like = _like(nodes[circle[-1]])
                assert like is not None
                shown = ", ".join(f"'{a}' is like '{b}'" for a, b in zip(circle, [*circle[1:], circle[0]], strict=True))
                reading.error(like.place, f"parties are like each other in a circle: {shown}")
                done[circle[-1]] = _alone(reading, nodes[circle[-1]])
                break
            chain.append(at)
            like = _like(nodes[at])
            target = id_text(like) if like is not None else None
            if like is not None and target is not None and not reading.known(target, like.place, "party", nodes):
                target = None
            at = target
        for each in reversed(chain):
            if each in done:
                continue
            like = _like(nodes[each])
            base = done.get(id_text(like)) if like is not None else None
            done[each] = _merged(reading, nodes[each], base) if base else _alone(reading, nodes[each])
    return {name: done[name] for name in nodes}


def _like(node: Node) -> Scalar | None:
    entry = node.entries.get("like") if isinstance(node, Mapping) else None
    return entry if isinstance(entry, Scalar) and not is_null(entry) else None


def _alone(reading: Reading, node: Node) -> Resolved:
    if not isinstance(node, Mapping):
        return Resolved(node, node)
    sources = _sources(reading, node)
    return Resolved(node, node, {key: sources for key in node.entries if key not in _OWN})


def _merged(reading: Reading, node: Node, base: Resolved) -> Resolved:
    if not isinstance(node, Mapping) or not isinstance(base.node, Mapping):
        return _alone(reading, node)
    own = _alone(reading, node)
    entries, keys, sources = dict(node.entries), dict(node.keys), dict(own.sources)
    for key, value in base.node.entries.items():
        if key in _OWN:
            continue
        mine = entries.get(key)
        if mine is None:
            entries[key], keys[key] = value, base.node.keys[key]
            sources[key] = base.sources.get(key, ())
        elif key in MERGED and isinstance(mine, Mapping) and isinstance(value, Mapping):
            entries[key] = _over(mine, value, deep=key == "scores")
            sources[key] = tuple(dict.fromkeys((*sources.get(key, ()), *base.sources.get(key, ()))))
    for one, other in (("positions", "scores"), ("scores", "positions")):
        stated, taken = node.entries.get(one), entries.get(other)
        if isinstance(stated, Mapping) and isinstance(taken, Mapping):
            mine = node.entries.get(other)
            kept = mine.entries if isinstance(mine, Mapping) else {}
            gone = {i for i in taken.entries if i in stated.entries and i not in kept and i not in _OWN}
            if gone:
                entries[other] = _without(taken, gone)
    return Resolved(Mapping(node.place, entries, keys), node, sources)


def _over(mine: Mapping, base: Mapping, deep: bool) -> Mapping:
    """Entries of one mapping over those of another."""
    entries, keys = dict(base.entries), dict(base.keys)
    for key, value in mine.entries.items():
        under = entries.get(key)
        if key == "source" and under is not None:
            entries[key] = _both(value, under)
        elif deep and isinstance(value, Mapping) and isinstance(under, Mapping):
            entries[key] = _over(value, under, deep=False)
        else:
            entries[key] = value
        keys[key] = mine.keys[key]
    return Mapping(mine.place, entries, keys)


def _both(mine: Node, base: Node) -> Node:
    """Sources of both, as one list."""
    nodes = [n for node in (mine, base) for n in (node.items if isinstance(node, Items) else [node])]
    return Items(mine.place, nodes)


def _without(mapping: Mapping, gone: set[str]) -> Mapping:
    entries = {key: value for key, value in mapping.entries.items() if key not in gone}
    return Mapping(mapping.place, entries, {key: mapping.keys[key] for key in entries})


def _sources(reading: Reading, node: Mapping) -> tuple[str, ...]:
    entry = node.entries.get("source")
    return reading.source_keys(entry) if entry is not None else ()
