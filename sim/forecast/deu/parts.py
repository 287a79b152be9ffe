"""The two parts of the DEU data: what may be looked at to choose settings, and what is held out."""

from __future__ import annotations

import numpy as np

from sim.forecast.deu.data import DisputedIssue, proposals

SHARE = 0.6
"""Of the proposals, for tuning. Issues of one proposal were decided together and stay together."""


def tuning(seed: int = 0) -> frozenset[str]:
    """The proposals of the tuning part: 60 % of all, by a seeded shuffle."""
    names = list(proposals())
    order = np.random.default_rng(seed).permutation(len(names))
    return frozenset(names[k] for k in order[: round(SHARE * len(names))])


def held_out(issues: list[DisputedIssue], seed: int = 0) -> list[bool]:
    """Which of these issues are not of the tuning part."""
    chosen = tuning(seed)
    return [issue.proposal not in chosen for issue in issues]
