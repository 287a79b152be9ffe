"""What an opponent model learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.arrays.kinds import Bools, Floats
from sim.worlds.packages import Packages


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a side knows of another side.

    Attributes
    ----------
    values
        What everybody knows of its positions: for each issue, the worth of the options to it from 0 (worst) to 1
        (best), and 0 throughout where all are the same to it; (issues, options, worlds).
    own
        The same of the side that learns.
    exists
        Options that there are on the table, shape (issues, options, worlds).
    offers
        The other side's offers, the first first, each only where it was a new one (-1 throughout elsewhere);
        (offers, issues, worlds).
    times
        Share of the talks that had passed when they were heard, (offers, worlds).
    """

    values: Floats
    own: Floats
    exists: Bools
    offers: Packages
    times: Floats

    shared: ClassVar[frozenset[str]] = frozenset()
    """What is the same in all worlds."""

    @property
    def worlds(self) -> int:
        """How many worlds there are."""
        return int(self.values.shape[2])
