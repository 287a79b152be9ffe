"""Reading nodes with every mistake noted and none fatal.

A `Reading` collects problems while the parts of a file are read. Each of its methods returns something usable even
where the file is wrong, so that one pass finds all mistakes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as Lookup
from datetime import date
from pathlib import Path
from typing import NoReturn, TypeGuard

from sim.scenario.format import RESERVED, Entry, form
from sim.scenario.limits import MOST_MISTAKES
from sim.scenario.model import Code
from sim.scenario.problems import Place, Problem, ScenarioError, did_you_mean, listing
from sim.scenario.yaml_text import Items, Mapping, Node, Scalar, id_text

ASSUMED = "assumed"
"""The source of a judgement that rests on nothing but itself; it needs no declaration."""


class Reading:
    """The problems found so far, the sources that mappings may name, and the files of policies.

    Parameters
    ----------
    folder
        Of the scenario file, from which the paths of other files count.
    allow_code
        Whether such files may be run; None: they are left alone, unchecked.
    code
        Files that may be run whatever `allow_code` says, as they were read before.
    """

    def __init__(self, folder: Path | None = None, allow_code: bool | None = False, code: Iterable[Code] = ()) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.sources: dict[str, str] = {}
        self.start: date | None = None  # of the scenario, once it is known
        self.folder = folder
        self.allow_code = allow_code
        self.code = {file.name: file for file in code}

    def error(self, place: Place, message: str) -> None:
        """Note a mistake; after very many, read no further."""
        self.errors.append(Problem(place, message))
        if len(self.errors) >= MOST_MISTAKES:
            self.stop(place, f"there are {MOST_MISTAKES} mistakes up to here; the rest of the file is not read")

    def stop(self, place: Place, message: str) -> NoReturn:
        """Read no further: raise all mistakes with this one."""
        raise ScenarioError([*self.errors, Problem(place, message)])

    def at_most(self, node: Node, most: int, what: str) -> None:
        """Read no further where a list or a mapping keyed by ids has more than so many entries."""
        if isinstance(node, Mapping):
            names = [key for key in node.entries if key not in RESERVED]
            if len(names) > most:
                self.stop(node.keys[names[most]], f"there are {len(names):,} {what}, expected at most {most:,}")
        elif isinstance(node, Items) and len(node.items) > most:
            self.stop(node.items[most].place, f"there are {len(node.items):,} {what}, expected at most {most:,}")

    def warning(self, place: Place, message: str) -> None:
        """Note something odd that is no mistake."""
        self.warnings.append(Problem(place, message))

    def entries(self, node: Node, model: type[Entry], also: str = "", what: str = "") -> dict[str, Node]:
        """Entries of a mapping with fixed keys; unknown keys, missing ones, and keys without a value are mistakes.

        Parameters
        ----------
        node
            What should be the mapping.
        model
            The keys it may and must have.
        also
            What else could stand here, for the message where it is no mapping.
        what
            How messages call it, where not by the model's name.
        """
        shape = form(model)
        what = what or shape.what
        if not isinstance(node, Mapping):
            keys = listing([k for k in shape.keys if k not in RESERVED])
            self.error(node.place, f"expected {also}a mapping ({keys}) for {what}, found {found(node)}")
            return {}
        known: dict[str, Node] = {}
        meant: set[str] = set()
        for key, value in node.entries.items():
            if key not in shape.keys:
                hint = did_you_mean(key, shape.keys)
                meant.update(k for k in shape.required if f"'{k}'" in hint)
                hint = hint or f"; known are {listing([k for k in shape.keys if k not in RESERVED], 30)}"
                self.error(node.keys[key], f"unknown key '{key}' in {what}{hint}")
            elif self.has_value(node, key):
                known[key] = value
        for key in shape.required:
            if key not in node.entries and key not in meant:
                self.error(node.place, f"the key '{key}' is missing in {what}")
        self.annotations(node)
        return known

    def table(self, node: Node, what: str) -> Iterator[tuple[str, Place, Node]]:
        """Entries of a mapping keyed by ids, as (id, place of the id, value), without `source` and `note`."""
        if not isinstance(node, Mapping):
            self.error(node.place, f"expected a mapping for {what}, found {found(node)}")
            return
        self.annotations(node)
        for key, value in node.entries.items():
            if key not in RESERVED and self.has_value(node, key):
                yield key, node.keys[key], value

    @staticmethod
    def empty(node: Node) -> list[str]:
        """Ids in a table at which nothing stands."""
        entries = node.entries if isinstance(node, Mapping) else {}
        return [key for key, value in entries.items() if is_null(value) and key not in RESERVED]

    def items(self, node: Node, what: str) -> list[Node]:
        """Items of a list; those without a value are mistakes."""
        if not isinstance(node, Items):
            self.error(node.place, f"expected a list of {what}, found {found(node)}")
            return []
        for item in node.items:
            if is_null(item):
                self.error(item.place, f"an empty place in a list of {what}")
        return [item for item in node.items if not is_null(item)]

    def text(self, node: Node, what: str) -> str:
        """Return a text; numbers and the like are taken as they are written."""
        if isinstance(node, Scalar):
            return node.text
        self.error(node.place, f"expected a text for {what}, found {found(node)}")
        return ""

    def id(self, node: Node, what: str) -> str | None:
        """Return an id: a word, or a number in its shortest form."""
        if isinstance(node, Scalar) and not is_null(node):
            name = id_text(node)
            if name:
                return name
        self.error(node.place, f"expected the id of {what}, found {found(node)}")
        return None

    def new_id(self, name: str, place: Place, what: str, taken: Collection[str]) -> bool:
        """Whether an id may be given: not reserved, not empty, not taken."""
        if name in RESERVED:
            self.error(place, f"'{name}' cannot be the id of {what}: any mapping may carry a '{name}'")
        elif not name:
            self.error(place, f"the id of {what} is empty")
        elif name in taken:
            self.error(place, f"the id '{name}' of {what} stands twice")
        else:
            return True
        return False

    def ids(
        self, node: Node, what: str, known: Collection[str], of: str = "", hints: Lookup[str, str] | None = None
    ) -> list[str]:
        """Known ids in a list, each once; `hints` say what certain unknown ids are instead."""
        chosen: list[str] = []
        for item in self.items(node, f"ids of {plural(what)}"):
            name = self.id(item, f"{article(what)} {what}")
            if name is None:
                continue
            if name in chosen:
                self.error(item.place, f"the {what} '{name}' stands twice in the list")
            elif self.known(name, item.place, what, known, of, (hints or {}).get(name, "")):
                chosen.append(name)
        return chosen

    def known(
        self, name: str, place: Place, what: str, known: Collection[str], of: str = "", instead: str = ""
    ) -> bool:
        """Whether the name is a known one; if not, a mistake with the nearest known."""
        if name in known:
            return True
        if what == "issue" and not known:  # that there is none at all has been told
            return False
        hint = instead or did_you_mean(name, known)
        if not hint:
            names = listing(list(known))
            hint = f"; known are {names}" if names else "; there are none"
        self.error(place, f"there is no {what} '{name}'{of}{hint}")
        return False

    def word(self, node: Node, what: str, words: Collection[str], planned: Collection[str] = (), also: str = "") -> str:
        """One of a few words; the first of them where the file is wrong."""
        first = next(iter(words))
        expected = f"expected {', '.join(words)}{also}"
        if not isinstance(node, Scalar) or is_null(node):
            self.error(node.place, f"{expected} for {what}, found {found(node)}")
            return first
        if node.text in words:
            return node.text
        if node.text in planned:
            self.error(node.place, f"'{node.text}' is not yet supported as {what}; {expected}")
        else:
            self.error(node.place, f"{expected} for {what}, found '{node.text}'{did_you_mean(node.text, words)}")
        return first

    def flag(self, node: Node, what: str, also: str = "") -> bool:
        """Either true or false; messages say `also` before what else could stand there."""
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.error(node.place, f"expected {also}true or false for {what}, found {found(node)}")
        return False

    def source_keys(self, node: Node) -> tuple[str, ...]:
        """Keys of a `source` entry, without checking them."""
        nodes = node.items if isinstance(node, Items) else [node]
        return tuple(dict.fromkeys(id_text(n) for n in nodes if isinstance(n, Scalar) and n.value is not None))

    def has_value(self, node: Mapping, key: str) -> bool:
        """Whether something stands at the key; if not, a mistake."""
        value = node.entries[key]
        if is_null(value):
            self.error(node.keys[key], f"'{key}' has no value; give one, or leave the key out")
            return False
        return True

    def annotations(self, node: Mapping) -> None:
        """Check the `source` and `note` of a mapping."""
        source = node.entries.get("source")
        if source is not None and self.has_value(node, "source"):
            for item in source.items if isinstance(source, Items) else [source]:
                if not isinstance(item, Scalar) or item.value is None:
                    self.error(item.place, f"expected the key of a source, or a list of keys, found {found(item)}")
                elif id_text(item) != ASSUMED:
                    self.known(id_text(item), item.place, "source", {**self.sources, ASSUMED: ""}, " in 'sources'")
        note = node.entries.get("note")
        if note is not None and self.has_value(node, "note"):
            self.text(note, "note")


def is_null(node: Node) -> TypeGuard[Scalar]:
    """Whether nothing stands there."""
    return isinstance(node, Scalar) and node.value is None


def found(node: Node) -> str:
    """Say what stands there, for messages."""
    if isinstance(node, Mapping):
        keys = [key for key in node.entries if key not in RESERVED]
        return f"a mapping ({listing(keys, 5)})" if keys else "an empty mapping"
    if isinstance(node, Items):
        return "a list" if node.items else "an empty list"
    if node.value is None:
        return "nothing"
    shown = node.text if len(node.text) <= 60 else node.text[:57] + "..."
    return shown if isinstance(node.value, (bool, int, float)) else f"'{shown}'"


def article(word: str) -> str:
    """Return the indefinite article of a word."""
    return "an" if word[:1] in "aeio" else "a"


def plural(word: str) -> str:
    """Return the plural of a word."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def flatten(parts: Iterable[str]) -> str:
    """Join the parts of a text, each once."""
    return ", ".join(dict.fromkeys(p for p in parts if p))
