"""Text from scenario files made fit for showing: in one line, control characters as escapes, wrapped, cut."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from sim.scenario.model import Scenario
from sim.scenario.visible import visible


def plain(text: str) -> str:
    """One line, control characters shown as escapes (a terminal would obey them); everything else stays as it is."""
    return visible(" ".join(text.split()))


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """Text over several lines of at most `width` characters, ending in an ellipsis where it does not fit."""
    parts = textwrap.wrap(plain(text), width, break_long_words=True, max_lines=lines, placeholder=" …")
    return "\n".join(parts)


def cut(text: str, width: int) -> str:
    """Text of at most `width` characters."""
    text = plain(text)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def human(identifier: str) -> str:
    """An id as words: `follow_up_1` is "Follow up 1"."""
    text = plain(identifier.replace("_", " "))
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
