"""What a worker plays: a stretch of the worlds of a group of points, laid end to end."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.arrays.kinds import Floats
from sim.scenario.model import Scenario
from sim.sweeps.counts import PointCounts, count_points
from sim.sweeps.plan import Plan, PointGroup
from sim.sweeps.tables import world_table
from sim.talks.calendar import talk
from sim.talks.record.endings import conclude
from sim.talks.record.statistics import party_scales


@dataclass(frozen=True, slots=True)
class Task:
    """Worlds to be played in one block.

    The worlds of all points of a group are laid end to end, each point's from world 0 on: so every point meets the same
    worlds, and a block may begin and end within a point.

    Attributes
    ----------
    group
        Which group of the plan.
    place
        Place of its first point among the points of the group.
    points
        Their indices in the sweep, shape (points,).
    first, last
        From which world of the first point, up to, not including, which world counted on over all points.
    """

    group: int
    place: int
    points: NDArray[np.intp]
    first: int
    last: int
    worlds: int
    seed: int
    scenario: bytes
    given: dict[str, Floats]
    rows: bool


@dataclass(slots=True)
class Played:
    """What came of a task: counts by point, and a row a world where asked for."""

    counts: PointCounts
    rows: pl.DataFrame | None


def tasks_of(plan: Plan, group: int, first: int, last: int, batch: int, rows: bool) -> Iterator[Task]:
    """The tasks for the points of a group whose indices lie from `first` up to, not including, `last`."""
    one: PointGroup = plan.groups[group]
    low, high = (int(np.searchsorted(one.points, end)) for end in (first, last))
    total = (high - low) * plan.worlds
    for start in range(0, total, batch):
        stop = min(start + batch, total)
        a, b = low + start // plan.worlds, low + (stop - 1) // plan.worlds + 1
        shift = (a - low) * plan.worlds
        yield Task(
            group=group,
            place=a,
            points=one.points[a:b],
            first=start - shift,
            last=stop - shift,
            worlds=plan.worlds,
            seed=plan.seed,
            scenario=one.packed,
            given={path: values[a:b] for path, values in one.given.items()},
            rows=rows,
        )


def play_task(task: Task) -> Played:
    """Play the worlds of a task in one block."""
    scenario, scale = _unpacked(task.scenario)
    point, world = np.divmod(np.arange(task.first, task.last, dtype=np.int64), task.worlds)
    given = {path: values[point] for path, values in task.given.items()}
    ended = conclude(scenario, talk(scenario, task.seed, world, (), given))
    rows = None
    if task.rows:
        index = pl.Series("point", task.points[point], dtype=pl.Int64)
        rows = world_table(scenario, ended).insert_column(0, index)
    return Played(count_points(scenario, ended, point, scale), rows)


@lru_cache(maxsize=32)
def _unpacked(packed: bytes) -> tuple[Scenario, Floats]:
    scenario: Scenario = pickle.loads(packed)
    return scenario, np.array(party_scales(scenario))
