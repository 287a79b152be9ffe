"""The page of the backtest over cases from history."""

from __future__ import annotations

from pathlib import Path

from sim.forecast.history import HistoryBacktest
from sim.report.figures.backtest import draw_backtest
from sim.report.pages.page import write_page
from sim.report.words.backtest import LIMITS, cases, scores, summary


def publish(directory: Path, found: HistoryBacktest) -> None:
    """Write `report.html` and `figures/` into an existing directory."""
    folder = directory / "figures"
    folder.mkdir(exist_ok=True)
    write_page(
        directory / "report.html",
        "backtest.html",
        found=found,
        sentences=summary(found)[:-1],
        limits=LIMITS,
        scores=scores(found),
        untouched=scores(found, found.untouched),
        untouched_cases=sum(not case.revised for case in found.cases),
        cases=cases(found),
        figures=draw_backtest(found, folder),
        command=f"detente backtest --worlds {found.worlds} --seed {found.seed}",
    )
