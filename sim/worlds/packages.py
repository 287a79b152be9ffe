"""Packages as arrays: one option for every issue, as small integers; -1 where there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

PACKAGE = np.int16
"""The type of a package's entries. It counts further than issues may have options (`sim.scenario.issues`)."""

Packages = NDArray[np.int16]
"""Shape (..., issues, worlds) in the talks."""
