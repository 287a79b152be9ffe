"""The table of a sweep: a row a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sim.arrays.kinds import Counts, Floats
from sim.scenario.model import Scenario
from sim.sweeps.counts import PointCounts
from sim.sweeps.intervals import wilson_bounds
from sim.sweeps.plan import Plan, PointGroup
from sim.talks.record.endings import OUTCOMES
from sim.talks.record.statistics import party_scales

COUNTED = ("count", "share", "low", "high")


def result_columns(plan: Plan) -> dict[str, pl.DataType]:
    """Names and types of the columns that hold results, over all structures of the scenario.

    ``worlds``; for each outcome ``OUTCOME.count``, its ``share`` and the ends ``low`` and ``high`` of its 95 % Wilson
    interval; ``gap.first`` and ``gap.last``, means as in `run`; ``settlements.ISSUE.OPTION``, share of the deals, whole
    or partial, as in `run`; ``utility.PARTY``, mean utility of the deal, the reservation value in worlds without one.
    Null where there is nothing to take the mean or share of.
    """
    found: dict[str, pl.DataType] = {"worlds": pl.Int64()}
    for name in OUTCOMES if any(group.scenario.ratified for group in plan.groups) else OUTCOMES[:-1]:
        found[f"{name}.count"] = pl.Int64()
        found |= {f"{name}.{what}": pl.Float64() for what in COUNTED[1:]}
    found |= {"gap.first": pl.Float64(), "gap.last": pl.Float64()}
    for prefix, ids in (("settlements", _options), ("utility", _parties)):
        for group in plan.groups:
            found |= {f"{prefix}.{one}": pl.Float64() for one in ids(group.scenario)}
    return found


def part_table(
    plan: Plan, first: int, last: int, counts: Sequence[tuple[PointGroup, int, PointCounts]]
) -> pl.DataFrame:
    """Rows of the points from `first` up to, not including, `last`.

    Parameters
    ----------
    plan
        Of the sweep.
    first, last
        Which points.
    counts
        For each group with points among them: the group, the place of the first of these in it, and what was counted.
    """
    tables = []
    columns = result_columns(plan)
    for group, place, counted in counts:
        number = counted.outcomes.shape[1]
        results = _results(group.scenario, counted)
        index = pl.Series("point", group.points[place : place + number], dtype=pl.Int64)
        blank = pl.Series([None] * number)
        cells = [results.get(name, blank).cast(kind).alias(name) for name, kind in columns.items()]
        tables.append(pl.DataFrame([index, *cells]))
    found = pl.concat(tables).sort("point")
    return plan.points[first:last].hstack(found.drop("point"))


def _results(scenario: Scenario, counted: PointCounts) -> dict[str, pl.Series]:
    worlds = counted.outcomes.sum(axis=0)
    found = {"worlds": pl.Series(worlds)}
    for name, count in zip(OUTCOMES, counted.outcomes, strict=True):
        low, high = wilson_bounds(count, worlds)
        for what, values in zip(COUNTED, (count, count / worlds, low, high), strict=True):
            found[f"{name}.{what}"] = pl.Series(values)
    for name, mean in zip(("gap.first", "gap.last"), counted.means("gaps"), strict=True):
        found[name] = _series(mean)
    shares = _shares(scenario, counted.deals)
    found |= {f"settlements.{name}": _series(share) for name, share in zip(_options(scenario), shares, strict=True)}
    scale = np.array(party_scales(scenario))[:, None]
    utility = counted.means("utility", scale)
    return found | {f"utility.{name}": _series(mean) for name, mean in zip(_parties(scenario), utility, strict=True)}


def _options(scenario: Scenario) -> list[str]:
    return [f"{issue.id}.{option.id}" for issue in scenario.issues for option in issue.options]


def _parties(scenario: Scenario) -> list[str]:
    return [party.id for party in scenario.parties]


def _shares(scenario: Scenario, deals: Counts) -> list[Floats]:
    total = deals.sum(axis=1)
    shares = deals / np.where(total > 0, total, np.nan)[:, None]
    return [shares[j, k] for j, issue in enumerate(scenario.issues) for k in range(len(issue.options))]


def _series(values: Floats) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)
