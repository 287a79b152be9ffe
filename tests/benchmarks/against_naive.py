"""The founding scenario against the naive program, per negotiation."""

from __future__ import annotations

from benchmarks.measure import Row, interleaved
from benchmarks.naive import play as play_plainly

from sim.scenario.loading import load
from sim.sweeps.run import run


def rows(small: bool) -> list[Row]:
    """Both play the same scenario on one core; the engine also tallies and tabulates as in any run."""
    scenario = load("nato_russia_2022")
    ours, plain, repetitions = (512, 4, 2) if small else (10_000, 20, 5)
    run(scenario, 64)
    times = interleaved(
        {"ours": lambda: run(scenario, ours), "naive": lambda: play_plainly(scenario, 0, 0, plain)}, repetitions
    )
    figure = times.ratio("naive", "ours", ours / plain)
    each, other = times.median("ours") / ours, times.median("naive") / plain
    return [
        Row(
            f"founding scenario, {ours:,} worlds, faster than the naive program",
            *figure,
            "times",
            ">= 500",
            f"{each * 1e6:.0f} us against {other * 1e3:.1f} ms a negotiation",
        )
    ]
