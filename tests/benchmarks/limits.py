"""How far the founding scenario is from what the machine could do: its least work against the measured rates.

The least work of a negotiation is what no program that gives the same results could leave out, if it did everything
once: the uncertain numbers are drawn and mapped, options are valued, ladders climbed, rungs judged in every round, and
offers valued. Arrays count as written once and read once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from benchmarks.kernels import seated
from benchmarks.measure import Row, middle
from scipy.special import ndtr, ndtri

from sim.scenario.loading import load
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.sweeps.run import run
from sim.talks.calendar import talk


@dataclass(frozen=True)
class Work:
    """The least work of one negotiation."""

    mapped: int  # uncertain numbers mapped through the normal distribution
    flops: float
    bytes: float


def rows(small: bool) -> list[Row]:
    """Rates of the machine, and the time of a negotiation against what its least work takes at these rates."""
    repetitions = 3 if small else 15
    scenario = load("nato_russia_2022")
    work = least_work(scenario, 64 if small else 1024)
    moved, products, mapped = (_rate(*one, repetitions) for one in (_copying(small), _multiplying(), _mapping()))
    worlds = 256 if small else 10_000
    run(scenario, 64)
    taken = []
    for _ in range(1 if small else 5):
        start = time.process_time()
        run(scenario, worlds)
        taken.append((time.process_time() - start) / worlds)
    least = [work.bytes / moved[0], work.flops / products[0], work.mapped / mapped[0]]
    parts = f"{work.bytes / 1e3:.0f} kB moved {least[0] * 1e6:.1f} us, {work.flops / 1e3:.0f} thousand operations "
    parts += f"{least[1] * 1e6:.1f} us, {work.mapped} numbers through the normal distribution {least[2] * 1e6:.1f} us"
    return [
        Row("bandwidth, reading and writing 64 MB", *(x / 1e9 for x in moved), "GB/s", "", "one core"),
        Row("multiplications in the cache", *(x / 1e9 for x in products), "billion/s", "", "one core, NumPy"),
        Row("numbers mapped by ndtri and ndtr", *(x / 1e6 for x in mapped), "million/s", "", "one core, SciPy"),
        Row(
            "founding scenario, time a negotiation against its least work at these rates",
            *middle([one / sum(least) for one in taken]),
            "times",
            "",
            f"{parts}; measured {np.median(taken) * 1e6:.0f} us",
        ),
    ]


def least_work(scenario: Scenario, worlds: int) -> Work:
    """Counted over the worlds of a block as it is played."""
    state = talk(scenario, 0, np.arange(worlds))
    drawn = [one for one in quantities(scenario).values() if not one.certain]
    shared = sum(bool(one.shared) for one in drawn)
    parties, options = len(scenario.parties), sum(len(issue.options) for issue in scenario.issues)
    worths = parties * options
    rungs = sum(
        len(seat.parties) * float(seat.repertoire.valid.sum(axis=0).mean())
        for seat in seated(scenario, min(worlds, 256)).delegations
    )
    rounds = float(state.rounds.mean())
    offers = 2 * rounds * parties * len(scenario.issues)
    numbers = len(drawn) + worths + rungs + parties * len(scenario.issues) * 2
    return Work(
        mapped=shared,
        flops=4 * len(drawn) + 6 * worths + 4 * rungs + 3 * rounds * rungs + offers,
        bytes=8 * (2 * numbers + rounds * rungs + offers),
    )


def _copying(small: bool) -> tuple[Callable[[], object], float]:
    one = np.ones((1 if small else 8) * 2**20)
    other = np.empty_like(one)
    return lambda: np.copyto(other, one), 2.0 * one.nbytes


def _multiplying() -> tuple[Callable[[], object], float]:
    one, other, out = np.ones(2048), np.ones(2048), np.empty(2048)
    return lambda: [np.multiply(one, other, out=out) for _ in range(500)], 500.0 * len(one)


def _mapping() -> tuple[Callable[[], object], float]:
    unit = (np.arange(4096) + 0.5) / 4096
    return lambda: [ndtr(ndtri(unit)) for _ in range(20)], 20.0 * len(unit)


def _rate(job: Callable[[], object], amount: float, repetitions: int) -> tuple[float, float, float]:
    """How much a second: median and quartiles of the repetitions."""
    rates = []
    for _ in range(repetitions):
        start = time.perf_counter()
        job()
        rates.append(amount / (time.perf_counter() - start))
    return middle(rates)
