"""Exact answers without simulation, in seconds: frontier, utilitarian package, count of acceptable packages."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.made import sized
from benchmarks.measure import Row, middle

from sim.analysis.counting import census
from sim.analysis.frontier import frontier
from sim.analysis.game import Game, central_game
from sim.analysis.solutions import solutions


def rows(small: bool) -> list[Row]:
    """The three questions of the goals."""
    pair = central_game(sized(2, 6 if small else 20, 6))
    council = _council(5 if small else 14, 6)
    crowd = _council(4 if small else 8, 5 if small else 10)
    issues = [len(one.exists) for one in (pair, council)]
    return [
        _row(f"exact frontier, {issues[0]} issues of 6 options", "<= 1", small, lambda: _frontier(pair)),
        _row(
            f"utilitarian package, 31 parties, {issues[1]} issues of 6 options",
            "<= 2",
            small,
            lambda: "none" if solutions(council, names=("utilitarian",))["utilitarian"] is None else "found",
        ),
        _row(f"count of {crowd.packages:.0e} packages, 31 parties", "<= 10", small, lambda: _count(crowd)),
    ]


def _council(issues: int, options: int) -> Game:
    return central_game(sized(31, issues, options))


def _frontier(pair: Game) -> str:
    return f"{len(frontier(pair.side_worth(), pair.exists).packages):,} points"


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
