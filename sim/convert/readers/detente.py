"""Scenario files of this program: read as every command reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.convert.draft import Draft, refuse
from sim.convert.opened import Opened
from sim.convert.wishes import Wishes
from sim.scenario.yaml_text import Items, Mapping, Node, read_yaml

NAME = "detente"
TITLE = "a scenario file of this program (YAML)"

_FORMAT = re.compile(r"""^[ \t]*[{]?[ \t]*["']?format["']?[ \t]*:""", re.MULTILINE)


def knows(file: Opened) -> bool:
    """Whether it names a format and has parties."""
    if file.suffix not in (".yml", ".yaml", ".json") or not file.head:
        return False
    return _FORMAT.search(file.text) is not None and "parties" in file.text


def read(files: Sequence[Opened], wishes: Wishes) -> Draft:
    """Read one scenario file; its text is kept as it stands, and checked when it is compiled.

    Raises
    ------
    ScenarioError
        If it is no YAML.
    """
    del wishes
    if len(files) > 1:
        raise refuse(files[1].place, "one scenario file at a time")
    file = files[0]
    return Draft(plain=_plain(read_yaml(file.text, file.shown, problems=[])), text=file.text)


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(item) for item in node.items]
    return node.value
