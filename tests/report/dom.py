"""A page read without a browser: its elements, their text, and what is wrong with how they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """An element with its attributes, in the order of the page."""

    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, in one line."""
        return " ".join("".join(self.parts).split())

    def find(self, tag: str) -> list[Element]:
        """All elements inside with this tag."""
        return [one for one in self.inside() if one.tag == tag]

    def inside(self) -> Iterator[Element]:
        """All elements inside, in their order."""
        for child in self.children:
            yield child
            yield from child.inside()


class Page(HTMLParser):
    """Parses a page; `faults` lists tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, ())
        self.open = [self.root]
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"never closed: {one.tag}" for one in self.open[1:]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"an attribute twice: {tag}")
        one = Element(tag, {name: value or "" for name, value in attrs}, tuple(e.tag for e in self.open[1:]))
        self.open[-1].children.append(one)
        if tag not in _VOID:
            self.open.append(one)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.faults.append(f"closed in the wrong place: {tag}")

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.parts.append(data)

    @property
    def elements(self) -> list[Element]:
        """All elements in their order."""
        return list(self.root.inside())

    def find(self, tag: str) -> list[Element]:
        """All elements with this tag."""
        return self.root.find(tag)


def fetched(page: Page) -> list[str]:
    """Addresses that a browser would fetch to show the page: there should be none."""
    found = []
    for one in page.elements:
        if one.tag in ("link", "iframe", "object", "embed"):
            found.append(one.tag)
        for name in ("src", "srcset", "poster", "data", "action", "background"):
            value = one.attributes.get(name, "")
            if value and not value.startswith("data:"):
                found.append(f"{one.tag} {name}={value}")
        if one.tag != "a":
            for name in ("href", "xlink:href"):
                value = one.attributes.get(name, "")
                if value and not value.startswith(("#", "data:")):
                    found.append(f"{one.tag} {name}={value}")
        style = one.attributes.get("style", "") + (one.text if one.tag == "style" else "")
        urls = [url.strip("'\"") for url in re.findall(r"url\(([^)]*)\)", style)]
        found += [url for url in urls if not url.startswith(("#", "data:"))]
        found += re.findall(r"@import[^;]*", style)
    return found


def dangling(page: Page) -> list[str]:
    """References inside of the page to nothing."""
    ids = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
    asked = []
    for one in page.elements:
        for name in ("href", "xlink:href"):
            value = one.attributes.get(name, "")
            if value.startswith("#"):
                asked.append(value[1:])
        for name in ("aria-labelledby", "aria-describedby", "for"):
            asked += one.attributes.get(name, "").split()
        for value in one.attributes.values():
            asked += re.findall(r"url\(#([^)]*)\)", value)
    return sorted(set(asked) - ids)


def unnamed(page: Page) -> list[str]:
    """What a screen reader could only call by its kind."""
    found = []
    for one in page.elements:
        name = one.attributes.get("aria-label") or one.attributes.get("aria-labelledby")
        if one.tag == "svg" and not (one.attributes.get("role") == "img" and name):
            found.append("svg")
        if one.tag == "img" and not one.attributes.get("alt"):
            found.append("img")
        if one.tag == "table" and not (one.find("caption") and one.find("caption")[0].text):
            found.append("table")
        if one.tag in ("section", "nav") and not name:
            found.append(one.tag)
        if one.attributes.get("tabindex") == "0" and not (one.attributes.get("role") and name):
            found.append(f"{one.tag} with tabindex")
        if one.tag in ("a", "summary", "button", "h1", "h2", "h3", "h4", "h5", "h6", "th") and not (one.text or name):
            found.append(one.tag)
    return found


def jumps(page: Page) -> list[str]:
    """Headings that leave out a level."""
    levels = [(int(one.tag[1]), one.text) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
    before = [0, *(level for level, _ in levels)]
    return [text for (level, text), last in zip(levels, before, strict=False) if level > last + 1]
