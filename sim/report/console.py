"""The terminal as reports use it: what files say is shown as it is, never taken for markup or obeyed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import IO, Any, cast

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from sim.scenario.visible import visible

_NARROWEST = 20
_BLANKS = re.compile(r" +(?=\n|$)")


class _Trimmed:
    """A stream, no terminal, that gets no blanks at the ends of lines."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(_BLANKS.sub("", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class PlainConsole(Console):
    """A console without markup, emoji codes and highlighting, which shows control characters as escapes.

    What goes into a pipe or a file has no blanks at the ends of lines. A width of the surroundings that nothing can be
    read in (`COLUMNS=0`) counts as none.
    """

    def __init__(self, **settings: Any) -> None:
        stream = settings.get("file") or sys.stdout
        if not stream.isatty():
            settings["file"] = cast(IO[str], _Trimmed(stream))
        wide = os.environ.get("COLUMNS", "")
        known = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        surroundings = known if wide.isdigit() and int(wide) < _NARROWEST else None
        super().__init__(markup=False, emoji=False, highlight=False, _environ=surroundings, **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Segments of what is printed."""
        for segment in super().render(renderable, options):
            text = segment.text if segment.control else visible(segment.text, kept="\n")
            yield segment if text == segment.text else Segment(text, segment.style)
