"""What matters: indices of how much each varied path moves an outcome, with intervals and convergence.

The indices are SALib's. All points of a sweep meet the same worlds, so an outcome is one function of the varied paths
and carries no noise of its own: a path that the model ignores moves nothing, and its indices are zero exactly. What an
interval covers is the choice of points (bootstrap); how the indices settle as points are added is shown beside them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.sweeps.designs import morris_levels
from sim.sweeps.extras import need
from sim.sweeps.reading import level_numbers, lever_paths, most_values, outcome_values, uncertain_paths, varied_numbers
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep
from sim.sweeps.tornado import tornado

RESAMPLES = 200
"""Bootstrap samples for an interval."""

SLOW_RESAMPLES = 30
"""The same for the methods that take long."""

_SLICES = 10
_SEED = 1
"""SALib takes 0 for no seed."""
_SMALLEST = 8
TOO_FEW = "too few points for an interval"
"""Said where an interval would rest on too few trajectories."""

FEWEST = {"sobol": (8, "base points"), "morris": (1, "trajectories"), "pawn": (20, "points"), "delta": (20, "points")}
"""With fewer than this a method gives no number at all."""

_FEWEST_RESAMPLED = 4
"""Of fewer trajectories than this no interval is given."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Indices of one method for one outcome.

    Attributes
    ----------
    method, outcome
        Which.
    indices
        Columns ``path``, ``index`` (its name), ``value``, and ``low``, ``high``, the ends of its 95 % interval.
    pairs
        The same for pairs of paths (``path``, ``other``), where the method has such.
    convergence
        As `indices`, with ``size``: the points of the first part of the design from which it was computed.
    noise
        What an index shows for a path that can't matter (delta, PAWN); 0 where a method gives such a path zero.
    given
        Base points, trajectories or points that the method had, see `FEWEST`.
    """

    method: str
    outcome: str
    indices: pl.DataFrame
    pairs: pl.DataFrame
    convergence: pl.DataFrame
    noise: float = 0.0
    given: int = 0

    @property
    def unknown(self) -> bool:
        """Whether there are too few points for any number of the method."""
        return self.indices["value"].count() == 0

    @property
    def note(self) -> str:
        """What there is too little of, in words; empty where there is enough."""
        if self.method == "tornado":
            return ""
        if self.unknown:
            fewest, what = FEWEST[self.method]
            return f"too few points for {self.method} indices, {self.given} {what} where {fewest} are needed"
        told = self.indices.filter(~pl.col("index").is_in(["mu", "sigma"]))["low"].count()
        return "" if told else TOO_FEW

    def as_json(self) -> dict[str, Any]:
        """What `sensitivity --json` says of it."""
        return {
            **({"note": self.note} if self.note else {}),
            "method": self.method,
            "outcome": self.outcome,
            "indices": self.indices.to_dicts(),
            "pairs": self.pairs.to_dicts(),
            "convergence": self.convergence.to_dicts(),
            "noise": self.noise,
        }


def sensitivity(swept: Sweep, method: str | None = None, outcome: str = "agreement") -> Sensitivity:
    """Say which of the varied paths matter for an outcome.

    Where levers were varied too, the outcome is averaged over their choices first.

    Parameters
    ----------
    swept
        A finished sweep.
    method
        ``sobol``, ``morris`` and ``tornado`` need a sweep of that design; ``delta`` and ``pawn`` take any. By default
        the one that goes with the design: ``pawn`` with all others.
    outcome
        See `sim.sweeps.reading.outcome_column`.

    Raises
    ------
    OutputError
        If the method doesn't go with the design, or the outcome doesn't vary.
    """
    design = str(swept.manifest["design"])
    own = {"sobol": "sobol", "sobol2": "sobol", "morris": "morris", "tornado": "tornado"}.get(design, "pawn")
    method = method or own
    if method not in (*METHODS, "tornado"):
        raise OutputError(f"there is no method '{method}'; there are {', '.join((*METHODS, 'tornado'))}")
    if method != own and method in ("sobol", "morris", "tornado"):
        raise OutputError(f"{method} indices need a sweep with --design {method}; this one is a {design} design")
    paths = uncertain_paths(swept)
    if not paths:
        raise OutputError("nothing but levers was varied: there is no uncertainty to lay the outcome to")
    values = averaged(swept, outcome)
    if len(values) < 2:
        raise OutputError("nothing was varied: the sweep has a single point, and nothing to set it against")
    if np.ptp(values) == 0.0:
        raise OutputError(f"'{outcome}' is the same at all points: {values[0]:.4g}; nothing that was varied moves it")
    if method == "tornado":
        return Sensitivity(method, outcome, tornado(swept, outcome), _EMPTY, _EMPTY)
    need("SALib", "sensitivity")
    with _quiet():
        return METHODS[method](swept, paths, values, outcome)


def averaged(swept: Sweep, outcome: str) -> Floats:
    """The outcome at every uncertain point, averaged over the choices of levers; shape (uncertain points,)."""
    values = outcome_values(swept, outcome)
    return np.asarray(values.reshape(_choices(swept), -1).mean(axis=0))


def _choices(swept: Sweep) -> int:
    levers = lever_paths(swept)
    return len(swept.points.select(levers).unique()) if levers else 1


def _inputs(swept: Sweep, by_level: bool = False) -> Floats:
    """What was varied but for the levers, shape (uncertain points, paths)."""
    numbers = level_numbers(swept) if by_level else varied_numbers(swept)
    count = len(swept.points) // _choices(swept)
    return numbers[:count, : len(uncertain_paths(swept))]


def _sobol(swept: Sweep, paths: list[str], values: Floats, outcome: str) -> Sensitivity:
    """Sobol indices (Sobol, 2001; Saltelli et al., 2010; total: Jansen, 1999)."""
    from SALib.analyze import sobol

    second = swept.manifest["design"] == "sobol2"
    row = 2 * len(paths) + 2 if second else len(paths) + 2

    def at(size: int) -> tuple[pl.DataFrame, dict[str, Any]]:
        found = sobol.analyze(
            _problem(paths), values[: size * row], calc_second_order=second, num_resamples=RESAMPLES, seed=_SEED
        )
        tables = [
            _table(paths, name, found[key], found[f"{key}_conf"]) for name, key in (("first", "S1"), ("total", "ST"))
        ]
        return pl.concat(tables), found

    base = len(values) // row
    sizes = _sizes(base)
    if base < FEWEST["sobol"][0]:
        return _unknown("sobol", outcome, paths, ("first", "total"), base)
    whole, found = at(base)
    convergence = [at(size)[0].insert_column(0, pl.Series("size", [size * row] * len(whole))) for size in sizes]
    pairs = _EMPTY
    if second:
        i, j = np.triu_indices(len(paths), 1)
        value, half = found["S2"][i, j], found["S2_conf"][i, j]
        names = np.array(paths, dtype=object)
        pairs = pl.DataFrame(
            {
                "path": names[i].tolist(),
                "other": names[j].tolist(),
                "index": "second",
                "value": value,
                "low": value - half,
                "high": value + half,
            }
        )
    return Sensitivity("sobol", outcome, whole, pairs, pl.concat(convergence) if convergence else _EMPTY, given=base)


def _morris(swept: Sweep, paths: list[str], values: Floats, outcome: str) -> Sensitivity:
    """Elementary effects (Morris, 1991); mu_star after Campolongo et al. (2007)."""
    from SALib.analyze import morris

    row, inputs = len(paths) + 1, _inputs(swept, by_level=True)
    levels = morris_levels(most_values(swept))

    def at(size: int) -> pl.DataFrame:
        rows = size * row
        found = morris.analyze(
            _problem(paths),
            inputs[:rows],
            values[:rows],
            num_levels=levels,
            num_resamples=RESAMPLES,
            seed=_SEED,
        )
        none = np.full(len(paths), np.nan)
        listed = (("mu_star", _known(found["mu_star_conf"], size)), ("mu", none), ("sigma", none))
        return pl.concat([_table(paths, name, found[name], half) for name, half in listed])

    base = len(values) // row
    whole = at(base)
    convergence = [at(s).insert_column(0, pl.Series("size", [s * row] * len(whole))) for s in _sizes(base)]
    return Sensitivity("morris", outcome, whole, _EMPTY, pl.concat(convergence) if convergence else _EMPTY, given=base)


def _delta(swept: Sweep, paths: list[str], values: Floats, outcome: str) -> Sensitivity:
    """Moment-independent delta (Borgonovo, 2007; Plischke et al., 2013) and first-order indices from given points."""
    from SALib.analyze import delta

    def at(inputs: Floats, values: Floats, names: list[str]) -> pl.DataFrame:
        found = delta.analyze(_problem(names), inputs, values, num_resamples=SLOW_RESAMPLES, seed=_SEED)
        key = "delta_raw" if "delta_raw" in found else "delta"  # its name in SALib from 1.6 on, and before
        listed = (("delta", key), ("first", "S1"))
        return pl.concat([_table(names, name, found[at], found[f"{at}_conf"]) for name, at in listed])

    return _from_given_points("delta", at, swept, paths, values, outcome)


def _pawn(swept: Sweep, paths: list[str], values: Floats, outcome: str) -> Sensitivity:
    """PAWN (Pianosi & Wagener, 2018): the median distance of distributions with and without knowing a path."""
    from SALib.analyze import pawn

    def at(inputs: Floats, values: Floats, names: list[str]) -> pl.DataFrame:
        luck = np.random.default_rng(_SEED)

        def median(pick: Any) -> Floats:
            return np.asarray(pawn.analyze(_problem(names), _ranks(inputs[pick]), values[pick], S=_SLICES)["median"])

        whole = median(slice(None))
        again = np.stack([median(luck.integers(0, len(values), len(values))) for _ in range(SLOW_RESAMPLES)])
        return _table(names, "median", whole, 1.96 * again.std(axis=0, ddof=1))

    return _from_given_points("pawn", at, swept, paths, values, outcome)


def _from_given_points(
    method: str,
    at: Callable[[Floats, Floats, list[str]], pl.DataFrame],
    swept: Sweep,
    paths: list[str],
    values: Floats,
    outcome: str,
) -> Sensitivity:
    """A method for any points. A path of random numbers goes with it to show what chance alone gives."""
    if len(values) < FEWEST[method][0]:
        return _unknown(method, outcome, paths, _INDICES[method], len(values))
    inputs = _inputs(swept)
    chance = np.random.default_rng(_SEED).random((len(inputs), 1))
    names, inputs = [*paths, ""], np.concatenate([inputs, chance], axis=1)
    tables = []
    order = np.random.default_rng(_SEED).permutation(len(values))
    for size in _sizes(len(values), smallest=64) or [len(values)]:
        pick = np.sort(order[:size])
        table = at(inputs[pick], values[pick], names)
        tables.append(table.insert_column(0, pl.Series("size", [size] * len(table))))
    whole = tables[-1]
    main = whole.filter(pl.col("index") == whole["index"][0])
    noise = float(main.filter(pl.col("path") == "")["high"][0] or 0.0)
    indices = whole.drop("size").with_columns(
        low=pl.when((pl.col("index") == main["index"][0]) & (pl.col("value") <= noise) & pl.col("low").is_not_null())
        .then(0.0)
        .otherwise(pl.col("low"))
    )
    kept = [table.filter(pl.col("path") != "") for table in tables]
    return Sensitivity(
        method, outcome, indices.filter(pl.col("path") != ""), _EMPTY, pl.concat(kept), noise, len(values)
    )


_INDICES = {"pawn": ("median",), "delta": ("delta", "first")}


def _unknown(method: str, outcome: str, paths: list[str], names: Sequence[str], given: int) -> Sensitivity:
    """What there is to say of too few points: no number."""
    none = np.full(len(paths), np.nan)
    indices = pl.concat([_table(paths, name, none, none) for name in names])
    return Sensitivity(method, outcome, indices, _EMPTY, _EMPTY, given=given)


METHODS: dict[str, Callable[[Sweep, list[str], Floats, str], Sensitivity]] = {
    "sobol": _sobol,
    "morris": _morris,
    "pawn": _pawn,
    "delta": _delta,
}

_EMPTY = pl.DataFrame()


def _problem(names: list[str]) -> dict[str, Any]:
    """The problem as SALib takes it; it refuses some names, so paths go by number."""
    return {"num_vars": len(names), "names": [f"x{i}" for i in range(len(names))], "bounds": [[0.0, 1.0]] * len(names)}


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what SALib does to the program at large (warnings, NumPy's global generator) to itself."""
    formatting, luck = warnings.formatwarning, np.random.get_state()  # noqa: NPY002
    try:
        with warnings.catch_warnings(), redirect_stderr(StringIO()), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            yield
    finally:
        warnings.formatwarning = formatting
        np.random.set_state(luck)  # noqa: NPY002


def _table(paths: list[str], name: str, value: Any, half: Any) -> pl.DataFrame:
    value, half = np.asarray(value, dtype=np.float64), np.asarray(half, dtype=np.float64)
    numbers = {"value": value, "low": value - half, "high": value + half}
    columns = {of: pl.Series(np.where(np.isfinite(x), x, np.nan)).fill_nan(None) for of, x in numbers.items()}
    return pl.DataFrame({"path": paths, "index": [name] * len(paths), **columns})


def _known(half: Any, size: int) -> Floats:
    """Half the width of intervals; unknown where they rest on too few trajectories."""
    half = np.asarray(half, dtype=np.float64)
    return half if size >= _FEWEST_RESAMPLED else np.full_like(half, np.nan)


def _sizes(whole: int, smallest: int = _SMALLEST) -> list[int]:
    """The whole and its halves, quarters and eighths, as far as there is enough in them; ascending."""
    return [whole // part for part in (8, 4, 2, 1) if whole // part >= smallest]


def _ranks(inputs: Floats) -> Floats:
    """Every column as ranks, ties in random order: so slices hold equally many points also where values repeat."""
    luck = np.random.default_rng(_SEED).random(len(inputs))
    order = np.stack([np.lexsort((luck, column)) for column in inputs.T], axis=1)
    ranks = np.empty_like(inputs)
    np.put_along_axis(ranks, order, np.arange(len(inputs), dtype=np.float64)[:, None], axis=0)
    return ranks
