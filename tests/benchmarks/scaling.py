"""How time grows with worlds, parties and issues: the slope of a straight line through it in log-log."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from benchmarks.made import sized
from benchmarks.measure import Row, middle

from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.sweeps.run import run


def rows(small: bool) -> list[Row]:
    """Slopes, each the median over repetitions of the whole ladder of sizes."""
    haggle = load("price_haggle", ["meetings.lot.rounds=2"])
    worlds = (100, 1_000) if small else (1_000, 10_000, 100_000, 1_000_000)
    parties = (2, 8) if small else (2, 6, 20, 64, 200)
    issues = (4, 8) if small else (4, 8, 16, 32, 64)
    each, repetitions = (64, 1) if small else (4_096, 3)
    return [
        _row("worlds", "<= 1.05", worlds, [(haggle, n) for n in worlds], repetitions),
        _row("parties", "<= 1.05", parties, [(sized(n, 8), each) for n in parties], repetitions),
        _row("issues", "<= 1.1", issues, [(sized(8, n), each) for n in issues], repetitions),
    ]


def _row(name: str, goal: str, sizes: Sequence[int], jobs: Sequence[tuple[Scenario, int]], repetitions: int) -> Row:
    slopes, seconds = [], []
    for scenario, _ in jobs:
        run(scenario, 16)
    for _ in range(repetitions):
        taken = []
        for scenario, worlds in jobs:
            start = time.process_time()
            run(scenario, worlds)
            taken.append(time.process_time() - start)
        slopes.append(float(np.polyfit(np.log(sizes), np.log(taken), 1)[0]))
        seconds.append(taken)
    medians = np.median(seconds, axis=0)
    detail = ", ".join(f"{size:,}: {one:.2f} s" for size, one in zip(sizes, medians, strict=True))
    return Row(f"time against {name}, {sizes[0]:,} to {sizes[-1]:,}", *middle(slopes), "slope", goal, detail)
