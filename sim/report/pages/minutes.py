"""The minutes of one world as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from sim.report.minutes.arranged import Part, arranged
from sim.report.minutes.end import tables
from sim.report.minutes.text import lines
from sim.report.pages.page import rendered
from sim.trace.minutes import Minutes


def minutes_page(minutes: Minutes, command: str = "") -> str:
    """The minutes of one world as one self-contained page.

    Parameters
    ----------
    minutes
        Of the world.
    command
        The command that writes them again, to be shown.
    """
    told = list(lines(minutes))
    parts = arranged(told)
    facts = list(takewhile(lambda part: part.kind == "fact", parts))
    return rendered(
        "minutes.html",
        title=told[0].head,
        subtitle=told[1].head,
        description=minutes.scenario.description,
        facts=facts,
        sections=list(_sections(parts[len(facts) :])),
        tables=tables(minutes),
        command=command,
    )


def _sections(parts: list[Part]) -> Iterator[list[Part]]:
    """Parts by meeting; what comes between two meetings makes a section of its own."""
    section: list[Part] = []
    for part in parts:
        between = part.kind in ("event", "call")
        if section and (part.kind in ("meeting", "end") or (between and section[0].kind == "meeting")):
            yield section
            section = []
        section.append(part)
    yield section
