"""Detente: a simulator of international negotiations.

>>> import sim
>>> scenario = sim.load("price_haggle")
>>> results = sim.run(scenario, worlds=100, seed=1)
>>> results.summary.worlds
100
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sim.version import VERSION

if TYPE_CHECKING:
    from sim.interface import (
        Analysis,
        Calibration,
        Comparison,
        DeuBacktest,
        Discovery,
        Forecasts,
        HistoryBacktest,
        Results,
        Robustness,
        Scenario,
        ScenarioError,
        Sensitivity,
        Sweep,
        Threshold,
        analyze,
        backtest,
        backtest_deu,
        calibrate,
        compare,
        discover,
        forecast,
        load,
        read_sweep,
        robustness,
        run,
        sensitivity,
        sweep,
        threshold,
        trace,
    )

__all__ = [
    "Analysis",
    "Calibration",
    "Comparison",
    "DeuBacktest",
    "Discovery",
    "Forecasts",
    "HistoryBacktest",
    "Results",
    "Robustness",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Sweep",
    "Threshold",
    "__version__",
    "analyze",
    "backtest",
    "backtest_deu",
    "calibrate",
    "compare",
    "discover",
    "forecast",
    "load",
    "read_sweep",
    "robustness",
    "run",
    "sensitivity",
    "sweep",
    "threshold",
    "trace",
]

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """Import the interface where it is first used: `import sim` itself stays light."""
    if name not in __all__:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from sim import interface

    return getattr(interface, name)


class _Front(ModuleType):
    """The package itself, in which a name of the interface stays that even where a room is called the same.

    To import `sim.trace.minutes` would else put the room in the place of the function `sim.trace`.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Front
