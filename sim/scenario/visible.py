"""Text that anyone may have written made safe to show: nothing in it can move a cursor or turn letters around."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\ufeff\ud800-\udfff]")
"""Control characters, line separators, what overrides the direction of text, halves of surrogate pairs."""


def visible(text: str, kept: str = "") -> str:
    """The text with control characters as escapes: ESC is shown as ``\\x1b``; those in `kept` stay as they are."""
    return _UNSEEN.sub(lambda match: match[0] if match[0] in kept else _escape(match[0]), text)


def visible_json(text: str) -> str:
    """JSON that means the same, with escapes of its own for control characters."""
    return _UNSEEN.sub(lambda match: match[0] if match[0] in "\n\t" else f"\\u{ord(match[0]):04x}", text)


def _escape(letter: str) -> str:
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(letter) or (
        f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"
    )
