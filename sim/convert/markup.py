"""XML as a tree whose elements know their lines, read as forgivingly as Genius reads its own files.

Genius's files are often not quite XML: an ampersand or a quotation mark's neighbour is not as it should be, a blank
line or a comment stands before the declaration. Nothing is ever expanded: the five named characters and numbered ones
are known, and a file that declares entities is refused. What a file can cost is bounded by its length, by how deep its
elements lie in each other and how many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.convert.draft import refuse
from sim.convert.opened import Opened
from sim.scenario.problems import Place, ScenarioError

DEEPEST = 50
"""Elements in each other."""

MOST = 200_000
"""Elements in a file."""

MOST_MARKS = 600_000
"""Tags, comments and the like in a file."""

MOST_ATTRIBUTES = 100
"""Attributes of an element."""

_NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
_SPACE = re.compile(r"\s*")
_EQUALS = re.compile(r"\s*=\s*")
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


@dataclass(slots=True)
class Element:
    """An element: its tag, attributes and text, the elements in it, and its place."""

    tag: str
    attributes: dict[str, str]
    place: Place
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """The elements right in it with one of these tags."""
        return [child for child in self.children if child.tag in tags]

    def first(self, tag: str) -> Element | None:
        """The first element right in it with this tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def walk(self) -> Iterator[Element]:
        """This and all below, as they stand in the file."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def number(self, attribute: str) -> float:
        """The number in an attribute.

        Raises
        ------
        ScenarioError
            If there is none.
        """
        text = self.attributes.get(attribute)
        if text is None:
            raise refuse(self.place, f"<{self.tag}> has no {attribute}")
        return number_in(text, self.place, f"{attribute} of <{self.tag}>")


def number_in(text: str, place: Place, what: str) -> float:
    """The number that a text is.

    Raises
    ------
    ScenarioError
        If it is none, or too large for a scenario.
    """
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if "_" in text or not abs(value) <= 1e15:
        shown = text if len(text) <= 40 else f"{text[:37]}..."
        raise refuse(place, f"expected a number (at most 1e15) for {what}, found '{shown}'")
    return value


def root_tag(head: str) -> str:
    """Tag of the first element in the beginning of a text; empty where it does not look like XML."""
    at = 0
    while True:
        at = _after_space(head, at)
        if head.startswith("<?", at) or head.startswith("<!", at):
            end = "-->" if head.startswith("<!--", at) else ">"
            if end == ">" and "[" in head[at : head.find(">", at)]:
                end = "]>"
            at = head.find(end, at)
            if at < 0:
                return ""
            at += len(end)
        elif head.startswith("<", at) and (name := _NAME.match(head, at + 1)):
            return name[0]
        else:
            return ""


def read_markup(file: Opened) -> Element:
    """Read a file as XML.

    Raises
    ------
    ScenarioError
        If it is none, declares entities, or is too deep or too large.
    """
    return _Scanner(file.text, file.shown).tree()


class _Scanner:
    """Goes through a text once, from left to right."""

    def __init__(self, text: str, shown: str) -> None:
        self.text = text
        self.shown = shown
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.at = 0
        self.open: list[Element] = []
        self.texts: list[list[str]] = []  # of each open element, in pieces
        self.root: Element | None = None
        self.count = 0
        self.marks = 0

    def tree(self) -> Element:
        while self.at < len(self.text):
            start = self.text.find("<", self.at)
            if start < 0:
                start = len(self.text)
            self._characters(self.text[self.at : start])
            self.at = start
            if start < len(self.text):
                self._markup()
        if self.open:
            left = self.open[-1]
            raise refuse(left.place, f"<{left.tag}> is never closed")
        if self.root is None:
            raise refuse(Place(self.shown), "there is no element in this XML file")
        return self.root

    def _markup(self) -> None:
        text, at = self.text, self.at
        self.marks += 1
        if self.marks > MOST_MARKS:
            raise self._wrong(at, f"more than {MOST_MARKS:,} tags and comments, expected the files of one negotiation")
        if text.startswith("<!--", at):
            self._skip("-->", "a comment")
        elif text.startswith("<![CDATA[", at):
            start = at + 9
            self._skip("]]>", "CDATA")
            if self.open:
                self.texts[-1].append(text[start : self.at - 3])
        elif text.startswith("<?", at):
            self._skip("?>" if text.find("?>", at, at + 1000) >= 0 else ">", "an instruction")
        elif text.startswith("<!", at):
            end = text.find(">", at)
            if "[" in text[at : end if end >= 0 else None] or text.startswith("<!ENTITY", at):
                raise self._wrong(
                    at, "this file declares entities of its own, which is refused; take the declaration out"
                )
            self._skip(">", "a declaration")
        elif text.startswith("</", at):
            self._close()
        else:
            self._element()

    def _element(self) -> None:
        start = self.at
        name = _NAME.match(self.text, start + 1)
        if name is None:
            raise self._wrong(start, "a '<' is not expected here; in text it is written &lt;")
        self.count += 1
        if self.count > MOST:
            raise self._wrong(start, f"more than {MOST:,} elements, expected the files of one negotiation")
        if self.root is not None and not self.open:
            raise self._wrong(start, "a second element stands beside the root, expected one")
        element = Element(name[0], {}, self._place(start))
        self.at = name.end()
        ended = self._attributes(element)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        if not ended:
            self.open.append(element)
            self.texts.append([])
            if len(self.open) > DEEPEST:
                raise self._wrong(start, f"elements more than {DEEPEST} deep in each other")

    def _attributes(self, element: Element) -> bool:
        """Read attributes up to the end of the tag; whether that ends the element, too."""
        text = self.text
        while True:
            self.at = _after_space(text, self.at)
            if text.startswith("/>", self.at):
                self.at += 2
                return True
            if text.startswith(">", self.at):
                self.at += 1
                return False
            name = _NAME.match(text, self.at)
            if name is None:
                if self.at >= len(text):
                    raise refuse(element.place, f"the tag <{element.tag}> is never closed")
                raise self._wrong(
                    self.at, f"expected an attribute or the end of <{element.tag}>, found {text[self.at]!r}"
                )
            equals = _EQUALS.match(text, name.end())
            quote = text[equals.end() : equals.end() + 1] if equals else ""
            if equals is None or quote not in ('"', "'"):
                raise self._wrong(name.start(), f"the attribute '{name[0]}' has no value in quotation marks")
            end = text.find(quote, equals.end() + 1)
            if end < 0:
                raise self._wrong(name.start(), f"the value of the attribute '{name[0]}' never ends")
            if len(element.attributes) == MOST_ATTRIBUTES:
                raise self._wrong(name.start(), f"more than {MOST_ATTRIBUTES} attributes of one element")
            if name[0] in element.attributes:
                raise self._wrong(name.start(), f"the attribute '{name[0]}' stands twice")
            value = text[equals.end() + 1 : end]
            element.attributes[name[0]] = self._decoded(re.sub(r"\s", " ", value), equals.end() + 1)
            self.at = end + 1

    def _close(self) -> None:
        end = self.text.find(">", self.at)
        tag = self.text[self.at + 2 : end].strip() if end >= 0 else ""
        if not self.open or self.open[-1].tag != tag:
            where = self.open[-1] if self.open else None
            expected = f"expected </{where.tag}> (opened in line {where.place.line})" if where else "nothing is open"
            raise self._wrong(self.at, f"'</{tag[:40]}>' is not expected here: {expected}")
        self.open.pop().text = "".join(self.texts.pop())
        self.at = end + 1

    def _characters(self, text: str) -> None:
        if self.open:
            self.texts[-1].append(self._decoded(text, self.at))
        elif text.strip():
            raise self._wrong(
                self.at + len(text) - len(text.lstrip()), "text stands outside of all elements; this is no XML"
            )

    def _decoded(self, text: str, at: int) -> str:
        """Text with its named and numbered characters; an ampersand that begins none stands for itself."""
        if "&" not in text:
            return text

        def character(match: re.Match[str]) -> str:
            if match[1]:
                return _NAMED[match[1]]
            code = int(match[2]) if match[2] else int(match[3], 16)
            if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 32 and code not in (9, 10, 13)):
                raise self._wrong(at + match.start(), f"'{match[0]}' is no character")
            return chr(code)

        return _ENTITY.sub(character, text)

    def _skip(self, end: str, what: str) -> None:
        found = self.text.find(end, self.at)
        if found < 0:
            raise self._wrong(self.at, f"{what} never ends")
        self.at = found + len(end)

    def _place(self, at: int) -> Place:
        line = bisect_right(self.lines, at)
        return Place(self.shown, line, at - self.lines[line - 1] + 1)

    def _wrong(self, at: int, message: str) -> ScenarioError:
        return refuse(self._place(at), message)


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()
