"""JSON text as the tree that YAML text gives: every key and value knows its line and column.

(JSON is YAML but for tabs and pairs of surrogates; a reader of its own takes a hundredth of the time.)
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right

from sim.convert.draft import refuse
from sim.convert.opened import Opened
from sim.scenario.limits import DEEPEST
from sim.scenario.problems import Place, ScenarioError
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar

_SPACE = re.compile(r"[ \t\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?")
_WORDS: tuple[tuple[str, bool | float | None], ...] = (
    ("true", True),
    ("false", False),
    ("null", None),
    ("NaN", float("nan")),
    ("Infinity", float("inf")),
    ("-Infinity", float("-inf")),
)


def read_json(file: Opened) -> Node:
    """The tree of a JSON file.

    Raises
    ------
    ScenarioError
        If it is none, has a key twice, half of a pair of surrogates, or is nested too deep.
    """
    return _Scanner(file.text, file.shown).tree()


MOST_NODES = 500_000
"""Values in a file."""


class _Scanner:
    def __init__(self, text: str, shown: str) -> None:
        self.text = text
        self.shown = shown
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.at = 0
        self.nodes = 0

    def tree(self) -> Node:
        root = self._value(1)
        self._space()
        if self.at < len(self.text):
            raise self._wrong("text stands after the end of the JSON value")
        return root

    def _value(self, depth: int) -> Node:
        self._space()
        place = self._place(self.at)
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self._wrong(f"more than {MOST_NODES:,} values, expected the files of one negotiation")
        if depth > DEEPEST:
            raise self._wrong(f"nested more than {DEEPEST} deep")
        mark = self.text[self.at : self.at + 1]
        if mark == "{":
            return self._mapping(Mapping(place, {}, {}), depth)
        if mark == "[":
            return self._items(Items(place, []), depth)
        if mark == '"':
            text = self._string()
            return Scalar(place, text, text)
        number = _NUMBER.match(self.text, self.at)
        if number is not None and number[0] not in ("", "-"):
            self.at = number.end()
            value = float(number[0]) if number[1] or number[2] or len(number[0]) > 18 else int(number[0])
            return Scalar(place, value, number[0])
        for word, meant in _WORDS:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return Scalar(place, meant, word if meant is not None else "")
        raise self._wrong("expected a JSON value" if mark else "the file ends early")

    def _mapping(self, made: Mapping, depth: int) -> Mapping:
        self.at += 1
        if self._next("}"):
            return made
        while True:
            self._space()
            place = self._place(self.at)
            if not self.text.startswith('"', self.at):
                raise self._wrong("expected a key in quotation marks")
            key = self._string()
            if key in made.entries:
                raise refuse(place, f"the key '{key}' stands twice")
            if not self._next(":"):
                raise self._wrong("expected ':' after the key")
            made.keys[key] = place
            made.entries[key] = self._value(depth + 1)
            if self._next("}"):
                return made
            if not self._next(","):
                raise self._wrong("expected ',' or '}'")

    def _items(self, made: Items, depth: int) -> Items:
        self.at += 1
        if self._next("]"):
            return made
        while True:
            made.items.append(self._value(depth + 1))
            if self._next("]"):
                return made
            if not self._next(","):
                raise self._wrong("expected ',' or ']'")

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise self._wrong("this text in quotation marks never ends, or a control character stands in it")
        try:
            text = str(json.loads(found[0]))
        except ValueError:
            raise self._wrong("a '\\' is followed by what it cannot escape") from None
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise self._wrong("half of a pair of surrogates is no text")
        self.at = found.end()
        return text

    def _next(self, mark: str) -> bool:
        self._space()
        if self.text.startswith(mark, self.at):
            self.at += 1
            return True
        return False

    def _space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = self.at if found is None else found.end()

    def _place(self, at: int) -> Place:
        line = bisect_right(self.lines, at)
        return Place(self.shown, line, at - self.lines[line - 1] + 1)

    def _wrong(self, message: str) -> ScenarioError:
        return refuse(self._place(self.at), message)
