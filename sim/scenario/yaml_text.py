"""YAML 1.2 text as a tree in which every key and value knows its line and column.

The tree is built from the parser's events: nothing is constructed that a scenario does not need (no dates, no tags),
nested input costs no recursion, and an alias is the node it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from sim.scenario.limits import DEEPEST, MOST_BYTES, MOST_ENTRIES
from sim.scenario.pipes import PATIENCE, read_bytes
from sim.scenario.problems import Place, Problem, ScenarioError


@dataclass(slots=True)
class Scalar:
    """A single value; `text` is how it was written, `quoted` whether as a string."""

    place: Place
    value: str | int | float | bool | None
    text: str


@dataclass(slots=True)
class Items:
    """A list."""

    place: Place
    items: list[Node]


@dataclass(slots=True)
class Mapping:
    """A mapping; keys are text, in the order of the file, and `keys` has the place of each."""

    place: Place
    entries: dict[str, Node]
    keys: dict[str, Place]


Node = Scalar | Items | Mapping


def read_file(path: Path, shown: str | None = None) -> str:
    """Text of a file.

    Parameters
    ----------
    path
        The file.
    shown
        The file as the user named it; by default the path.

    Raises
    ------
    ScenarioError
        If it is missing, a directory, unreadable, too long, or not UTF-8 text.
    """
    file = shown or str(path)

    def refuse(message: str, line: int = 0, column: int = 0) -> ScenarioError:
        return ScenarioError([Problem(Place(file, line, column), message)])

    try:
        data = read_bytes(path, MOST_BYTES + 1)
    except TimeoutError:
        raise refuse(f"nothing came from this pipe for {PATIENCE:.0f} seconds, expected a scenario file") from None
    except FileNotFoundError:
        raise refuse("there is no such file") from None
    except IsADirectoryError:
        raise refuse("this is a directory, expected a scenario file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(f"the file cannot be read ({reason})") from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise refuse("the file is in UTF-16, expected UTF-8 text; save it as UTF-8")
    if b"\x00" in data:
        raise refuse("this is a binary file, expected YAML text")
    if len(data) > MOST_BYTES:
        raise refuse(f"the file has more than {MOST_BYTES:,} bytes, expected a scenario")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        raise refuse(
            f"byte 0x{data[error.start]:02x} is not UTF-8 text; save the file as UTF-8", line, column
        ) from None


def read_yaml(text: str, file: str = "", option: str = "", problems: list[Problem] | None = None) -> Node:
    """Read a text as one YAML document.

    Parameters
    ----------
    text
        The text.
    file, option
        Where it stands, for the places of its nodes: in a file, or in a command line option.
    problems
        Where keys that stand twice are noted; the first counts. Without it they raise.

    Raises
    ------
    ScenarioError
        If it is empty, not YAML, more than one document, or has a key twice.
    """
    twice: list[Problem] = []
    try:
        root = _tree(text, file, option, twice)
        if twice and problems is None:
            raise ScenarioError(twice)
        if problems is not None:
            problems.extend(twice)
        return root
    except ScenarioError:
        raise
    except ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        place = Place(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1, option)
        code = ord(text[len(before)]) if len(before) < len(text) else 0
        raise ScenarioError([Problem(place, f"the character U+{code:04X} cannot stand in YAML text")]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1, option) if mark else Place(file, option=option)
        raise ScenarioError([Problem(place, _what_is_wrong(error, text))]) from None
    except (YAMLError, ValueError, IndexError, KeyError, AttributeError, TypeError, AssertionError, OverflowError):
        # The parser itself stumbles over some texts; none of them is YAML.
        raise ScenarioError([Problem(Place(file, option=option), "this is not YAML")]) from None


def check_entries(root: Node) -> None:
    """Raise where a tree has too many values, those under an alias counted each time."""
    # By identity, for an alias is the same object again: so a tree that would unfold to billions is counted at once.
    # It holds while the tree is: an id is given to another object as soon as its own is gone.
    known: dict[int, int] = {}

    def count(node: Node) -> int:  # no deeper than `DEEPEST`
        if isinstance(node, Scalar):
            return 1
        if id(node) not in known:
            below = node.entries.values() if isinstance(node, Mapping) else node.items
            known[id(node)] = 1 + sum(map(count, below))
        return known[id(node)]

    found = count(root)
    if found > MOST_ENTRIES:
        many = f"{found:,}" if found < 10**12 else "very many"
        raise ScenarioError([Problem(root.place, f"there are {many} values, expected at most {MOST_ENTRIES:,}")])


def number_id(value: float) -> str:
    """Print a number in its shortest form, as it serves as an id: 0, 1, 0.5."""
    if float(value).is_integer() and abs(value) < 1e16:
        return str(int(value))
    return repr(float(value))


def _what_is_wrong(error: MarkedYAMLError, text: str) -> str:
    problem = str(error.problem or error.context or "this is not YAML")
    mark = error.problem_mark
    if mark is not None and "cannot start any token" in problem:
        lines = text.splitlines()
        line = lines[mark.line] if mark.line < len(lines) else ""
        if line[mark.column : mark.column + 1] == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
            return "a tab cannot stand here in YAML; use spaces"
        return f"{line[mark.column : mark.column + 1]!r} cannot begin a value; put the text in quotes"
    if "mapping values are not allowed" in problem:
        return "a ':' is not expected here; put a text that contains ': ' in quotes, and check the indentation"
    context = str(error.context or "")
    if context and context != problem:
        where = error.context_mark
        since = (
            f" (line {where.line + 1})" if where is not None and mark is not None and where.line != mark.line else ""
        )
        return f"not valid YAML {context}{since}: {problem}"
    return f"not valid YAML: {problem}"


MERGE = "<<"
"""The key by which YAML 1.1 takes over the entries of another mapping."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def plain_value(text: str) -> str | int | float | bool | None:
    """Value of a plain scalar by the core schema of YAML 1.2."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "-+.0123456789":
        return text
    if _INT.fullmatch(text):
        if text[:2] in ("0o", "0x"):
            return int(text, 0) if len(text) < 20 else float("inf")
        return int(text) if len(text) < 20 else float(text)
    if _FLOAT.fullmatch(text):
        return float(text.replace(".", "", 1)) if text[-1] in "fFnN" else float(text)
    return text


def id_text(node: Scalar) -> str:
    """The text under which a key or an id is known: as it is written, also where it is a number (1.10 is not 1.1)."""
    return node.text


def _tree(text: str, file: str, option: str, problems: list[Problem]) -> Node:
    """Build the tree from the parser's events with a stack of its own."""
    anchors: dict[str, Node] = {}
    open_anchors: dict[int, str] = {}
    stack: list[Mapping | Items] = []
    pending: list[tuple[str, Place] | None] = []  # for each open mapping, the key that waits for its value
    root: Node | None = None

    def at(event: Any) -> Place:
        mark = event.start_mark
        return Place(option=option) if option else Place(file, mark.line + 1, mark.column + 1)

    def put(node: Node) -> None:
        nonlocal root
        if not stack:
            root = node
            return
        parent = stack[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = pending[-1]
        if key is not None:
            name, place = key
            pending[-1] = None
            if name == MERGE:
                message = f"'{MERGE}' does not merge in YAML 1.2; write the entries out, or use `like` for a party"
                problems.append(Problem(place, message))
            elif name in parent.entries:
                first = parent.keys[name]
                before = "" if option else f", first in line {first.line}"
                problems.append(Problem(place, f"the key '{name}' stands twice{before}"))
            else:
                parent.entries[name] = node
                parent.keys[name] = place
        elif isinstance(node, Scalar) and node.value is not None:
            pending[-1] = (id_text(node), node.place)
        else:
            found = "nothing" if isinstance(node, Scalar) else "a list" if isinstance(node, Items) else "a mapping"
            raise ScenarioError([*problems, Problem(node.place, f"expected a word as key, found {found}")])

    for event in _events(text):
        if isinstance(event, ev.ScalarEvent):
            place, text_of_it = at(event), _joined(event.value)
            if text_of_it is None:
                raise ScenarioError([*problems, Problem(place, "half of a pair of surrogates is no text")])
            value: str | int | float | bool | None = text_of_it
            if event.style is None and event.ctag is None:
                value = plain_value(text_of_it)
            node: Node = Scalar(place, value, text_of_it)
            if event.anchor:
                anchors[event.anchor] = node
            put(node)
        elif isinstance(event, (ev.MappingStartEvent, ev.SequenceStartEvent)):
            opened: Mapping | Items
            opened = Mapping(at(event), {}, {}) if isinstance(event, ev.MappingStartEvent) else Items(at(event), [])
            if event.anchor:
                anchors[event.anchor] = opened
                open_anchors[id(opened)] = event.anchor
            stack.append(opened)
            if len(stack) > DEEPEST:
                raise ScenarioError([*problems, Problem(opened.place, f"nested more than {DEEPEST} deep")])
            pending.append(None)
        elif isinstance(event, (ev.MappingEndEvent, ev.SequenceEndEvent)):
            closed = stack.pop()
            pending.pop()
            open_anchors.pop(id(closed), None)
            put(closed)
        elif isinstance(event, ev.AliasEvent):
            target = anchors.get(event.anchor)
            if target is None:
                raise ScenarioError(
                    [*problems, Problem(at(event), f"'*{event.anchor}' names no '&{event.anchor}' above")]
                )
            if id(target) in open_anchors:
                raise ScenarioError([*problems, Problem(at(event), f"'*{event.anchor}' contains itself")])
            put(target)
        elif isinstance(event, ev.DocumentStartEvent) and root is not None:
            raise ScenarioError(
                [*problems, Problem(at(event), "a scenario file has one document, a second begins here")]
            )
    if root is None or (isinstance(root, Scalar) and root.value is None and not option):
        raise ScenarioError([Problem(Place(file, option=option), "the file is empty")])
    return root


def _joined(text: str) -> str | None:
    """The text with pairs of surrogates, as JSON escapes them, made into their letters; None for half of one."""
    if not _SURROGATE.search(text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def _events(text: str) -> Iterator[Any]:
    return iter(YAML(typ="safe", pure=True).parse(text))
