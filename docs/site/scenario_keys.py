"""The table of all keys of the scenario file, as Markdown, from `sim/scenario/format.py` by way of the JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.scenario.format import RESERVED
from sim.scenario.schema import json_schema

TOP = "The top of the file"
_WORDS = {"number": "number", "integer": "whole number", "string": "text", "boolean": "`true` or `false`"}
_ANY_MAPPING = "mapping"


def scenario_keys() -> str:
    """A section a mapping of the file, in the order in which one meets them from the top, with a table of its keys."""
    schema = json_schema()
    sections = {None: schema}
    waiting: list[Any] = [schema]
    while waiting:
        for name in _named(waiting.pop(0)):
            if name not in sections:
                sections[name] = schema["$defs"][name]
                waiting.append(sections[name])
    titles = _titles(sections)
    by_name = {
        name: sections.pop(name)["additionalProperties"] for name in list(sections) if _only_names(sections[name])
    }
    words = _Words(titles, by_name)
    return "\n".join(line for name, mapping in sections.items() for line in _section(words, name, mapping))


@dataclass(frozen=True)
class _Words:
    """How mappings are told where they may stand: by a link to their section, or by what any name takes in them."""

    titles: dict[str | None, str]
    by_name: dict[str | None, Any]


def _only_names(mapping: Any) -> bool:
    """Whether it has no keys of its own, only ids or paths with something under each."""
    return not mapping["properties"].keys() - set(RESERVED)


def _titles(sections: dict[str | None, Any]) -> dict[str | None, str]:
    """What each mapping is called; two that are called alike are told apart by a key that they have."""
    names = {name: TOP if name is None else str(mapping["title"]) for name, mapping in sections.items()}
    told = list(names.values())
    return {
        name: f"{title} with `{_first_key(sections[name])}`" if told.count(title) > 1 else title
        for name, title in names.items()
    }


def _first_key(mapping: Any) -> str:
    return next((key for key in mapping["properties"] if key not in RESERVED), "ID")


def _section(words: _Words, name: str | None, mapping: Any) -> Iterator[str]:
    if name is not None:
        yield f"({_anchor(name)})="
    title = words.titles[name]
    yield f"## {f'`{title}`' if '_' in title else title[0].upper() + title[1:]}\n"
    yield f"{_text(mapping['description'])}\n"
    rows = [
        f"| `{key}` | {_takes(words, value)} | {_required(mapping, key)}{_text(value.get('description', ''))} |"
        for key, value in mapping["properties"].items()
        if key not in RESERVED
    ]
    others = mapping.get("additionalProperties")
    if isinstance(others, dict):
        rows.append(f"| *any name* | {_takes(words, others)} | |")
    yield "| key | takes | meaning |\n|---|---|---|"
    yield from rows
    yield ""


def _required(mapping: Any, key: str) -> str:
    return "Required. " if key in mapping.get("required", ()) else ""


def _takes(words: _Words, value: Any) -> str:
    """What may stand under a key, in words, with links to the mappings."""
    if "anyOf" in value:
        told = [_takes(words, one) for one in value["anyOf"]]
        return ", ".join(dict.fromkeys(told))
    if "$ref" in value:
        name = str(value["$ref"]).rpartition("/")[2]
        if name in words.by_name:
            return f"by name: {_takes(words, words.by_name[name])}"
        return f"[{words.titles[name]}](#{_anchor(name)})"
    if "enum" in value:
        return ", ".join(f"`{_word(one)}`" for one in value["enum"])
    if "const" in value:
        return f"`{_word(value['const'])}`"
    kind = value.get("type")
    if kind == "array":
        inner = value.get("items", {})
        return f"list of {_takes(words, inner)}" if inner.keys() - {"not"} else "list"
    if isinstance(kind, list):
        return "id" if value.get("title") == "id" else "text"
    if "\\.py:" in str(value.get("pattern")):
        return "`FILE.py:NAME`"
    if str(value.get("pattern")).startswith("^\\d{4}"):
        return "date"
    return _WORDS.get(str(kind), _ANY_MAPPING)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _anchor(name: str) -> str:
    return f"keys-of-{name.lower()}"


def _named(node: Any) -> Iterator[str]:
    """Mappings that a part of the schema names, in order; of the definitions only those in use."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield str(node["$ref"]).rpartition("/")[2]
        for key, value in node.items():
            if key != "$defs":
                yield from _named(value)
    elif isinstance(node, list):
        for value in node:
            yield from _named(value)


def _text(text: str) -> str:
    """A description as the text of a cell."""
    return " ".join(text.replace("|", "\\|").replace("<", "\\<").split())
