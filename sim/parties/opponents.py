"""Opponent models: what a side believes the options are worth to the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.worlds.draws import Floats, Worlds, uniforms
from sim.worlds.sums import total


def known(others: Sequence[Floats]) -> Floats:
    """The mean of the other sides' true scaled worths, each (issues, options, worlds)."""
    return total(np.stack(others)) / len(others) if others else np.zeros(())


def noise(seed: int, side: str, shape: tuple[int, int], worlds: Worlds) -> Floats:
    """Standard normal errors of a side's belief, one per issue and option; shape (issues, options, worlds).

    The believed worth is the true one plus the errors times the standard deviation, on the scale on which the others'
    best package is worth 1 more than their worst.
    """
    from scipy.special import ndtri

    issues, options = shape
    errors = np.empty((issues, options, len(worlds)))
    for j in range(issues):
        for k in range(options):
            errors[j, k] = ndtri(uniforms(seed, f"sides.{side}.opponents.error.{j}.{k}", worlds))
    return errors
