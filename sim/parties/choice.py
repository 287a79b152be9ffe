"""What an offering policy that looks at all packages chooses from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from sim.arrays.kinds import Bools, Floats
from sim.worlds.packages import Packages


@dataclass(frozen=True, slots=True)
class Choice:
    """What a side can put now.

    Attributes
    ----------
    passing
        Which packages its decision passes now, shape (packages, worlds).
    options
        The packages, shape (packages, issues): all of the scenario, counting up with the last issue fastest.
    worth, believed
        What they are worth to the side, and to the others as it believes; on scales on which the best package is worth
        1 more than the worst; (packages, worlds).
    place
        Places of options in [0, 1], shape (issues, options, worlds).
    theirs
        The latest offer of another side, -1 throughout where there is none; (issues, worlds).
    care
        How much the others care for each issue, as it believes: the most that it can give them; (issues, worlds).
    settings
        The policy's numeric settings by name, each (worlds,).
    """

    passing: Bools
    options: Packages
    worth: Floats
    believed: Floats
    place: Floats
    theirs: Packages
    care: Floats
    settings: Mapping[str, Floats]

    shared: ClassVar[frozenset[str]] = frozenset({"options"})
    """What is the same in all worlds."""

    @property
    def worlds(self) -> int:
        """How many worlds there are."""
        return int(self.passing.shape[1])
