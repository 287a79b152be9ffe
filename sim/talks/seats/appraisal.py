"""What packages are worth to the sides in a meeting, on scales that can be compared.

A member's surplus is its utility above its reservation value, on the scale on which its best package on the table is
worth 1 more than its worst, so that nobody's unit of measure counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.gains import mean_gain
from sim.rules.condition import NEVER, nth_largest, together
from sim.talks.seats.joint_ranges import joint_range
from sim.talks.seats.sitting import Sitting
from sim.worlds.packages import Packages

_RED_LINE = 1e6
"""Crossing a red line counts as so much less surplus: fewer red lines come before any shortfall."""


@dataclass(slots=True)
class Appraisal:
    """Scales of the members present; all arrays in the worlds of the cohort.

    Attributes
    ----------
    parties
        The members present, side by side.
    places
        Their places among `parties`, by delegation.
    span, counts
        The range of each member over the packages on the table (1 where it does not care), and whether it cares at
        all (0 or 1); shape (members, cohort).
    reservation
        Shape (members, cohort).
    needed
        How many sides must assent, shape (cohort,).
    veto
        Places of the delegations that must be among them.
    """

    sitting: Sitting
    parties: list[int]
    places: list[list[int]]
    span: Floats
    counts: Floats
    reservation: Floats
    needed: Floats
    veto: tuple[int, ...]

    def margins(self, value: Floats, crossed: Floats, where: Ints) -> Floats:
        """By how much each side would accept packages, shape (sides, ..., n); see `Ballot.margin`.

        Parameters
        ----------
        value
            Their utility to the members, shape (members, ..., n).
        crossed
            How many red lines of each member they cross, same shape.
        where
            Places of the n worlds in the cohort.
        """
        surplus = self._surplus(value, where) - _RED_LINE * crossed
        return np.stack(
            [
                delegation.ballot.of(where).margin(surplus[at])
                for delegation, at in zip(self.sitting.delegations, self.places, strict=True)
            ]
        )

    def shortfall(self, margins: Floats, where: Ints) -> Floats:
        """The largest shortfall among those whose assent is needed, 0 where enough would accept; (..., n)."""
        council = self.sitting.council
        if council is not None:
            every = np.full((len(self.sitting.scenario.sides), *margins.shape[1:]), NEVER)
            every[[delegation.side for delegation in self.sitting.delegations]] = margins
            asked = together([council.unstopped, council.enough]).of(where)
            return np.maximum(-asked.level(every), 0.0)
        decides = nth_largest(margins, self.needed[where])
        for i in self.veto:
            decides = np.minimum(decides, margins[i])
        return np.maximum(-decides, 0.0)

    def gains(self, value: Floats, where: Ints) -> Floats:
        """What the sides gain, shape (sides, ..., n); arguments as `margins`."""
        surplus = self._surplus(value, where)
        return np.stack(
            [
                mean_gain(surplus[at], delegation.ballot.weight[:, where], self.counts[at][:, where])
                for delegation, at in zip(self.sitting.delegations, self.places, strict=True)
            ]
        )

    def utility(self, package: Packages) -> Floats:
        """Of packages (issues, cohort) to the members, shape (members, cohort)."""
        return self.sitting.state.wants.utility(package, self.sitting.cohort)[self.parties]

    def _surplus(self, value: Floats, where: Ints) -> Floats:
        shape = (len(self.parties), *(1,) * (value.ndim - 2), len(where))
        floor, span = self.reservation[:, where].reshape(shape), self.span[:, where].reshape(shape)
        return np.asarray((value - floor) / span)


def appraise(sitting: Sitting, needed: Floats) -> Appraisal:
    """Scales for a meeting; `needed` is how many sides must assent in all, shape (cohort,)."""
    parties = [p for delegation in sitting.delegations for p in delegation.parties]
    place = {p: m for m, p in enumerate(parties)}
    stakes = sitting.state.wants.stakes(sitting.cohort)
    ranges = np.stack([total(stakes[p] * sitting.on_table) for p in parties])
    if sitting.state.wants.joint is not None:
        most, low = joint_range(sitting.state, sitting.cohort, sitting.on_table, sitting.base, heed_red_lines=False)
        ranges = (most - low)[parties]
    cares: Bools = ranges > TOLERANCE
    sides = [delegation.side for delegation in sitting.delegations]
    return Appraisal(
        sitting=sitting,
        parties=parties,
        places=[[place[p] for p in delegation.parties] for delegation in sitting.delegations],
        span=np.where(cares, ranges, 1.0),
        counts=cares.astype(np.float64),
        reservation=sitting.reservation[parties],
        needed=np.minimum(needed, len(sides)),
        veto=tuple(sides.index(side) for side in sitting.scenario.agreement.veto if side in sides),
    )
