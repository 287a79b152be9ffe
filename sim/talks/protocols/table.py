"""What lies on the table in alternating offers, and who has accepted it.

Every offer that is put has a number of its own, the turn in which it was put, so that a new one takes back all answers
at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.parties.council import Council
from sim.talks.assent import enough, vetoes
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE, Packages


@dataclass(slots=True)
class Table:
    """What lies on the table.

    Attributes
    ----------
    offers
        The sides' last offers, of which one lies there, shape (sides, issues, cohort).
    owner
        The side whose offer it is, `NONE` if the table is empty; shape (cohort,).
    number
        Its number, shape (cohort,); 0 if the table is empty.
    accepted, refused
        The number of the offer that each side has last accepted or refused, shape (sides, cohort).
    assents
        How many sides have accepted it, shape (cohort,).
    present
        Which sides are in the meeting, shape (sides,).
    needed
        How many of them must accept, shape (cohort,).
    vetoed
        Which sides have a veto and find the offer unacceptable, shape (sides, cohort); None where nobody has one.
    council
        Who must accept where votes are counted; the sides whose objection counts are then in `vetoed`.
    """

    offers: Packages
    owner: Ints
    number: Ints
    accepted: Ints
    refused: Ints
    assents: Ints
    present: Bools
    needed: Floats
    vetoed: Bools | None
    council: Council | None = None

    @property
    def package(self) -> Packages:
        """The offer, shape (issues, cohort); 0 throughout if the table is empty."""
        there = np.flatnonzero(self.owner != NONE)
        package = np.zeros(self.offers.shape[1:], dtype=PACKAGE)
        package[:, there] = self.offers[self.owner[there], :, there].T
        return package

    @property
    def assent(self) -> Bools:
        """Which sides have accepted it, shape (sides, cohort)."""
        return np.asarray(self.accepted == self.number)

    @property
    def agreed(self) -> Bools:
        """Where it has been accepted by all whose agreement is needed, shape (cohort,)."""
        if self.council is not None and self.vetoed is not None:
            carried = self.council.agrees(self.assent & self.present[:, None], self.vetoed)
            return np.asarray((self.owner != NONE) & carried)
        done: Bools = (self.owner != NONE) & (self.assents >= self.needed)
        return done if self.vetoed is None else done & ~self.vetoed.any(axis=0)

    def faced(self, side: int) -> Bools:
        """Where an offer lies there that the side has neither made nor accepted, shape (cohort,)."""
        return np.asarray((self.owner != NONE) & (self.accepted[side] != self.number))

    def answer(self, side: int, facing: Bools, accepts: Bools) -> None:
        """Note a side's answers where it is `facing` the offer."""
        np.copyto(self.accepted[side], self.number, where=accepts)
        np.copyto(self.refused[side], np.where(accepts, NONE, self.number), where=facing)
        self.assents += accepts

    def lay(self, sitting: Sitting, side: int, package: Packages, where: Bools) -> None:
        """Put a side's last offer, `package`, in place of the one on the table; who offers has accepted."""
        number = sitting.turn
        for row, value in ((self.owner, side), (self.number, number), (self.accepted[side], number), (self.assents, 1)):
            np.copyto(row, value, where=where)
        if self.vetoed is not None:
            np.copyto(self.vetoed, vetoes(sitting, package), where=where)

    def can_do_without(self, side: int) -> Bools:
        """Where enough others are left who have not refused the offer and nobody has vetoed it, shape (cohort,)."""
        refused = self.refused == self.number
        left = self.present[:, None] & ~refused
        left[side] = False
        if self.council is not None and self.vetoed is not None:
            return self.council.agrees(left, self.vetoed & refused)
        nobody = np.zeros(len(self.number), dtype=bool)
        return enough(left, self.needed, nobody if self.vetoed is None else (self.vetoed & refused).any(axis=0))

    def part(self, offers: Packages, at: Ints) -> Table:
        """The table in the worlds at some places `at` (n,), given their last `offers` (sides, issues, n)."""
        return Table(
            offers=offers,
            owner=self.owner[at],
            number=self.number[at],
            accepted=self.accepted.take(at, axis=1),
            refused=self.refused.take(at, axis=1),
            assents=self.assents[at],
            present=self.present,
            needed=self.needed[at],
            vetoed=None if self.vetoed is None else self.vetoed.take(at, axis=1),
            council=None if self.council is None else self.council.of(at),
        )

    def rejoin(self, few: Table, at: Ints) -> None:
        """Take over what lies on the table in the worlds that were parted."""
        self.owner[at], self.number[at], self.assents[at] = few.owner, few.number, few.assents
        self.accepted[:, at], self.refused[:, at] = few.accepted, few.refused
        if self.vetoed is not None and few.vetoed is not None:
            self.vetoed[:, at] = few.vetoed


def set_table(sitting: Sitting, needed: Floats) -> Table:
    """An empty table; `needed` is how many sides must assent in all, shape (cohort,)."""
    sides, _, count = sitting.last_offer.shape
    present = np.zeros(sides, dtype=bool)
    present[[delegation.side for delegation in sitting.delegations]] = True
    return Table(
        offers=sitting.last_offer,
        owner=np.full(count, NONE, dtype=np.intp),
        number=np.zeros(count, dtype=np.intp),
        accepted=np.full((sides, count), NONE, dtype=np.intp),
        refused=np.full((sides, count), NONE, dtype=np.intp),
        assents=np.zeros(count, dtype=np.intp),
        present=present,
        needed=np.minimum(needed, present.sum()),
        vetoed=np.zeros((sides, count), dtype=bool)
        if sitting.scenario.agreement.veto or sitting.council is not None
        else None,
        council=sitting.council,
    )
