"""Any result in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console


def show(found: Any, out: Path | None = None, console: Console | None = None) -> None:
    """Print what a result says.

    Parameters
    ----------
    found
        What a function of `sim` gives: the result of a run, an analysis, a sweep, ...
    out
        Where its report stands, if that is not in the result.
    console
        Where to print; standard output by default.

    Raises
    ------
    TypeError
        If it is no result.
    """
    match type(found).__name__:
        case "Results":
            from sim.report.terminal.run import print_run

            print_run(found, console)
        case "Traced":
            from sim.report.minutes.transcript import print_minutes

            print_minutes(found, console)
        case "Analysis":
            from sim.report.terminal.analysis import print_analysis

            print_analysis(found, out, console)
        case "Comparison":
            from sim.report.terminal.comparison import print_comparison

            print_comparison(found, out, console)
        case "Calibration":
            from sim.report.terminal.calibration import print_calibration

            print_calibration(found, out, console)
        case "HistoryBacktest":
            from sim.report.terminal.backtest import print_backtest

            print_backtest(found, out, console)
        case "DeuBacktest":
            from sim.report.terminal.backtest_deu import print_deu

            print_deu(found, console)
        case "Forecasts":
            from sim.report.terminal.forecast import print_forecasts

            print_forecasts(found, console)
        case "Sweep":
            from sim.report.terminal.sweep import print_sweep

            print_sweep(found, console)
        case "Answers":
            from sim.report.terminal.sweep_answers import print_answers

            print_answers(found, console)
        case "Threshold":
            from sim.report.terminal.sweep_answers import print_threshold

            print_threshold(found, console)
        case name:
            raise TypeError(f"there is nothing to show of {name}")
