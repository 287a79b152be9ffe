"""All that can be asked of a finished sweep: what matters, which choice is robust, under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.sweeps.discovery import Discovery, discover
from sim.sweeps.reading import lever_paths, more_is_better, uncertain_paths
from sim.sweeps.robustness import Robustness, robustness
from sim.sweeps.sensitivity import Sensitivity, sensitivity
from sim.sweeps.sweep import Sweep, read_sweep


@dataclass(frozen=True, slots=True)
class Answers:
    """What a sweep says of one outcome; None where it was not asked, or cannot be."""

    swept: Sweep
    sensitivity: Sensitivity | None
    robustness: Robustness | None
    discovery: Discovery | None

    def as_json(self) -> dict[str, Any]:
        """The object that `sensitivity --json` prints."""
        return {
            "scenario": self.swept.manifest["title"],
            "design": self.swept.manifest["design"],
            "points": len(self.swept.points),
            "worlds": self.swept.manifest["worlds"],
            "sensitivity": self.sensitivity.as_json() if self.sensitivity else None,
            "robustness": self.robustness.as_json() if self.robustness else None,
            "discovery": self.discovery.as_json() if self.discovery else None,
        }


def answers(
    directory: Path,
    outcome: str = "agreement",
    method: str | None = None,
    *,
    conditions: bool = False,
    level: float = 0.5,
    above: bool | None = None,
) -> Answers:
    """Ask a finished sweep.

    Parameters
    ----------
    directory
        Of the sweep.
    outcome
        What is asked about, see `sim.sweeps.reading.outcome_column`.
    method
        Of sensitivity, by default that of the design; not asked with `conditions` unless a method is named.
    conditions
        Find conditions under which the outcome lies beyond the level.
    level, above
        What of the outcome is good enough, and whether more is better; by default what `more_is_better` says.
    """
    swept = read_sweep(directory)
    above = more_is_better(outcome) if above is None else above
    asked = not conditions or method is not None
    return Answers(
        swept,
        sensitivity(swept, method, outcome) if asked and uncertain_paths(swept) else None,
        robustness(swept, outcome, level, above) if lever_paths(swept) else None,
        discover(swept, outcome, level, above) if conditions else None,
    )
