"""The plan of a sweep: its points, grouped by structure, ready to be played block by block."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from math import prod
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats, Ints
from sim.scenario.limits import MOST_POINTS
from sim.scenario.model import Scenario
from sim.scenario.problems import did_you_mean, listing
from sim.sweeps.binding import Bound, MoreThanANumber, Source, bind, change, is_number, own_values, settled
from sim.sweeps.designs import DESIGNS, crossed
from sim.sweeps.store import OutputError, kept_code, versions
from sim.sweeps.varied import LEVELS, Varied, as_ids, check_once


@dataclass(frozen=True)
class PointGroup:
    """The points of one structure of the scenario.

    Attributes
    ----------
    scenario
        Of this structure.
    points
        Their indices in the sweep, ascending; shape (points,).
    given
        Compiled values by path of the quantity, each of shape (points,).
    """

    scenario: Scenario
    points: Ints
    given: dict[str, Floats]

    @cached_property
    def packed(self) -> bytes:
        """The scenario as it goes to workers, without what playing doesn't need."""
        return pickle.dumps(replace(self.scenario, text="", judgements=()), protocol=5)


@dataclass(frozen=True)
class Plan:
    """What a sweep plays.

    Attributes
    ----------
    source, scenario
        The scenario as stated, before anything is varied.
    varied
        What is varied, uncertainties before levers.
    design, size
        Name of the design, and the number it was asked for (its meaning depends on the design).
    points
        A row a point: ``point``, and a column a path with its value in the units of the file.
    units
        The design's own matrix, shape (points, paths); see `sim.sweeps.designs`.
    groups
        The points by structure.
    worlds, seed
        Worlds a point, the same for every point, and the seed.
    """

    source: Source
    scenario: Scenario
    varied: tuple[Varied, ...]
    design: str
    size: int | None
    points: pl.DataFrame
    units: Floats
    groups: tuple[PointGroup, ...]
    worlds: int
    seed: int

    def manifest(self) -> dict[str, Any]:
        """What the sweep is computed from, so that anyone can compute it again, and nothing else resumes it."""
        return {
            "kind": "sweep",
            "scenario": self.scenario.name,
            "title": self.scenario.title,
            "sha256": sha256(self.source.text.encode()).hexdigest(),
            "set": list(self.source.changes),
            "design": self.design,
            "size": self.size,
            "vary": [varied.as_json() for varied in self.varied],
            "points": len(self.points),
            "points_sha256": sha256(np.ascontiguousarray(self.units).tobytes()).hexdigest(),
            "worlds": self.worlds,
            "seed": self.seed,
            "versions": versions(),
            "text": self.source.text,
            **kept_code([file for group in self.groups for file in group.scenario.code]),
        }


def make_plan(
    source: Source,
    varied: Sequence[Varied],
    design: str = "grid",
    size: int | None = None,
    worlds: int | None = None,
    seed: int = 0,
    listed: Floats | None = None,
) -> Plan:
    """Lay out the points and find what each varied path sets.

    Parameters
    ----------
    source
        The scenario.
    varied
        What is varied; levers are crossed with the design of the uncertainties.
    design
        A key of `DESIGNS`, or ``list`` with the points in `listed`.
    size
        What the design is asked for: values of a range (grid), points, base points (sobol), trajectories (morris).
    worlds
        Worlds a point; by default what the scenario says, else 1,000.
    seed
        Of the worlds and of the design.
    listed
        Points of an explicit list, shape (points, paths), as in `sim.sweeps.designs.points_of`.

    Raises
    ------
    ScenarioError
        If a path or value doesn't fit the scenario.
    OutputError
        If the design cannot be made.
    """
    scenario = source.load()
    paths = [one.path for one in varied]
    if not varied:
        raise OutputError("nothing is varied: name a path with --vary PATH=LOW:HIGH")
    for path in paths:
        if paths.count(path) > 1:
            raise OutputError(f"'{path}' is varied twice")
    varied = sorted(varied, key=lambda one: one.role == "lever")
    while True:
        numeric = [one.kind != "list" or is_number(source, one) for one in varied]
        numbers = [one for one, yes in zip(varied, numeric, strict=True) if yes]
        words = [one for one, yes in zip(varied, numeric, strict=True) if not yes]
        for one in numbers:
            check_once(one)
        first = [change(one, one.values[0]) for one in words]
        try:
            bound = bind(source, numbers, first, words)
            break
        except MoreThanANumber as error:
            varied = [_spelled_out(one, error, design, size) if one == error.varied else one for one in varied]
    known = iter([settled(one, bound, i) for i, one in enumerate(numbers)])
    varied = tuple(next(known) if yes else as_ids(one) for one, yes in zip(varied, numeric, strict=True))
    units = listed if listed is not None else _lay_out(varied, design, size, seed)
    groups, columns = _grouped(source, varied, numeric, units, {tuple(first): bound})
    points = pl.DataFrame([pl.Series("point", np.arange(len(units)), dtype=pl.Int64), *columns])
    count = worlds or scenario.worlds or 1000
    return Plan(source, scenario, varied, design, size, points, units, groups, count, seed)


def _spelled_out(varied: Varied, error: MoreThanANumber, design: str, size: int | None) -> Varied:
    """The values of a range that can't be varied as a number, where it says or the design says which these are."""
    if design == "tornado":
        return varied.spelled_out([varied.middle, varied.low, varied.high])
    if varied.levels is None and design != "grid" and varied.role != "lever":
        raise error
    return varied.spelled_out(varied.grid((size if varied.role != "lever" else None) or LEVELS))


def _lay_out(varied: Sequence[Varied], design: str, size: int | None, seed: int) -> Floats:
    uncertain = [one for one in varied if one.role == "uncertainty"]
    levers = [one for one in varied if one.role == "lever"]
    if design not in DESIGNS:
        hint = did_you_mean(design, DESIGNS) or f"; there are {listing(list(DESIGNS))}"
        raise OutputError(f"there is no design '{design}'{hint}")
    count = _points(uncertain, design, size) * _points(levers, "grid", None)
    if count > MOST_POINTS:
        raise OutputError(f"the design has {count:,} points, expected at most {MOST_POINTS:,}")
    units = DESIGNS[design](uncertain, size, seed) if uncertain else np.zeros((1, 0))
    return crossed(units, DESIGNS["grid"](levers, None, seed)) if levers else units


def _points(varied: Sequence[Varied], design: str, size: int | None) -> int:
    """How many points a design has, at most, told before it is laid out."""
    if not varied:
        return 1
    if design == "grid":
        return prod(
            len(one.values) if one.kind == "list" else min(one.levels or size or LEVELS, one.most) for one in varied
        )
    rows = {"sobol": len(varied) + 2, "sobol2": 2 * len(varied) + 2, "morris": len(varied) + 1}
    return (size or 1) * rows.get(design, 1)


def _grouped(
    source: Source,
    varied: Sequence[Varied],
    numeric: Sequence[bool],
    units: Floats,
    known: Mapping[tuple[str, ...], Bound],
) -> tuple[tuple[PointGroup, ...], list[pl.Series]]:
    """Groups of points of one structure, and the columns of the table of points; `known` by structure."""
    numbers = [one for one, yes in zip(varied, numeric, strict=True) if yes]
    words = [one for one, yes in zip(varied, numeric, strict=True) if not yes]
    of_words = units[:, ~np.array(numeric)]
    of_numbers = units[:, np.array(numeric)].T
    combinations, which = np.unique(of_words, axis=0, return_inverse=True) if words else (of_words[:1], None)
    values = np.empty_like(of_numbers)
    groups = []
    for g, combination in enumerate(combinations):
        points = np.arange(len(units)) if which is None else np.flatnonzero(which.reshape(-1) == g)
        structure = [change(one, one.values[int(at)]) for one, at in zip(words, combination, strict=True)]
        bound = known.get(tuple(structure)) or bind(source, numbers, structure, words)
        values[:, points] = _file_values(numbers, bound, of_numbers[:, points])
        groups.append(PointGroup(bound.scenario, points, bound.given(values[:, points])))
    rows = iter(values)
    columns = [
        one.column_of(next(rows)) if yes else one.column(units[:, i])
        for i, (one, yes) in enumerate(zip(varied, numeric, strict=True))
    ]
    return tuple(groups), columns


def _file_values(numbers: Sequence[Varied], bound: Bound, units: Floats) -> Floats:
    """Numbers of the file from what the design holds, both of shape (numbers, points)."""
    result = np.array(units)
    for i, one in enumerate(numbers):
        if one.kind == "own":
            result[i] = own_values(bound, i, units[i])
        elif one.numbers is not None:
            result[i] = np.array(one.numbers)[units[i].astype(np.intp)]
    return result
