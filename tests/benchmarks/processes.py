"""What is measured from outside: memory, workers, the start of the program."""

from __future__ import annotations

import time

from benchmarks.measure import Row, child, children_time, interleaved, middle

_PEAK = """
import sys, tempfile
from sim.scenario.loading import load
from sim.sweeps.run import run
with tempfile.TemporaryDirectory() as folder:
    run(load("price_haggle", ["meetings.lot.rounds=2"]), int(sys.argv[1]), out=folder + "/out")
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Linux alone tells this; `ru_maxrss` would tell the peak of the process that started this one, if that is higher."""

_RUN = """
import sys, time
from sim.scenario.loading import load
from sim.sweeps.run import run
if __name__ == "__main__":
    start = time.perf_counter()
    run(load("nato_russia_2022"), int(sys.argv[1]), workers=int(sys.argv[2]))
    print(time.perf_counter() - start)
"""

_HELP = "import sys; sys.argv = ['detente', '--help']; from sim.cli import main; main()"

_SMALL_RUN = """
import sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    sys.argv = "detente run four_issue_trade --no-report --json --worlds 1000 --out".split() + [folder + "/out"]
    from sim.cli import main
    try:
        main()
    except SystemExit:
        pass
"""

_LIBRARIES = "import numpy, scipy.special, simpy, polars, pydantic, ruamel.yaml, typer, rich"


def rows(small: bool) -> list[Row]:
    """Ratios between processes."""
    return [_memory(small), _workers(small), *_start(small)]


def _memory(small: bool) -> Row:
    few, many = (100, 1_000) if small else (10_000, 1_000_000)
    repetitions = 1 if small else 2
    ratios, peaks = [], []
    for _ in range(repetitions):
        low, high = (int(child(_PEAK, str(worlds))[1]) for worlds in (few, many))
        ratios.append(high / low)
        peaks.append((low, high))
    detail = f"{peaks[0][0] / 1024:.0f} MB and {peaks[0][1] / 1024:.0f} MB"
    return Row(f"peak memory, {many:,} worlds against {few:,}", *middle(ratios), "times", "<= 1.3", detail)


def _workers(small: bool) -> Row:
    worlds, repetitions = (2_048, 1) if small else (_worlds_of(30.0), 3)
    ratios, taken = [], []
    for _ in range(repetitions):
        one, two = (float(child(_RUN, str(worlds), workers)[1]) for workers in ("1", "2"))
        ratios.append(one / two)
        taken.append((one, two))
    detail = f"{worlds:,} worlds of the founding scenario: {taken[0][0]:.1f} s and {taken[0][1]:.1f} s on the wall"
    return Row("two workers, faster than one", *middle(ratios), "times", ">= 1.8", detail)


def _worlds_of(seconds: float) -> int:
    """About so many worlds that one process is busy for these seconds, in thousands."""
    tried = 20_000
    return max(int(seconds / float(child(_RUN, str(tried), "1")[1]) * tried), tried)


def _start(small: bool) -> list[Row]:
    repetitions = 2 if small else 11
    pairs = [
        ("detente --help, time against starting Python with import typer", "<= 1.3", _HELP, "import typer"),
        (
            "run --no-report, 1,000 worlds of a small scenario, time against importing the libraries",
            "<= 1.5",
            _SMALL_RUN,
            _LIBRARIES,
        ),
    ]
    found = []
    for what, goal, ours, base in pairs:
        jobs = {"ours": lambda code=ours: child(code), "base": lambda code=base: child(code)}
        start = time.perf_counter()
        times = interleaved(jobs, repetitions, clock=children_time)
        wall = (time.perf_counter() - start) / repetitions / 2
        detail = f"{times.median('ours'):.2f} s against {times.median('base'):.2f} s of processor time"
        found.append(Row(what, *times.ratio("ours", "base"), "times", goal, f"{detail}; {wall:.2f} s a start"))
    return found
