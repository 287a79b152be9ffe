"""What a sweep varies: paths of the scenario, and the values that each takes."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.scenario.model import VariedEntry
from sim.scenario.problems import Place, Problem, ScenarioError
from sim.scenario.sweep_section import OWN

Role = Literal["uncertainty", "lever"]
VariedKind = Literal["number", "date", "list", "own"]

LEVELS = 11
"""Values of a range in a grid, where nothing else is said."""

_EPOCH = date(1970, 1, 1).toordinal()
_TAKEN = ("format", "point", "worlds", "sweep")
_EXPECTED = "expected PATH=LOW:HIGH, PATH=LOW:HIGH:N, PATH=a,b,c, or PATH alone for a number that the file is unsure of"


@dataclass(frozen=True, slots=True)
class Varied:
    """A path that a sweep varies.

    Attributes
    ----------
    path
        Address in the scenario file, as for ``--set``.
    kind
        ``number`` or ``date``: a range from `low` to `high` (dates as ordinals); ``list``: the `values`; ``own``: a
        number that the file is unsure of, over its own distribution.
    low, high
        Ends of a range, in the units of the file; of a list of numbers or dates its least and greatest.
    levels
        Values of the range in a grid; None: as many as the design says.
    values
        Of a list, each as text in YAML.
    role
        Whether a negotiator can choose it, or not.
    whole
        Whether only whole numbers are taken.
    stands
        Where it stands in a scenario file; None: on the command line.
    ids
        Whether the values of the list are ids, be they like numbers: they are shown as they are written.
    places
        Where each value of the list stands in a table of points; empty elsewhere.
    """

    path: str
    kind: VariedKind
    low: float = math.nan
    high: float = math.nan
    levels: int | None = None
    values: tuple[str, ...] = ()
    role: Role = "uncertainty"
    whole: bool = False
    stands: Place | None = None
    ids: bool = False
    places: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        """Where it stands, for messages."""
        return self.stands or Place(option=self.option)

    @property
    def option(self) -> str:
        """How it reads on the command line."""
        name = "--lever" if self.role == "lever" else "--vary"
        if self.kind == "list":
            return f"{name} {self.path}={','.join(self.values)}"
        if self.kind == "own":
            return f"{name} {self.path}"
        levels = f":{self.levels}" if self.levels else ""
        return f"{name} {self.path}={self.text(self.low)}:{self.text(self.high)}{levels}"

    @property
    def is_dates(self) -> bool:
        """Whether its values are dates."""
        return self.kind == "date" or (
            self.kind == "list" and not self.ids and all(_date(value) is not None for value in self.values)
        )

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The values of a list as numbers (dates as ordinals), None where they are words."""
        if self.kind != "list" or self.ids:
            return None
        found = [_date(value) if self.is_dates else _number(value) for value in self.values]
        return tuple(x for x in found if x is not None) if all(x is not None for x in found) else None

    @property
    def most(self) -> int:
        """The most values that it can take: of a range of whole numbers as many as there are in it."""
        if self.kind == "list":
            return len(self.values)
        return int(self.high - self.low) + 1 if self.whole else sys.maxsize

    @property
    def middle(self) -> float:
        """What it stands at where others are varied one at a time: of a list the first place."""
        if self.kind == "list":
            return 0.0
        if self.kind == "own":
            return 0.5
        middle = (self.low + self.high) / 2
        return float(np.floor(middle + 0.5)) if self.whole else middle

    def text(self, number: float) -> str:
        """A number of it as it would stand in the file."""
        if self.is_dates:
            return date.fromordinal(int(number)).isoformat()
        return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))

    def place_of(self, value: float | str) -> Place:
        """Where a value of it stands, for messages."""
        words: list[float | str] = [*self.values] if isinstance(value, str) else [*(self.numbers or ())]
        return self.places[words.index(value)] if self.places and value in words else self.place

    def problem(self, message: str) -> ScenarioError:
        """An error that points at it."""
        return ScenarioError([Problem(self.place, message)])

    def spelled_out(self, values: Sequence[float]) -> Varied:
        """The same as a list of these values."""
        words = list(dict.fromkeys(self.text(value) for value in values))
        return replace(listed(self.path, words, self.role), stands=self.stands)

    def grid(self, levels: int) -> list[float] | list[int]:
        """Its values in a grid: numbers of a range, units of an own distribution, or places in the list."""
        if self.kind == "list":
            return list(range(len(self.values)))
        count = self.levels or levels
        if self.kind == "own":
            return [(i + 0.5) / count for i in range(count)]
        spaced = np.linspace(self.low, self.high, count) if count > 1 else np.array([(self.low + self.high) / 2])
        if self.whole:
            spaced = np.unique(np.floor(spaced + 0.5))
        return [float(x) for x in spaced]

    def from_units(self, units: Floats) -> Floats:
        """Map numbers in [0, 1] to its range, or to places in its list, all equally likely; own units stay."""
        if self.kind == "own":
            return np.clip(units, 2.0**-53, 1.0 - 2.0**-53)
        if self.kind == "list":
            return np.minimum(np.floor(units * len(self.values)), len(self.values) - 1.0)
        if self.whole:
            return np.minimum(self.low + np.floor(units * (self.high - self.low + 1.0)), self.high)
        return self.low + (self.high - self.low) * units

    def column(self, values: NDArray[np.float64]) -> pl.Series:
        """Numbers of it, or places in its list, as a column of a table of points."""
        if self.kind == "list":
            numbers = self.numbers
            places = values.astype(np.intp)
            if numbers is None:
                return pl.Series(self.path, [self.values[i] for i in places], dtype=pl.String)
            values = np.array(numbers)[places]
        return self.column_of(values)

    def column_of(self, values: NDArray[np.float64]) -> pl.Series:
        """Numbers in the units of the file as a column of a table of points."""
        if self.is_dates:
            return pl.Series(self.path, values - _EPOCH, dtype=pl.Float64).cast(pl.Int32).cast(pl.Date)
        if self.whole:
            return pl.Series(self.path, values.astype(np.int64), dtype=pl.Int64)
        return pl.Series(self.path, values, dtype=pl.Float64)

    def as_json(self) -> dict[str, Any]:
        """What a manifest says of it."""
        known = asdict(replace(self, stands=None, places=()))
        del known["stands"], known["places"]
        if not self.ids:
            del known["ids"]
        if self.kind in ("list", "own"):
            del known["low"], known["high"], known["levels"]
        elif self.is_dates:
            known["low"], known["high"] = self.text(self.low), self.text(self.high)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in known.items()}


def parse(text: str, role: Role = "uncertainty") -> Varied:
    """Read what stands after ``--vary`` or ``--lever``.

    Parameters
    ----------
    text
        ``PATH=LOW:HIGH``, ``PATH=LOW:HIGH:N``, ``PATH=a,b,c``, or ``PATH`` alone.
    role
        Whether a negotiator can choose it.

    Raises
    ------
    ScenarioError
        If it is none of these.
    """
    path, equals, given = text.partition("=")
    path, given = path.strip(), given.strip()
    name = "--lever" if role == "lever" else "--vary"

    def wrong(message: str) -> ScenarioError:
        return ScenarioError([Problem(Place(option=f"{name} {text}"), message)])

    if not path or (equals and not given):
        raise wrong(_EXPECTED)
    if path.partition(".")[0] in _TAKEN:
        raise wrong(f"'{path}' cannot be varied")
    if not equals:
        return Varied(path, "own", role=role)
    ends = given.split(":")
    if len(ends) in (2, 3) and "," not in given and "{" not in given:
        return _range(path, ends, role, wrong)
    return listed(path, _split(given), role)


def from_entry(entry: VariedEntry, role: Role) -> Varied:
    """What the `sweep` section of a file says of a path."""
    try:
        if isinstance(entry.values, tuple):
            varied = listed(entry.path, list(entry.values), role)
        else:
            varied = parse(entry.path if entry.values == OWN else f"{entry.path}={entry.values}", role)
    except ScenarioError as error:
        raise ScenarioError([replace(problem, place=entry.place) for problem in error.problems]) from None
    return replace(varied, stands=entry.place)


def listed(path: str, values: list[str], role: Role = "uncertainty") -> Varied:
    """A path that takes the values of a list, each as text in YAML."""
    words = tuple(value.strip() for value in values)
    varied = Varied(path, "list", values=words, role=role)
    if path.partition(".")[0] in _TAKEN:
        raise varied.problem(f"'{path}' cannot be varied")
    if not all(words):
        raise varied.problem("a value in the list is missing")
    if len(set(words)) < len(words):
        raise varied.problem("a value stands twice in the list")
    numbers = varied.numbers
    if numbers is None:
        return varied
    return replace(varied, low=min(numbers), high=max(numbers))


def as_ids(varied: Varied) -> Varied:
    """A list that can't be varied as numbers, as ids where these are like numbers but not written as numbers are."""
    numbers = varied.numbers
    if numbers is None:
        return varied
    shortest = all(varied.text(number) == word for number, word in zip(numbers, varied.values, strict=True))
    return varied if shortest and ".positions." not in varied.path else replace(varied, ids=True)


def check_once(varied: Varied) -> None:
    """Raise where a number stands twice in a list, be it written in another way."""
    if len(set(varied.numbers or ())) < len(varied.numbers or ()):
        raise varied.problem("a value stands twice in the list")


def _range(path: str, ends: list[str], role: Role, wrong: Any) -> Varied:
    dates = [_date(end.strip()) for end in ends[:2]]
    numbers = [_number(end.strip()) for end in ends[:2]]
    kind: VariedKind = "date" if None not in dates else "number"
    low, high = dates if kind == "date" else numbers
    if low is None or high is None:
        raise wrong(f"{_EXPECTED}; '{ends[0] if low is None else ends[1]}' is neither a number nor a date")
    if not low < high:
        raise wrong(f"LOW must lie below HIGH, found {ends[0]}:{ends[1]}")
    levels = None
    if len(ends) == 3:
        if not ends[2].strip().isdigit() or int(ends[2]) < 1:
            raise wrong(f"N, the number of values, must be a whole number of at least 1, found '{ends[2]}'")
        levels = int(ends[2])
    return Varied(path, kind, low, high, levels, role=role, whole=kind == "date")


def _split(text: str) -> list[str]:
    """Split at commas that stand in no brackets and no quotes."""
    parts, depth, quote, start = [], 0, "", 0
    for i, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "[{(":
            depth += 1
        elif letter in "]})":
            depth -= 1
        elif letter == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _date(text: str) -> float | None:
    if len(text) != 10:
        return None
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return None
