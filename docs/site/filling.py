"""Sphinx extension: fills in what the program knows of itself, and leads links to files beside `docs/` somewhere.

A page says where by two comments that a code host does not show, ``<!-- filled in: command_line -->`` and
``<!-- until here -->``; what stands between them is for those who read the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bundled_scenarios import bundled_scenarios
from command_line import command_line
from python_interface import python_interface
from scenario_keys import scenario_keys

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS: dict[str, Callable[[], str]] = {
    "bundled_scenarios": bundled_scenarios,
    "command_line": command_line,
    "python_interface": python_interface,
    "scenario_keys": scenario_keys,
}
PLACE = re.compile(r"^<!-- filled in: (\w+) -->$.*?^<!-- until here -->$", re.MULTILINE | re.DOTALL)
ELSEWHERE = {
    "](../README.md#start)": "](index.md#start)",
    "](../results/README.md)": "](reference/example-report.md)",
    "](../CHANGELOG.md)": "](changelog.md)",
    "](../scenarios)": "](reference/scenarios.md)",
}
"""Links that lead out of `docs/`, and the pages that the site has instead."""


def filled(text: str) -> str:
    """A page with its parts filled in and its links leading to pages of the site."""
    for outside, page in ELSEWHERE.items():
        text = text.replace(outside, page)
    return PLACE.sub(lambda place: PARTS[place[1]](), text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("source-read", _fill)
    app.connect("include-read", _fill_included)
    return {"parallel_read_safe": True}


def _fill(_app: Sphinx, _page: str, source: list[str]) -> None:
    source[0] = filled(source[0])


def _fill_included(_app: Sphinx, _path: Any, _page: str, source: list[str]) -> None:
    source[0] = filled(source[0])
