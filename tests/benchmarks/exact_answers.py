"""Exact answers without simulation, in seconds: frontier, solutions, count of acceptable packages."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from benchmarks.made import sized
from benchmarks.measure import Row, middle

from sim.analysis.counting import census
from sim.analysis.frontier import frontier
from sim.analysis.game import Game, all_packages, central_game, utilities
from sim.analysis.solutions import solutions
from sim.arrays.tolerance import TOLERANCE


def rows(small: bool) -> list[Row]:
    """The questions of the goals, and what the frontier costs who looks at every package."""
    few = 3 if small else 7
    enumerable = central_game(sized(2, few, 6))
    pair = central_game(sized(2, 6 if small else 20, 6))
    council = _council(5 if small else 14, 6)
    crowd = _council(4 if small else 8, 5 if small else 10)
    issues = [len(one.exists) for one in (pair, council)]
    return [
        _row(f"exact frontier, {issues[0]} issues of 6 options", "<= 1", small, lambda: _frontier(pair)),
        _row(f"the same by enumeration, {few} issues of 6 options", "", small, lambda: _enumerated(enumerable)),
        *(
            _row(
                f"{name} package, 31 parties, {issues[1]} issues of 6 options",
                "<= 2",
                small,
                lambda name=name: "none" if solutions(council, names=(name,))[name] is None else "found",  # type: ignore[misc]
            )
            for name in ("utilitarian", "egalitarian")
        ),
        _row(f"count of {crowd.packages:.0e} packages, 31 parties", "<= 10", small, lambda: _count(crowd)),
    ]


def _council(issues: int, options: int) -> Game:
    return central_game(sized(31, issues, options))


def _frontier(pair: Game) -> str:
    return f"{len(frontier(pair.side_worth(), pair.exists).packages):,} points"


def _enumerated(pair: Game) -> str:
    points = utilities(pair.side_worth(), all_packages(pair.exists))
    first, second = points[:, np.lexsort((-points[1], -points[0]))]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(second)[:-1]])
    assert len(first[second > before + TOLERANCE]) == len(frontier(pair.side_worth(), pair.exists).packages)
    return f"{pair.packages:,} packages"


def _count(crowd: Game) -> str:
    counted = census(crowd)
    return "too many" if counted is None else f"{counted.total:,} acceptable to all"


def _row(what: str, goal: str, small: bool, job: Callable[[], str]) -> Row:
    seconds = []
    for _ in range(1 if small else 5):
        start = time.process_time()
        detail = job()
        seconds.append(time.process_time() - start)
    return Row(what, *middle(seconds), "s", goal, detail)
