"""What an issue was settled at: its options with the worlds that chose them, many of them put together in ranges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sim.arrays.kinds import Counts
from sim.scenario.model import Issue

_MOST = 8
"""Options that can be shown one by one; more are put together in ranges."""
_RANGES = 6


@dataclass(frozen=True, slots=True)
class Settled:
    """One option, or a range of options of a numeric scale, with the worlds that settled there.

    `low` and `high` are the first and the last of the options, `depth` is their place among all, from 0 (the first) to
    1 (the last).
    """

    low: int
    high: int
    count: int
    depth: float
    status_quo: bool = False


def settled_at(issue: Issue, counts: Counts) -> list[Settled]:
    """What an issue was settled at, in the order of its options, never-chosen ones left out.

    Parameters
    ----------
    issue
        With its options.
    counts
        Worlds by option.
    """
    used = np.flatnonzero(counts[: len(issue.options)]).tolist()
    last = max(len(issue.options) - 1, 1)
    if len(used) <= _MOST:
        return [Settled(k, k, int(counts[k]), k / last, k == issue.status_quo) for k in used]
    edges = np.linspace(used[0], used[-1] + 1, _RANGES + 1).round().astype(int)
    result = []
    for low, high in pairwise(edges.tolist()):
        count = int(counts[low:high].sum())
        if count:
            result.append(Settled(low, high - 1, count, (low + high - 1) / 2 / last))
    return result
