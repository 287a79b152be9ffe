"""From paths of the file to quantities of the compiled scenario.

A path that only sets numbers is varied through values given to the engine, so that points share batches; any other
changes the structure of the scenario. Which it is, is found by loading the scenario with the path at both ends of its
range: what differs tells which quantities it sets (also those of parties that are `like` the one named), in which
units, and that nothing else changes. So a point means exactly what ``--set`` with its values would mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.scenario.loading import load, loads
from sim.scenario.model import Code, Quantity, Scenario
from sim.scenario.problems import Problem, ScenarioError, did_you_mean
from sim.scenario.quantities import quantities
from sim.sweeps.varied import Varied
from sim.worlds.draws import from_unit

Target = tuple[str, float, float]
"""Path of a quantity, shift, stretch: the compiled number is (number of the file - shift) / stretch."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a scenario comes from: a file's text, the file, changes as with ``--set``, files of policies.

    More files of policies may be read from `code_folder`, none where it is empty; with `allow_code` None they are left
    alone, and what is loaded can't be played.
    """

    text: str
    file: str
    changes: tuple[str, ...] = ()
    code: tuple[Code, ...] = ()
    allow_code: bool | None = False
    code_folder: str = ""

    def load(self, more: Sequence[str] = ()) -> Scenario:
        """The scenario with more changes."""
        folder = Path(self.code_folder) if self.code_folder else None
        allowed = self.allow_code if folder is None else True
        return loads(self.text, self.file, [*self.changes, *more], allow_code=allowed, code=self.code, folder=folder)


@dataclass(frozen=True, slots=True)
class Bound:
    """A scenario of one structure, and the quantities that each varied number sets."""

    scenario: Scenario
    targets: tuple[tuple[Target, ...], ...]

    def given(self, values: Floats) -> dict[str, Floats]:
        """Compiled values by path of the quantity, from values of the file of shape (numbers, points)."""
        found: dict[str, Floats] = {}
        for targets, row in zip(self.targets, values, strict=True):
            for path, shift, stretch in targets:
                found[path] = _compiled(row, shift, stretch)
        return found


def source_of(scenario: Scenario | str, changes: Sequence[str] = ()) -> Source:
    """The source of a scenario that was loaded, or of a file or bundled name."""
    if not isinstance(scenario, Scenario):
        scenario = load(scenario, changes)
        changes = ()
    file, changed = scenario.file if scenario.name else "", (*scenario.changes, *changes)
    return Source(scenario.text, file, changed, scenario.code, code_folder=scenario.code_folder)


def bind(
    source: Source, numbers: Sequence[Varied], structure: Sequence[str] = (), words: Sequence[Varied] = ()
) -> Bound:
    """Find the quantities that varied numbers set.

    Parameters
    ----------
    source
        The scenario.
    numbers
        Paths varied as numbers; see `is_number`.
    structure
        Changes that hold besides, each ``PATH=VALUE``.
    words
        What is varied by these changes; an error in one points at its option.

    Raises
    ------
    ScenarioError
        If the scenario cannot be loaded with these values; `MoreThanANumber` if a path does more than set numbers.
    """
    lows = [change(varied, varied.low) for varied in numbers if varied.kind != "own"]
    highs = [change(varied, varied.high) for varied in numbers if varied.kind != "own"]
    low = _load(source, [*structure, *lows], [*numbers, *words])
    high = _load(source, [*structure, *highs], [*numbers, *words])
    targets = _by_name(numbers, low)
    expected = {path: ends for one, found in zip(numbers, targets, strict=True) for path, ends in _ends(one, found)}
    if all(targets) and _explained(low, high, expected):
        return Bound(low, targets)
    found = []
    for varied, guessed in zip(numbers, targets, strict=True):
        if varied.kind == "own":
            found.append(guessed)
            continue
        one = [change(v, v.high if v is varied else v.low) for v in numbers if v.kind != "own"]
        other = _load(source, [*structure, *one], [*numbers, *words])
        if not same_structure(low, other):
            raise MoreThanANumber(varied)
        found.append(_differing(low, other, varied))
        if not _explained(low, other, dict(_ends(varied, found[-1]))):
            raise MoreThanANumber(varied)
    return Bound(low, tuple(found))


def is_number(source: Source, varied: Varied, structure: Sequence[str] = ()) -> bool:
    """Whether a list can be varied as numbers: it only sets quantities."""
    if varied.numbers is None or varied.low == varied.high:
        return False
    try:
        bound = bind(source, [varied], structure)
        if not _written_as_numbers(source, varied, structure, bound):
            return False
    except ScenarioError:  # told again, with all values, where it is played as a list of words
        return False
    return True


def _written_as_numbers(source: Source, varied: Varied, structure: Sequence[str], bound: Bound) -> bool:
    """Whether each value of a list, as it is written, sets the number that it is: the id of an option is none."""
    if ".positions." not in f".{varied.path}":
        return True
    for word, number in zip(varied.values, varied.numbers or (), strict=True):
        expected = {path: ends[0] for path, ends in _ends(replace(varied, low=number), bound.targets[0])}
        played = source.load([*structure, change(varied, word)])
        if not same_structure(bound.scenario, played):
            return False
        known = quantities(played)
        if any(known[path].parameters != (value,) for path, value in expected.items()):
            return False
    return True


def settled(varied: Varied, bound: Bound, place: int) -> Varied:
    """What is known of a varied number once it is bound: whether it is whole; its range if it is the file's own."""
    known = quantities(bound.scenario)
    targets = bound.targets[place]
    return replace(varied, whole=bool(targets) and all(known[path].whole for path, _, _ in targets))


def own_values(bound: Bound, place: int, units: Floats) -> Floats:
    """Values of the file for units of the number's own distribution."""
    path, shift, stretch = bound.targets[place][0]
    quantity = quantities(bound.scenario)[path]
    values = np.asarray(from_unit(quantity, units), dtype=np.float64)
    if quantity.whole:
        values = np.floor(values + 0.5)
    return values if (shift, stretch) == (0.0, 1.0) else values * stretch + shift


def change(varied: Varied, value: float | str) -> str:
    """A value of a varied path, a number or a word of its list, as ``PATH=VALUE``."""
    return f"{varied.path}={value if isinstance(value, str) else varied.text(value)}"


def same_structure(one: Any, other: Any) -> bool:
    """Whether two scenarios differ at most in the values of their quantities."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Quantity):
        return bool(one.path == other.path and one.whole == other.whole)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same_structure, one, other))
    if is_dataclass(one):
        left_out = ("text", "changes", "judgements", "sweep", "file") if isinstance(one, Scenario) else ()
        names = [field.name for field in fields(one) if field.name not in left_out]
        return all(same_structure(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)


class MoreThanANumber(ScenarioError):
    """A range of a path that changes the structure of the scenario: only so many values of it can be played."""

    def __init__(self, varied: Varied) -> None:
        self.varied = varied
        values = f"{varied.path}={varied.text(varied.low)}:{varied.text(varied.high)}:N"
        message = f"'{varied.path}' changes more than numbers; say how many values it shall take: {values}"
        super().__init__([Problem(varied.place, message)])


def _by_name(numbers: Sequence[Varied], scenario: Scenario) -> tuple[tuple[Target, ...], ...]:
    """What each path would set if it sets but the quantity of its own name."""
    known = quantities(scenario)
    found: list[tuple[Target, ...]] = []
    for varied in numbers:
        path = f"{varied.path}.days" if varied.is_dates else varied.path
        if path not in known:
            path = varied.path
        if varied.kind == "own":
            _check_own(varied, known)
        found.append((_target(scenario, path, varied),) if path in known else ())
    return tuple(found)


def _check_own(varied: Varied, known: dict[str, Quantity]) -> None:
    if varied.path not in known:
        hint = did_you_mean(varied.path, known)
        raise varied.problem(f"there is no number '{varied.path}' in the scenario{hint}")
    if known[varied.path].certain:
        raise varied.problem("the file is sure of this number; give a range: PATH=LOW:HIGH")


def _target(scenario: Scenario, path: str, varied: Varied) -> Target:
    if varied.is_dates:
        return (path, float(scenario.start.toordinal()), 1.0)
    for issue in scenario.issues:
        if issue.scale is not None and ".positions." in path and path.endswith(f".positions.{issue.id}"):
            return (path, issue.scale.start, issue.scale.stop - issue.scale.start)
    return (path, 0.0, 1.0)


def _differing(low: Scenario, high: Scenario, varied: Varied) -> tuple[Target, ...]:
    first, second = quantities(low), quantities(high)
    return tuple(_target(low, path, varied) for path, quantity in first.items() if quantity != second[path])


def _ends(varied: Varied, targets: Sequence[Target]) -> list[tuple[str, tuple[float, float]]]:
    """The compiled numbers at both ends of the range, by path of the quantity."""
    if varied.kind == "own":
        return []
    ends = np.array([varied.low, varied.high])
    return [(path, tuple(_compiled(ends, shift, stretch))) for path, shift, stretch in targets]


def _compiled(numbers: Floats, shift: float, stretch: float) -> Floats:
    return numbers if (shift, stretch) == (0.0, 1.0) else (numbers - shift) / stretch


def _explained(low: Scenario, high: Scenario, expected: Mapping[str, tuple[float, float]]) -> bool:
    """Whether all that differs is that quantities have the numbers expected of them."""
    if not same_structure(low, high):
        return False
    second = quantities(high)
    for path, quantity in quantities(low).items():
        other = second[path]
        if path in expected:
            both = (quantity.parameters[0], other.parameters[0])
            if not quantity.certain or not other.certain or both != expected[path]:
                return False
        elif quantity != other:
            return False
    return True


def _load(source: Source, changes: Sequence[str], varied: Sequence[Varied]) -> Scenario:
    """Load, and let an error about a value point at the option that gave it, or name the values it came with."""
    try:
        return source.load(changes)
    except ScenarioError as error:
        own = set(changes)
        options = {f"--set {one}": v.place_of(x) for v in varied for x in _said(v) if (one := change(v, x)) in own}
        played = f" (with {', '.join(changes)})" if changes else ""
        problems = [
            replace(problem, place=options[problem.place.option])
            if problem.place.option in options
            else replace(problem, message=problem.message + played)
            for problem in error.problems
        ]
        raise ScenarioError(problems) from None


def _said(varied: Varied) -> list[float | str]:
    """The values of it with which a scenario may be loaded."""
    if varied.kind == "own":
        return []
    ends: list[float | str] = [varied.low, varied.high] if varied.low < varied.high else []
    return [*ends, *varied.values]
