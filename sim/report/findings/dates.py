"""By when there is a deal: the share of worlds still without one, day by day, for as long as the talks are watched.

The estimator of Kaplan & Meier (1958, JASA 53, 457-481). A world is no longer counted from the day on which its
watching stops; talks that broke down or ran dry before stay in the count without a deal, since for them too it is known
until when they would have been watched (Fine & Gray, 1999, JASA 94, 496-509, section 3.2). Where all worlds are watched
to the same day this is the plain share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from sim.arrays.kinds import Counts, Floats
from sim.sweeps.intervals import wilson_bounds
from sim.sweeps.run import Results
from sim.talks.record.endings import OUTCOMES
from sim.worlds.draws import central, draw

_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares of worlds to which something has not happened by the end of a day.

    Attributes
    ----------
    share
        By day from the start on, shape (days,).
    low, high
        95 % interval for each day (Wilson, 1927, with the number of worlds that Greenwood's variance stands for: Dorey
        & Korn, 1987, Statistics in Medicine 6, 679-687), shape (days,).
    """

    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Dates:
    """What came by when.

    Attributes
    ----------
    agreed
        Worlds still without an agreement on every issue in force.
    signed
        Worlds still without a deal that is signed, be it refused at home; None where nobody ratifies.
    broken
        Worlds that have not broken down.
    watched
        First and last day on which the watching of a world without an agreement stops.
    half
        First day by whose end half of the worlds have an agreement; None where they never do.
    """

    agreed: Curve
    signed: Curve | None
    broken: Curve
    watched: tuple[int, int]
    half: int | None


def dates(results: Results) -> Dates:
    """By when the worlds of a run agreed, and by when they broke down."""
    by_day = results.summary.by_day[:, 1:]
    agreed = _curve(results, by_day, ("agreement",))
    signed = _curve(results, by_day, ("agreement", "not_ratified")) if results.scenario.ratified else None
    stops = np.flatnonzero(_stops(results, ("agreement",)))
    watched = (int(stops[0]), int(stops[-1])) if len(stops) else (_horizon(results), _horizon(results))
    reached = np.flatnonzero(agreed.share <= 0.5)
    half = int(reached[0]) if len(reached) else None
    return Dates(agreed, signed, _curve(results, by_day, ("breakdown",)), watched, half)


def _curve(results: Results, by_day: Counts, outcomes: Sequence[str]) -> Curve:
    """Of worlds that end in none of these outcomes."""
    happened = by_day[[OUTCOMES.index(name) for name in outcomes]].sum(axis=0)
    stopped = _stops(results, outcomes)
    days = max(len(happened), len(stopped))
    return still_without(_long(happened, days), _long(stopped, days))


def still_without(happened: Counts, stopped: Counts) -> Curve:
    """The curve of what happens at most once in a world.

    Parameters
    ----------
    happened
        Worlds in which it happens, by day; shape (days,).
    stopped
        Worlds in which it does not, by the day on which their watching stops; shape (days,).
    """
    total = int(happened.sum() + stopped.sum())
    gone = np.cumsum(happened + stopped) - (happened + stopped)
    watched = np.maximum(total - gone, 1)
    share = np.cumprod(1.0 - happened / watched)
    left = watched - happened
    terms = np.divide(happened, watched * left, out=np.zeros(len(happened)), where=left > 0)
    spread = np.cumsum(terms)  # Greenwood: the variance over the square of the share
    odds = np.divide(1.0 - share, share, out=np.zeros(len(share)), where=share > 0)
    worlds = np.divide(odds, spread, out=np.full(len(share), float(total)), where=(spread > 0) & (share > 0))
    low, high = wilson_bounds(share * worlds, worlds)
    return Curve(share, low, high)


def _stops(results: Results, outcomes: Sequence[str]) -> Counts:
    """Worlds with none of these outcomes by the day on which their watching stops."""
    scenario, summary = results.scenario, results.summary
    end = scenario.end_day
    moved = any(effect.path == end.path for event in scenario.events for effect in event.effects)
    if end.certain or moved:
        count = summary.worlds - sum(summary.by_outcome.get(name, 0) for name in outcomes)
        return np.bincount([_horizon(results)], [count]).astype(np.int64)
    others = results.table.filter(~pl.col("outcome").is_in(outcomes)).select("world").collect()["world"].to_numpy()
    counts = np.zeros(1, dtype=np.int64)
    for start in range(0, len(others), _BLOCK):
        days = draw([end], results.seed, others[start : start + _BLOCK])[end.path].astype(np.int64)
        found = np.bincount(days)
        size = max(len(counts), len(found))
        counts = _long(counts, size) + _long(found, size)
    return counts


def _horizon(results: Results) -> int:
    return max(round(central(results.scenario.end_day)), 0)


def _long(counts: Counts, days: int) -> Counts:
    return np.pad(counts, (0, days - len(counts)))
