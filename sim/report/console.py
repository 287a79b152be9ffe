"""The terminal as reports use it: what files say is shown as it is, never taken for markup or obeyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from sim.scenario.visible import visible


class PlainConsole(Console):
    """A console without markup, emoji codes and highlighting, which shows control characters as escapes."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(markup=False, emoji=False, highlight=False, **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Segments of what is printed."""
        for segment in super().render(renderable, options):
            text = segment.text if segment.control else visible(segment.text, kept="\n")
            yield segment if text == segment.text else Segment(text, segment.style)
