"""Where the answer flips: the value of a path at which the share of an outcome crosses a level.

All values meet the same worlds (common random numbers), so the share is one function of the path, and its crossings are
found as exactly as wanted: first by a coarse scan of the whole range, which shows all crossings that are wider apart
than its steps, then by cutting the step with the crossing again and again. The interval of a crossing comes from where
the ends of the share's 95 % interval (Wilson, over worlds) cross the same level: at every value in it, the level lies
within the interval of the share.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from sim.arrays.kinds import Floats
from sim.scenario.model import Scenario
from sim.sweeps.binding import Source, source_of
from sim.sweeps.plan import make_plan
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import play_sweep
from sim.sweeps.varied import Varied, parse

SCAN = 17
"""Values of the first scan."""

CUTS = 7
"""Values in a step that is cut; they share a batch."""

TOLERANCE = 1e-3
"""To what part of the range a crossing is found."""

Point = tuple[float, float, float]
"""Share, and the ends of its interval."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A crossing.

    Attributes
    ----------
    value
        Where the share crosses the level, in the units of the file (dates as ISO text; of whole numbers and dates the
        first on the other side).
    low, high
        95 % interval; None where it reaches beyond the range.
    rises
        Whether the share rises with the path there.
    """

    value: float | str
    low: float | str | None
    high: float | str | None
    rises: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """The answer: all crossings, ascending, and every value that was played.

    `points` has the columns ``value``, ``share``, ``low``, ``high``; `scenario` is as stated.
    """

    path: str
    outcome: str
    level: float
    worlds: int
    seed: int
    crossings: tuple[Crossing, ...]
    points: pl.DataFrame
    scenario: Scenario

    def as_json(self) -> dict[str, Any]:
        """What `sweep --threshold --json` prints."""
        return {
            "path": self.path,
            "outcome": self.outcome,
            "level": self.level,
            "worlds": self.worlds,
            "seed": self.seed,
            "crossings": [asdict(one) for one in self.crossings],
            "share": {"least": self.points["share"].min(), "most": self.points["share"].max()},
            "points": self.points.to_dicts(),
        }


def threshold(
    scenario: Scenario | str,
    vary: str,
    outcome: str = "agreement",
    level: float = 0.5,
    *,
    worlds: int | None = None,
    seed: int = 0,
    tolerance: float = TOLERANCE,
    workers: int = 1,
    executor: Executor | None = None,
) -> Threshold:
    """Find where the share of an outcome crosses a level.

    Parameters
    ----------
    scenario
        Loaded, or a file or bundled name.
    vary
        ``PATH=LOW:HIGH``, numbers or dates.
    outcome, level
        One of the outcomes, and its share.
    worlds, seed
        Worlds at each value, and the seed.
    tolerance
        To what part of the range a crossing is found; whole numbers and dates to one.
    workers, executor
        As for a sweep.

    Raises
    ------
    ScenarioError, OutputError
        If the path has no range, or the outcome is none.
    """
    varied = parse(vary)
    if varied.kind not in ("number", "date"):
        raise OutputError(f"a threshold is looked for in a range: {varied.path}=LOW:HIGH")
    if not 0.0 < level < 1.0:
        raise OutputError(f"the level of a threshold is a share between 0 and 1, found {level:g}")
    search = _Search(source_of(scenario), varied, outcome, worlds, seed, {"workers": workers, "executor": executor})
    search.play(np.linspace(varied.low, varied.high, SCAN))
    step = 1.0 if search.whole else tolerance * (varied.high - varied.low)
    crossings = []
    for left, right in search.flips(level, 0):
        left, right = search.narrowed(left, right, level, 0, step)
        rises = search.known[left][0] < search.known[right][0]
        first, second = (2, 1) if rises else (1, 2)
        low, high = search.end(level, first, left, step), search.end(level, second, left, step)
        crossings.append(Crossing(search.at(left, right, level, 0), low, high, rises))
    values = sorted(search.known)
    table = pl.DataFrame(
        {
            "value": [search.shown(value) for value in values],
            **{name: [search.known[value][i] for value in values] for i, name in enumerate(("share", "low", "high"))},
        }
    )
    return Threshold(varied.path, outcome, level, search.worlds, seed, tuple(crossings), table, search.scenario)


class _Search:
    """Shares at the values played so far."""

    def __init__(
        self,
        source: Source,
        varied: Varied,
        outcome: str,
        worlds: int | None,
        seed: int,
        options: Mapping[str, Any],
    ) -> None:
        self.source, self.varied, self.outcome, self.seed, self.options = source, varied, outcome, seed, options
        first = make_plan(source, [varied], "grid", 2, worlds, seed)
        self.whole, self.worlds, self.scenario = first.varied[0].whole, first.worlds, first.scenario
        self.known: dict[float, Point] = {}

    def play(self, values: Floats) -> None:
        """Play at these values, all in one sweep."""
        if self.whole:
            values = np.unique(np.floor(values + 0.5))
        new = np.array([value for value in values.tolist() if value not in self.known])
        if not len(new):
            return
        plan = make_plan(self.source, [self.varied], "list", None, self.worlds, self.seed, new[:, None])
        swept = play_sweep(plan, **self.options)
        if self.outcome not in swept.outcomes:
            raise OutputError(f"a threshold needs an outcome of the talks: {', '.join(swept.outcomes)}")
        points = swept.points
        columns = [points[f"{self.outcome}.{what}"].to_list() for what in ("share", "low", "high")]
        self.known |= dict(zip(new.tolist(), zip(*columns, strict=True), strict=True))

    def flips(self, level: float, which: int) -> list[tuple[float, float]]:
        """Neighbours between which the share, or an end of its interval, crosses the level."""
        values = sorted(self.known)
        above = [self.known[value][which] >= level for value in values]
        return [(values[i], values[i + 1]) for i in range(len(values) - 1) if above[i] != above[i + 1]]

    def narrowed(self, left: float, right: float, level: float, which: int, step: float) -> tuple[float, float]:
        """Cut the step with the crossing until it is small enough; of several crossings in it the first is kept."""
        while right - left > step * (1 + 1e-9):
            self.play(np.linspace(left, right, CUTS + 2)[1:-1])
            within = [flip for flip in self.flips(level, which) if left <= flip[0] and flip[1] <= right]
            left, right = within[0]
        return left, right

    def end(self, level: float, which: int, near: float, step: float) -> float | str | None:
        """The crossing of an end of the interval that lies nearest to a value; None if there is none in the range."""
        flips = self.flips(level, which)
        if not flips:
            return None
        left, right = min(flips, key=lambda flip: abs(flip[0] - near))
        left, right = self.narrowed(left, right, level, which, step)
        return self.at(left, right, level, which)

    def at(self, left: float, right: float, level: float, which: int) -> float | str:
        """Where the line between two neighbours crosses the level; of whole numbers and days the second."""
        if self.whole:
            return self.shown(right)
        a, b = self.known[left][which], self.known[right][which]
        return self.shown(left + (right - left) * (level - a) / (b - a))

    def shown(self, value: float) -> float | str:
        """A value as it stands in the file."""
        if self.varied.is_dates:
            return self.varied.text(round(value))
        return float(value)
