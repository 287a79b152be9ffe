"""Scenario files of this program: read as every command reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.convert.draft import Draft, refuse
from sim.convert.nodes import read_tree
from sim.convert.opened import Opened
from sim.convert.wishes import Wishes
from sim.scenario.loading import loads
from sim.scenario.yaml_text import Items, Mapping, Node

NAME = "detente"
TITLE = "a scenario file of this program (YAML)"

_FORMAT = re.compile(r"""^\s*[{]?\s*["']?format["']?\s*:""", re.MULTILINE)


def knows(file: Opened) -> bool:
    """Whether it names a format and has parties."""
    if file.suffix not in (".yml", ".yaml", ".json") or not file.head:
        return False
    return _FORMAT.search(file.text) is not None and "parties" in file.text


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read one scenario file; its text is kept as it stands.

    Raises
    ------
    ScenarioError
        With every mistake of the file.
    """
    del wishes
    if len(files) > 1:
        raise refuse(files[1].place, "one scenario file at a time")
    file = files[0]
    loads(file.text, file.shown, allow_code=None, folder=Path(file.shown).parent)
    return Draft(plain=_plain(read_tree(file)), text=file.text)


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    return node.value
