"""Columns of a sweep as numbers: what was varied, and the outcome that is asked about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.scenario.problems import did_you_mean, listing
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep


def outcome_column(swept: Sweep, outcome: str) -> str:
    """The column of an outcome measure.

    Parameters
    ----------
    swept
        The sweep.
    outcome
        An outcome of the talks, for its share; or a column: ``gap.last``, ``settlements.ISSUE.OPTION``,
        ``utility.PARTY``, ...

    Raises
    ------
    OutputError
        If there is no such measure.
    """
    outcomes = swept.outcomes
    column = f"{outcome}.share" if outcome in outcomes else outcome
    measured = [name for name in swept.points.columns if name not in ("point", "worlds", *swept.paths)]
    if column not in measured:
        known = [*outcomes, *(name for name in measured if name.rsplit(".", 1)[0] not in outcomes)]
        hint = did_you_mean(outcome, known) or f"; there are {listing(known)}"
        raise OutputError(f"there is no outcome '{outcome}'{hint}")
    return column


def outcome_values(swept: Sweep, outcome: str) -> Floats:
    """An outcome measure at every point, shape (points,).

    Raises
    ------
    OutputError
        If there is none, or it has no value at some point.
    """
    column = swept.points[outcome_column(swept, outcome)].cast(pl.Float64)
    if column.null_count():
        raise OutputError(
            f"'{outcome}' has no value at {column.null_count()} of {len(column)} points (there is nothing to measure "
            "there); take another outcome"
        )
    return column.to_numpy()


def more_is_better(outcome: str) -> bool:
    """Whether more of an outcome measure is better: not of an end without a deal, nor of a gap."""
    name = outcome.removesuffix(".share")
    return name.partition(".")[0] != "gap" and name not in ("impasse", "breakdown", "not_ratified")


def is_share(outcome: str) -> bool:
    """Whether an outcome measure is a share of worlds or of settlements."""
    group, _, rest = outcome.partition(".")
    return group not in ("gap", "utility") and (group == "settlements" or rest != "count")


def varied_numbers(swept: Sweep) -> Floats:
    """What was varied as numbers: dates as days, words by their place in the list; shape (points, paths)."""
    return np.stack([_numbers(swept.points[one["path"]], one) for one in swept.manifest["vary"]], axis=1)


def level_numbers(swept: Sweep) -> Floats:
    """What was varied as places among the values that occur, on [0, 1]; shape (points, paths)."""
    columns = []
    for column in varied_numbers(swept).T:
        levels, place = np.unique(column, return_inverse=True)
        columns.append(place / max(len(levels) - 1, 1))
    return np.stack(columns, axis=1)


def most_values(swept: Sweep) -> dict[str, int]:
    """How many values what a negotiator can't choose could take, by path, but for dates; see `Varied.most`."""
    return {
        one["path"]: len(one["values"])
        if one["kind"] == "list"
        else int(one["high"] - one["low"]) + 1
        if one["whole"]
        else sys.maxsize
        for one in swept.manifest["vary"]
        if one["role"] != "lever" and one["kind"] != "date"
    }


def lever_paths(swept: Sweep) -> list[str]:
    """What a negotiator can choose."""
    return [one["path"] for one in swept.manifest["vary"] if one["role"] == "lever"]


def uncertain_paths(swept: Sweep) -> list[str]:
    """What a negotiator can't choose."""
    return [one["path"] for one in swept.manifest["vary"] if one["role"] != "lever"]


def is_words(swept: Sweep, path: str) -> bool:
    """Whether the values of a path are words, without an order."""
    return bool(swept.points[path].dtype == pl.String)


def shown(value: Any) -> str:
    """A value of the file as text, with as many digits as one reads."""
    if isinstance(value, float):
        return f"{value:.4g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _numbers(column: pl.Series, varied: dict[str, Any]) -> Floats:
    if column.dtype == pl.String:
        order: Sequence[str] = varied["values"] or column.unique(maintain_order=True).to_list()
        return column.replace_strict(list(order), np.arange(len(order)), return_dtype=pl.Float64).to_numpy()
    if column.dtype == pl.Date:
        column = column.cast(pl.Int32)
    return column.cast(pl.Float64).to_numpy()
