"""When two numbers count as the same."""

from __future__ import annotations

TOLERANCE = 1e-9
"""Differences of utility up to this count as none; for ratios and shares of weight, relative to their size."""
