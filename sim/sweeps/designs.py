"""Designs: which points of the space of varied paths a sweep plays.

One shape for all: `design(varied, points, seed)` gives a matrix with a row a point and a column a path. Its entries are
numbers in the units of the file (dates as ordinals), places in a list, or units of a number's own distribution; see
`Varied`. Levers are crossed with the design of the uncertainties, so that every choice meets the same uncertain points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.scenario.limits import MOST_POINTS
from sim.scenario.problems import Place, ScenarioError
from sim.sweeps.extras import need
from sim.sweeps.store import OutputError
from sim.sweeps.varied import LEVELS, Varied, listed

MORRIS_LEVELS = 4
"""Levels of the grid on which Morris trajectories walk, where no list or range of whole numbers asks for others."""
_MOST_LEVELS = 60
_FEW = 12
"""Of a list or a range of whole numbers with so many values or fewer each occurs equally often; of a longer one not."""

_WITH_COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")


def grid(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """Every combination; `points` is the number of values of a range that doesn't say how many. Last path fastest."""
    del seed
    values = [np.array(one.grid(points or LEVELS), dtype=np.float64) for one in varied]
    return np.stack(np.meshgrid(*values, indexing="ij"), axis=-1).reshape(-1, len(varied))


def latin_hypercube(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """Latin hypercube (McKay, Beckman & Conover, 1979): every path's range is covered evenly by the points."""
    from scipy.stats import qmc

    return _mapped(varied, qmc.LatinHypercube(len(varied), rng=seed).random(points or 200))


def sobol(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """Saltelli's design on a scrambled Sobol sequence: N (D + 2) points for first and total indices."""
    return _saltelli(varied, points, seed, second_order=False)


def sobol_second_order(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """Saltelli's larger design: N (2 D + 2) points, for second-order indices too."""
    return _saltelli(varied, points, seed, second_order=True)


def morris(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """Morris trajectories (Morris, 1991): `points` trajectories of D + 1 points each."""
    need("SALib", "sensitivity")
    from SALib.sample import morris as sampler

    units = sampler.sample(
        _problem(varied),
        points or 20,
        num_levels=morris_levels({one.path: one.most for one in varied if one.kind != "date"}),
        seed=seed,
    )
    return _mapped(varied, np.asarray(units, dtype=np.float64))


def morris_levels(most: Mapping[str, int]) -> int:
    """Levels of the grid for Morris trajectories: even, and of every list as many on each of its values.

    Parameters
    ----------
    most
        By path, how many values it can take: `Varied.most`.

    Raises
    ------
    OutputError
        If that would take too many.
    """
    counts = {path: count for path, count in most.items() if count <= _FEW}
    levels = math.lcm(2, *counts.values())
    levels *= -(-MORRIS_LEVELS // levels) if levels < MORRIS_LEVELS else 1
    if levels > _MOST_LEVELS:
        listed = ", ".join(f"{count} of {path}" for path, count in counts.items())
        raise OutputError(
            f"the trajectories of a morris design cannot take all of these values equally often ({listed}); "
            "take the design lhs, or numbers of values that have more in common"
        )
    return levels


def tornado(varied: Sequence[Varied], points: int | None, seed: int) -> Floats:
    """One at a time: the middle of all ranges, then each path at its low and its high end (a list: all its values)."""
    del points, seed
    middle = [one.middle for one in varied]
    rows = [middle]
    for i, one in enumerate(varied):
        ends = list(range(len(one.values))) if one.kind == "list" else [one.low, one.high]
        if one.kind == "own":
            ends = [0.05, 0.95]
        rows.extend([*middle[:i], float(end), *middle[i + 1 :]] for end in ends)
    return np.array(rows, dtype=np.float64)


DESIGNS: dict[str, Callable[[Sequence[Varied], int | None, int], Floats]] = {
    "grid": grid,
    "lhs": latin_hypercube,
    "sobol": sobol,
    "sobol2": sobol_second_order,
    "morris": morris,
    "tornado": tornado,
}


def crossed(uncertain: Floats, levers: Floats) -> Floats:
    """Every combination of levers at every uncertain point; columns of the uncertainties first, levers slowest."""
    every = np.tile(uncertain, (len(levers), 1))
    return np.concatenate([every, np.repeat(levers, len(uncertain), axis=0)], axis=1)


def read_points(path: Path) -> tuple[list[Varied], Floats]:
    """An explicit list of points from a CSV or Parquet file: a column a path of the scenario, a row a point.

    Raises
    ------
    OutputError
        If the file cannot be used.
    """
    if path.suffix.lower() in (".csv", ".tsv"):
        return _read_text(path)
    if path.suffix.lower() != ".parquet":
        raise OutputError(f"{path}: a list of points must be a .csv, .tsv or .parquet file")
    try:
        table = pl.read_parquet(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except pl.exceptions.PolarsError as error:
        raise OutputError(f"{path}: this is no table in Parquet ({str(error).splitlines()[0]})") from error
    return points_of(table.drop("point", strict=False), str(path))


def _read_text(path: Path) -> tuple[list[Varied], Floats]:
    """Points from a text with commas, semicolons or tabs between its cells; every value knows its line and column."""
    from sim.convert.cells import read_table
    from sim.convert.draft import refuse
    from sim.convert.opened import open_files

    sheet = read_table(open_files([path])[0])
    heads, rows = sheet.rows[0], sheet.rows[1:]
    first: dict[str, int] = {}
    for i, head in enumerate(heads):
        if not head.text:
            raise refuse(head.place, "this column has no name, expected a path of the scenario")
        if head.text in first:
            raise refuse(head.place, f"the column '{head.text}' stands twice")
        first[head.text] = i
    for row in rows:
        if len(row) > len(heads):
            raise refuse(row[len(heads)].place, f"there are {len(row)} cells in this row, and {len(heads)} columns")
        if len(row) < len(heads):
            missing = heads[len(row)].text
            raise refuse(row[-1].place, f"the row ends here, and a value of '{missing}' is missing")
    columns = {name: [row[i] for row in rows] for name, i in first.items() if name != "point"}
    if not columns or not rows:
        raise refuse(sheet.rows[-1][0].place, "there are no points in this file")
    if len(rows) > MOST_POINTS:
        raise refuse(rows[MOST_POINTS][0].place, f"there are {len(rows):,} points, expected at most {MOST_POINTS:,}")
    varied, places = [], []
    for name, cells in columns.items():
        words: dict[str, Place] = {}
        for cell in cells:
            if not cell.text:
                raise refuse(cell.place, f"a value of '{name}' is missing")
            words.setdefault(_decimal(cell.text) if sheet.comma else cell.text, cell.place)
        try:
            one = listed(name, list(words))
        except ScenarioError as error:
            raise refuse(heads[first[name]].place, error.problems[0].message) from None
        varied.append(replace(one, stands=heads[first[name]].place, places=tuple(words.values())))
        order = {word: i for i, word in enumerate(words)}
        places.append([order[_decimal(cell.text) if sheet.comma else cell.text] for cell in cells])
    return varied, np.array(places, dtype=np.float64).T


def _decimal(text: str) -> str:
    """A number with a decimal comma as the scenario file has it."""
    return text.replace(",", ".") if _WITH_COMMA.fullmatch(text) else text


def points_of(table: pl.DataFrame, shown: str = "points") -> tuple[list[Varied], Floats]:
    """The paths and points of a table with a column a path."""
    if not table.width or not len(table):
        raise OutputError(f"{shown}: there are no points in it")
    varied, columns = [], []
    for name in table.columns:
        column = table[name].cast(pl.String)
        if column.null_count():
            raise OutputError(f"{shown}: a value is missing in the column '{name}'")
        words = column.unique(maintain_order=True)
        varied.append(listed(name, words.to_list()))
        places = column.replace_strict(words, np.arange(len(words)), return_dtype=pl.Float64)
        columns.append(places.to_numpy())
    return varied, np.stack(columns, axis=1)


def _saltelli(varied: Sequence[Varied], points: int | None, seed: int, second_order: bool) -> Floats:
    need("SALib", "sensitivity")
    from SALib.sample import sobol as sampler

    count = points or 256
    if count & (count - 1):
        near = 1 << (count - 1).bit_length()
        raise OutputError(f"the points of a Sobol design must be a power of two, found {count}; the next is {near}")
    units = sampler.sample(_problem(varied), count, calc_second_order=second_order, seed=seed)
    return _mapped(varied, np.asarray(units, dtype=np.float64))


def _problem(varied: Sequence[Varied]) -> dict[str, object]:
    names = [one.path for one in varied]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _mapped(varied: Sequence[Varied], units: Floats) -> Floats:
    return np.stack([one.from_units(units[:, i]) for i, one in enumerate(varied)], axis=1)
