"""Driving our model by the EMA Workbench (Kwakkel, 2017), an experiment at a time, against a sweep of our own."""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.measure import Row, interleaved

from sim.scenario.loading import load
from sim.sweeps.run import run

PATH = "parties.buyer.reservation"


def rows(small: bool) -> list[Row]:
    """The same points and worlds; nothing where the workbench is not installed."""
    if find_spec("ema_workbench") is None:
        return []
    import sim

    points, worlds, repetitions = (4, 20, 1) if small else (200, 50, 3)

    def workbench() -> None:
        from ema_workbench import Model, RealParameter, ScalarOutcome, SequentialEvaluator

        def play(reservation: float) -> dict[str, float]:
            scenario = load("price_haggle", [f"{PATH}={reservation}"])
            return {"agreement": run(scenario, worlds).outcomes["agreement"]["share"]}

        model = Model("haggle", function=play)
        model.uncertainties = [RealParameter("reservation", 0.1, 0.5)]
        model.outcomes = [ScalarOutcome("agreement")]
        with SequentialEvaluator(model) as evaluator:
            evaluator.perform_experiments(scenarios=points)

    def ours() -> None:
        sim.sweep(load("price_haggle"), [f"{PATH}=0.1:0.5"], design="lhs", points=points, worlds=worlds)

    times = interleaved({"ours": ours, "workbench": workbench}, repetitions)
    detail = f"{times.median('ours') / points * 1e3:.2f} ms against {times.median('workbench') / points * 1e3:.1f} ms"
    what = f"sweep of {points} points of {worlds} worlds, faster than by EMA Workbench"
    return [Row(what, *times.ratio("workbench", "ours"), "times", "", f"{detail} a point")]
