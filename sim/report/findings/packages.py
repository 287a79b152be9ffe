"""Which packages the worlds of a run hold: agreed on every issue, in part, or signed and refused at home."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.arrays.kinds import Counts
from sim.report.findings.kinds import Kind, kinds, shared
from sim.report.findings.wants import Wants
from sim.scenario.model import Scenario

_OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Held:
    """The packages of worlds that have something in common.

    Attributes
    ----------
    worlds, different
        How many worlds these are, and how many different packages they hold.
    kinds
        The packages, put together where they are many; the kind with most worlds first.
    counts
        Worlds by option, shape (issues, options).
    """

    worlds: int
    different: int
    kinds: tuple[Kind, ...]
    counts: Counts

    @property
    def one_by_one(self) -> bool:
        """Whether every kind is a single package."""
        return len(self.kinds) == self.different

    @property
    def common(self) -> NDArray[np.bool_]:
        """On which issues all of them have the same option, shape (issues,)."""
        return shared(self.counts)


@dataclass(frozen=True, slots=True)
class Packages:
    """What was agreed.

    Attributes
    ----------
    whole
        Agreements on every issue, in force.
    partial
        What is in force where some issues are settled and the rest is as it was, also where the talks then broke down.
    broken
        Of the worlds with such a partial deal, those in which the talks broke down.
    refused
        Deals that were signed and refused at home; of no worlds where the results do not tell.
    """

    whole: Held
    partial: Held
    broken: int
    refused: Held


def held(scenario: Scenario, worlds: pl.LazyFrame, wants: Wants) -> Packages:
    """Read the table of worlds (a row a world, see `sim.sweeps.tables.world_table`)."""
    signed = [f"package.{issue.id}" for issue in scenario.issues]
    refused = [f"refused_package.{issue.id}" for issue in scenario.issues]
    deals = _different(worlds, [*signed, _OUTCOME], signed)
    whole = pl.col(_OUTCOME) == "agreement"
    partial = deals.filter(~whole)
    kept = set(refused) <= set(worlds.collect_schema().names())
    at_home = _different(worlds, refused, refused) if kept else pl.DataFrame()
    return Packages(
        _held(scenario, deals.filter(whole), signed, wants),
        _held(scenario, partial, signed, wants),
        int(partial.filter(pl.col(_OUTCOME) == "breakdown")["len"].sum()),
        _held(scenario, at_home, refused, wants),
    )


def _different(worlds: pl.LazyFrame, columns: list[str], packages: list[str]) -> pl.DataFrame:
    """Rows that differ in these columns, where there is a package, and in `len` how many worlds have each."""
    there = pl.any_horizontal(pl.col(name).is_not_null() for name in packages)
    return worlds.filter(there).group_by(columns).len().collect()


def _held(scenario: Scenario, table: pl.DataFrame, columns: list[str], wants: Wants) -> Held:
    """Packages of a table with how often each occurs in `len`."""
    most = max(len(issue.options) for issue in scenario.issues)
    if table.is_empty():
        return Held(0, 0, (), np.zeros((len(columns), most), dtype=np.int64))
    codes = np.empty((len(table), len(columns)), dtype=np.intp)
    for j, (issue, name) in enumerate(zip(scenario.issues, columns, strict=True)):
        places = {option.id: k for k, option in enumerate(issue.options)}
        codes[:, j] = table[name].replace_strict(places, return_dtype=pl.Int64).to_numpy()
    packages, place = np.unique(codes, axis=0, return_inverse=True)
    counts = np.bincount(place.ravel(), table["len"].to_numpy()).astype(np.int64)
    order = np.argsort(-counts, kind="stable")
    packages, counts = packages[order], counts[order]
    found = kinds(packages, counts, np.nan_to_num(wants.options), wants.salience.mean(axis=0))
    return Held(int(counts.sum()), len(packages), tuple(found), np.sum([kind.counts for kind in found], axis=0))
