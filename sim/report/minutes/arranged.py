"""Minutes arranged for a page: paragraphs and lists under headings."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.report.minutes.lines import Line


@dataclass(slots=True)
class Part:
    """One paragraph, with the list of changes that belongs to it."""

    kind: str
    head: str
    text: str
    items: list[Line] = field(default_factory=list)


def arranged(lines: list[Line]) -> list[Part]:
    """Put lists under their paragraphs; title and subtitle are the page's own."""
    parts: list[Part] = []
    for line in lines:
        if line.kind in ("title", "subtitle"):
            continue
        if line.kind in ("change", "ground") and parts:
            parts[-1].items.append(line)
        else:
            parts.append(Part(line.kind, line.head, line.text))
    return parts
