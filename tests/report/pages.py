"""Pages of every kind, as the commands write them; those of runs are `published` (see `conftest.py`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from report import cases

import sim
from sim.report.pages.minutes import minutes_page

KINDS = ("run", "titles", "analysis", "sweep", "compare", "minutes", pytest.param("backtest", marks=pytest.mark.slow))
"""The run has thirty-one parties and thirteen issues; `titles` is a run with titles of all sorts."""
RUNS = {"run": "nato_russia_2022", "titles": "hostile"}
"""The kinds that are runs, and of which case."""


def written(kind: str, folder: Path) -> Path:
    """Write a page of a kind into a folder; where it is."""
    page = folder / "report.html"
    match kind:
        case "analysis":
            sim.analyze(cases.scenario("four_issue_trade"), out=folder, overwrite=True)
        case "sweep":
            vary = ["parties.buyer.reservation=0.2:0.8", "meetings.lot.rounds=3:12"]
            sim.sweep(cases.scenario("price_haggle"), vary, design="lhs", points=20, worlds=10, out=folder)
        case "compare":
            runs = [folder / name for name in ("short", "long")]
            for place, rounds in zip(runs, (6, 12), strict=True):
                scenario = sim.load("price_haggle", [f"meetings.lot.rounds={rounds}"])
                sim.run(scenario, 60, 1, out=place, report=False)
            page = folder / "compared" / "report.html"
            sim.compare(*runs, out=page.parent)
        case "backtest":
            sim.backtest(10, cases=["cyprus_2004", "founding_act_1997", "hanoi_2019"], out=folder, overwrite=True)
        case "minutes":
            text = minutes_page(sim.trace(cases.scenario("nato_russia_2022"), 3, seed=1), "detente trace")
            page.write_text(text, encoding="utf-8")
    return page
