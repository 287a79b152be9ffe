"""What a sweep counts at each point: whole numbers only, so that any batches and workers give the same."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Counts, Floats
from sim.scenario.model import Scenario
from sim.talks.record.endings import OUTCOMES, Endings

_UNIT = 2.0**36
"""Means are sums of whole numbers in units of 2^-36, which add up the same in any order."""


@dataclass(slots=True)
class PointCounts:
    """Counts over the worlds of every point.

    Attributes
    ----------
    outcomes
        Worlds by outcome in the order of `OUTCOMES`, shape (outcomes, points).
    deals
        Worlds with a deal, whole or partial, by the option that its package has on an issue; (issues, options, points).
    gaps
        Sums of the gap between the sides' first and between their last offers; shape (2, points).
    gaps_known
        Worlds in which there are such offers, shape (2, points).
    utility
        Sums of each party's utility of the deal (its reservation value without one), shape (parties, points).
    """

    outcomes: Counts
    deals: Counts
    gaps: Counts
    gaps_known: Counts
    utility: Counts

    @classmethod
    def empty(cls, scenario: Scenario, points: int) -> PointCounts:
        """Counts of nothing."""
        most = max(len(issue.options) for issue in scenario.issues)
        shapes = ((len(OUTCOMES),), (len(scenario.issues), most), (2,), (2,), (len(scenario.parties),))
        return cls(*(np.zeros((*shape, points), dtype=np.int64) for shape in shapes))

    def add(self, other: PointCounts, first: int) -> None:
        """Add what was counted at the points from `first` on."""
        for field in fields(self):
            theirs = getattr(other, field.name)
            getattr(self, field.name)[..., first : first + theirs.shape[-1]] += theirs

    def means(self, name: str, scale: Floats | float = 1.0) -> Floats:
        """Means of `gaps` or `utility` by point, nan where nothing was counted."""
        worlds = self.gaps_known if name == "gaps" else self.outcomes.sum(axis=0)
        counted = np.where(worlds > 0, worlds, np.nan)
        return np.asarray(getattr(self, name) / _UNIT / counted * scale)


def count_points(scenario: Scenario, ended: Endings, point: NDArray[np.intp], scale: Floats) -> PointCounts:
    """Count a block of worlds of several points.

    Parameters
    ----------
    scenario, ended
        What was played, and how it ended.
    point
        The point of each world, counted from 0 and not descending; shape (worlds,).
    scale
        What 1 in the sums of utilities stands for, shape (parties,).
    """
    starts = np.flatnonzero(np.diff(point, prepend=-1))
    points = len(starts)
    most = max(len(issue.options) for issue in scenario.issues)
    deals = np.empty((len(scenario.issues), most, points), dtype=np.int64)
    for j, package in enumerate(ended.package):
        where = package >= 0
        cell = package[where].astype(np.int64) * points + point[where]
        deals[j] = np.bincount(cell, minlength=most * points).reshape(most, points)
    gaps = np.minimum(np.stack([ended.first_gap, ended.gap]), 1.0)
    known = ~np.isnan(gaps)
    outcomes = np.arange(len(OUTCOMES))[:, None] == ended.outcome
    return PointCounts(
        outcomes=np.add.reduceat(outcomes, starts, axis=1, dtype=np.int64),
        deals=deals,
        gaps=np.add.reduceat(_units(np.where(known, gaps, 0.0)), starts, axis=1),
        gaps_known=np.add.reduceat(known, starts, axis=1, dtype=np.int64),
        utility=np.add.reduceat(_units(ended.utility / scale[:, None]), starts, axis=1),
    )


def _units(values: Floats) -> Counts:
    return np.rint(values * _UNIT).astype(np.int64)
