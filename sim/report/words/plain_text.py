"""Text from scenario files made fit for showing: in one line, control characters as escapes, wrapped, cut."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from sim.scenario.model import Scenario
from sim.scenario.visible import visible


def plain(text: str) -> str:
    """One line, control characters shown as escapes (a terminal would obey them); everything else stays as it is."""
    return visible(" ".join(text.split()))


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """Text over several lines of at most `width` characters, ending in an ellipsis where it does not fit.

    Wide characters, as Chinese and Japanese have them, count for two.
    """
    text = plain(text)
    narrow = width if text.isascii() else max(4, int(width * len(text) / max(breadth(text), 1)))
    parts = textwrap.wrap(text, min(width, narrow), break_long_words=True, max_lines=lines, placeholder=" …")
    return "\n".join(parts)


def cut(text: str, width: int) -> str:
    """Text of at most `width` characters, of which wide ones count for two."""
    text = plain(text)
    return text if breadth(text) <= width else _head(text, width - 1).rstrip() + "…"


def breadth(text: str) -> int:
    """How many characters of usual width a text is as wide as."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(one) in "WF" else not combining(one) for one in text)


def distinct(texts: Sequence[str], width: int) -> list[str]:
    """Texts cut to at most `width` characters so that no two that differ come out alike.

    What is alike with the end cut off is cut where it is the same instead: in the middle, or before what tells it from
    the others; where even that does not tell them apart they are numbered.
    """
    full = [plain(text) for text in texts]
    found = [cut(text, width) for text in full]
    for shorten in (_middle, _ends):
        for alike in _alike(full, found):
            shown = shorten([full[i] for i in alike], width)
            for i, one in zip(alike, shown, strict=True):
                found[i] = one
    for alike in _alike(full, found):
        numbers = {text: k + 1 for k, text in enumerate(dict.fromkeys(full[i] for i in alike))}
        for i in alike:
            sign = f" ({numbers[full[i]]})"
            found[i] = cut(full[i], width - len(sign)) + sign
    return found


def distinct_lines(texts: Sequence[str], width: int, lines: int = 3) -> list[str]:
    """Texts over several lines, as `wrapped`, so that no two that differ come out alike."""
    full = [plain(text) for text in texts]
    found = [wrapped(text, width, lines) for text in full]
    for alike in _alike(full, found):
        room = width if lines == 1 else width * lines - width // 2
        shown = distinct([full[i] for i in alike], room)
        for i, one in zip(alike, shown, strict=True):
            found[i] = wrapped(one, width, lines)
    return found


def _alike(full: Sequence[str], found: Sequence[str]) -> list[list[int]]:
    """Places of texts that differ and are shown alike."""
    places: dict[str, list[int]] = {}
    for i, one in enumerate(found):
        places.setdefault(one, []).append(i)
    return [own for own in places.values() if len({full[i] for i in own}) > 1]


def _middle(texts: Sequence[str], width: int) -> list[str]:
    """Beginnings and ends, an ellipsis between them."""
    tail = (width - 1) // 2
    return [
        text if breadth(text) <= width else f"{_head(text, width - 1 - tail).rstrip()}…{_tail(text, tail).lstrip()}"
        for text in texts
    ]


def _ends(texts: Sequence[str], width: int) -> list[str]:
    """A few letters, an ellipsis, and what follows after what all have in common."""
    shortest = min(texts, key=len)
    same = next((k for k, one in enumerate(shortest) if any(text[k] != one for text in texts)), len(shortest))
    start = max(texts[0].rfind(" ", 0, same) + 1, same - width // 3)
    head = width // 4
    if start <= head + 1:
        return [cut(text, width) for text in texts]
    return [f"{_head(text, head).rstrip()}…{cut(text[start:], width - head - 1)}" for text in texts]


def _head(text: str, width: int) -> str:
    """The longest beginning that is no wider."""
    while breadth(text) > width:
        text = text[: max(len(text) - max(1, (breadth(text) - width) // 2), 0)]
    return text


def _tail(text: str, width: int) -> str:
    """The longest end that is no wider."""
    while breadth(text) > width:
        text = text[max(1, (breadth(text) - width) // 2) :]
    return text


def human(identifier: str) -> str:
    """An id as words: `follow_up_1` is "Follow up 1"."""
    return capital(plain(identifier.replace("_", " ")))


def capital(text: str) -> str:
    """Text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def in_legend(text: str) -> str:
    """Text for a legend, from which matplotlib would leave out what begins with an underscore."""
    return f"\u200b{text}" if text.startswith("_") else text


def meeting_name(scenario: Scenario, identifier: str) -> str:
    """Title of a meeting, "Follow-up 2" for one that the sides agreed on."""
    for meeting in scenario.meetings:
        if meeting.id == identifier:
            return plain(meeting.title) or human(identifier)
    return human(identifier).replace("Follow up", "Follow-up")


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names in a sentence: "A, B and C", or "A, B and 7 others"."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
