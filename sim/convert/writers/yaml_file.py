"""Writing a scenario file: commented YAML that an analyst reads and goes on with.

Mappings of a line are written in a line, long ones of plain values are wrapped, all else goes block by block. What was
assumed, changed and dropped stands above.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from sim.convert.draft import KINDS, Draft, told
from sim.scenario.yaml_text import number_id, plain_value

WIDTH = 110
_PLAIN = re.compile(r"[^\W\d_](?:[\w /()+.'’–-]*[\w)])?")
_BLOCKS = ("issues", "parties", "sides", "sources")


def scenario_text(draft: Draft, heading: str) -> str:
    """Text of a scenario file.

    Parameters
    ----------
    draft
        The scenario, and what there is to say about it. A source that is a scenario file is written as it stands.
    heading
        Its first comment.
    """
    if draft.text is not None:
        return draft.text
    lines = [*_comment(heading)]
    if draft.comments.get(""):
        lines += ["#", *(line for part in draft.comments[""].split("\n") for line in _comment(part))]
    said: set[str] = set()
    for kind, sentence in told(draft.remarks, short=True):
        if kind not in said:
            lines += ["#", f"# {KINDS[kind]}:"]
            said.add(kind)
        lines += _comment(sentence, "- ")
    lines.append("")
    for key, value in draft.plain.items():
        if key in _BLOCKS or (isinstance(value, (dict, list)) and len(lines) > 1 and lines[-1] != ""):
            lines.append("")
        lines += _entry(key, value, 0, (key,))
        if key in _BLOCKS:
            lines.append("")
    text = "\n".join(lines).rstrip("\n") + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _comment(text: str, bullet: str = "") -> list[str]:
    clean = "".join(letter if letter.isprintable() else " " for letter in text)
    indent = " " * len(bullet)
    wrapped = wrap(f"{bullet}{clean}", WIDTH - 2, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return [f"# {line}".rstrip() for line in wrapped]


def _entry(key: str, value: Any, indent: int, path: tuple[str, ...]) -> list[str]:
    """Lines of an entry of a mapping."""
    pad = " " * indent
    head = f"{pad}{_key(key)}:"
    if not isinstance(value, (Mapping, list, tuple)) or not value:
        return [f"{head} {flow(value)}"]
    spread = (len(path) == 1 and path[0] in _BLOCKS) or (len(path) == 2 and path[0] == "parties")
    if not spread:
        line = f"{head} {flow(value)}"
        if len(line) <= WIDTH:
            return [line]
    if isinstance(value, Mapping):
        if not spread and not any(isinstance(one, (Mapping, list, tuple)) for one in value.values()):
            return _wrapped(head, [f"{_key(k)}: {flow(v)}" for k, v in value.items()], "{}", indent)
        lines = [head]
        for name, one in value.items():
            lines += _entry(str(name), one, indent + 2, (*path, str(name)))
        return lines
    if not any(isinstance(one, (Mapping, list, tuple)) for one in value):
        return _wrapped(head, [flow(one) for one in value], "[]", indent)
    return [head, *(f"{pad}  - {flow(one)}" for one in value)]


def _wrapped(head: str, parts: Sequence[str], brackets: str, indent: int) -> list[str]:
    """A long list or mapping of plain values, over several lines."""
    lines, current = [], f"{head} {brackets[0]}"
    for number, part in enumerate(parts):
        piece = part + (brackets[1] if number == len(parts) - 1 else ",")
        begun = current.endswith(brackets[0]) or not current.strip()
        if not begun and len(current) + 1 + len(piece) > WIDTH:
            lines.append(current)
            current, begun = " " * (indent + 4), True
        current += piece if begun else f" {piece}"
    return [*lines, current]


def flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return number_id(value) if isinstance(value, float) else _word(str(value))


def _key(key: str) -> str:
    """A key; numbers in their shortest form need no quotation marks as keys, for they are known by it."""
    value = plain_value(key) if key and key[0] in "-0123456789" else key
    if isinstance(value, (int, float)) and not isinstance(value, bool) and number_id(float(value)) == key:
        return key
    return _word(key)


def _word(text: str) -> str:
    """A text, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(text) and plain_value(text) == text and isinstance(plain_value(text), str):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in quoted)


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
