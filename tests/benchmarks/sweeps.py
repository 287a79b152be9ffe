"""Sweeps: time a negotiation against a plain run, and against EMA Workbench driving the same model point by point."""

from __future__ import annotations

import logging
import warnings

from benchmarks.measure import Row, interleaved

import sim

QUANTITIES = {
    "parties.RUS.reservation.status_quo": (0.0, 0.4),
    "parties.RUS.concession.exponent": (2.0, 8.0),
    "parties.RUS.salience.membership": (0.1, 0.4),
    "parties.RUS.salience.forces": (0.05, 0.2),
    "parties.BEL.reservation.status_quo": (-0.05, 0.1),
    "parties.BEL.salience.membership": (0.05, 0.3),
    "parties.BEL.concession.exponent": (1.0, 6.0),
    "parties.POL.reservation.status_quo": (-0.05, 0.1),
    "parties.POL.salience.membership": (0.05, 0.4),
    "parties.DEU.concession.exponent": (1.0, 6.0),
    "parties.USA.weight": (0.1, 0.5),
    "parties.USA.reservation.status_quo": (-0.05, 0.1),
}
"""Twelve quantities of the founding scenario; allies that are like BEL, POL or DEU move with them."""

WORLDS = 50


def rows(small: bool) -> list[Row]:
    """Ratios of sweeps."""
    return [_against_run(small), _against_ema(small)]


def _against_run(small: bool) -> Row:
    base, repetitions = (2, 1) if small else (16, 7)
    scenario = sim.load("nato_russia_2022")
    points = base * (len(QUANTITIES) + 2)
    jobs = {
        "sweep": lambda: sim.sweep(scenario, QUANTITIES, design="sobol", points=base, worlds=WORLDS),
        "run": lambda: sim.run(scenario, points * WORLDS),
    }
    times = interleaved(jobs, repetitions)
    detail = f"{points} points of {WORLDS} worlds: {times.median('sweep'):.1f} s against {times.median('run'):.1f} s"
    what = "Sobol design of 12 quantities of the founding scenario, time a negotiation against a run"
    return Row(what, *times.ratio("sweep", "run"), "times", "<= 1.3", detail)


def _against_ema(small: bool) -> Row:
    """The same points, played by EMA Workbench's sequential evaluator with a function that runs the model."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    from ema_workbench import Model, Policy, RealParameter, ScalarOutcome, Scenario, SequentialEvaluator

    count, repetitions = (3, 1) if small else (24, 3)
    paths = list(QUANTITIES)
    scenario = sim.load("nato_russia_2022")
    swept = sim.sweep(scenario, QUANTITIES, design="lhs", points=count, worlds=WORLDS)

    def play(**values: float) -> dict[str, float]:
        changes = [f"{path}={values[f'x{i}']!r}" for i, path in enumerate(paths)]
        outcomes = sim.run(sim.load("nato_russia_2022", changes), WORLDS).outcomes
        return {"agreement": outcomes["agreement"]["share"]}

    model = Model("talks", function=play)
    model.uncertainties = [RealParameter(f"x{i}", *QUANTITIES[path]) for i, path in enumerate(paths)]
    model.outcomes = [ScalarOutcome("agreement")]
    table = swept.points.select(paths).rows()
    design = [Scenario(str(n), **{f"x{i}": x for i, x in enumerate(row)}) for n, row in enumerate(table)]
    shares: list[list[float]] = []

    def by_ema() -> None:
        with SequentialEvaluator(model) as evaluator:
            _, found = evaluator.perform_experiments(scenarios=design, policies=[Policy("none")])
        shares.append([float(share) for share in found["agreement"]])

    jobs = {
        "ema": by_ema,
        "sweep": lambda: sim.sweep(scenario, QUANTITIES, design="lhs", points=count, worlds=WORLDS),
    }
    times = interleaved(jobs, repetitions)
    assert shares[0] == swept.points["agreement.share"].to_list()
    detail = f"{count} points of {WORLDS} worlds, the same shares: {times.median('ema'):.1f} s against "
    detail += f"{times.median('sweep'):.2f} s"
    return Row("a sweep, faster than EMA Workbench point by point", *times.ratio("ema", "sweep"), "times", "", detail)
