"""Arrays by what they hold. Worlds are the last axis of every array that has one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Some = Ints | slice
"""Some of the worlds of an array, as an index."""
Counts = NDArray[np.int64]
"""How often something was so."""
