"""Arrays by what they hold. Worlds are the last axis of every array that has one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]
Some = Ints | slice
"""Some of the worlds of an array, as an index."""
