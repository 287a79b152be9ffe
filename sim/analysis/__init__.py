"""Zone of agreement, frontier, solutions, conflicts and repairs: exact answers without simulation."""

from sim.analysis.answers import Analysis, analyze
from sim.analysis.worlds import Existence, zone_exists

__all__ = ["Analysis", "Existence", "analyze", "zone_exists"]
