"""What can be wrong with a scenario file, and where.

A `Problem` is one sentence at one place. `ScenarioError` is the one exception for everything a user can get wrong in
a scenario file or a change to it; it carries all problems that were found, not the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from sim.scenario.visible import visible

_LONGEST, _MOST = 100, 500
"""Near words are looked for only for words that one types, among the first so many."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: in a file (line and column count from 1; 0 is the file as a whole), or in an option.

    Attributes
    ----------
    file
        The file as the user named it.
    line, column
        Counted from 1.
    option
        The command line option instead, e.g. ``--set end=2022-03-01``.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    option: str = ""

    def __str__(self) -> str:
        if self.option:
            return visible(self.option)
        file = visible(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or, among warnings, odd."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {visible(self.message)}"

    def as_warning(self) -> str:
        """As it is told of something odd."""
        return f"{self.place}: warning: {visible(self.message)}"


class ScenarioError(Exception):
    """A scenario cannot be read. Its text has one line for every problem: ``file:line:column: message``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(self.problems)  # whoever makes it again from its arguments (pickle, SimPy) makes the same

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every problem once, in the order of the file, those of options last."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (bool(p.place.option), p.place.line, p.place.column)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known word, or nothing where none is near."""
    if len(word) > _LONGEST:
        return ""
    by_lower = {k.lower(): k for k in islice(known, _MOST) if len(k) <= _LONGEST}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f"; did you mean '{by_lower[near[0]]}'?" if near else ""


def listing(words: Sequence[str], most: int = 12) -> str:
    """Words in a row, cut short after `most`."""
    shown = ", ".join(words[:most])
    return shown + (f", ... ({len(words)} in all)" if len(words) > most else "")
