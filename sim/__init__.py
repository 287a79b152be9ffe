"""Detente: a simulator of international negotiations.

>>> import sim
>>> scenario = sim.load("price_haggle")
>>> results = sim.run(scenario, worlds=100, seed=1)
>>> results.summary.worlds
100
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.version import VERSION

if TYPE_CHECKING:
    from sim.interface import (
        Analysis,
        Comparison,
        Discovery,
        Results,
        Robustness,
        Scenario,
        ScenarioError,
        Sensitivity,
        Sweep,
        Threshold,
        analyze,
        compare,
        discover,
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
    "Comparison",
    "Discovery",
    "Results",
    "Robustness",
    "Scenario",
    "ScenarioError",
    "Sensitivity",
    "Sweep",
    "Threshold",
    "__version__",
    "analyze",
    "compare",
    "discover",
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
