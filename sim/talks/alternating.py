"""Stacked alternating offers (Rubinstein, 1982; for many sides Aydogan et al., 2017).

In each round the sides act in turn. A side accepts the offer on the table if it passes its decision, and that is the
agreement as soon as all whose agreement is needed have accepted. Otherwise it puts its own offer in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.parties.ladder import Packages
from sim.talks.assent import enough
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.sitting import Sitting
from sim.talks.state import NONE, Bools, Ints
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE


@dataclass(slots=True)
class Table:
    """What lies on the table.

    Attributes
    ----------
    package
        The offer, shape (issues, cohort).
    value
        What it is worth to every party, shape (parties, cohort).
    owner
        The side whose offer it is, `NONE` if the table is empty; shape (cohort,).
    accepted, refused
        Which sides have accepted or refused it, shape (sides, cohort).
    present
        Which sides are in the meeting, shape (sides,).
    needed
        How many of them must accept, shape (cohort,).
    veto
        Sides in the meeting that must be among them.
    """

    package: Packages
    value: Floats
    owner: Ints
    accepted: Bools
    refused: Bools
    present: Bools
    needed: Floats
    veto: tuple[int, ...]

    @property
    def agreed(self) -> Bools:
        """Where the offer has been accepted by all whose agreement is needed, shape (cohort,)."""
        return np.asarray((self.owner != NONE) & enough(self.accepted, self.needed, self.veto))

    def lay(self, side: int, package: Packages, value: Floats, where: Bools) -> None:
        """Put a side's offer in place of the one on the table; who offers has accepted."""
        np.copyto(self.value, value, where=where)
        np.copyto(self.package, package, where=where)
        self.owner[where] = side
        self.accepted &= ~where
        self.refused &= ~where
        self.accepted[side] |= where

    def can_do_without(self, side: int) -> Bools:
        """Where enough others are left who have not refused the offer, shape (cohort,)."""
        left = self.present[:, None] & ~self.refused
        left[side] = False
        return enough(left, self.needed, self.veto)


def set_table(sitting: Sitting, needed: Floats) -> Table:
    """An empty table; `needed` is how many sides must assent in all, shape (cohort,)."""
    sides, issues, count = sitting.last_offer.shape
    present = np.zeros(sides, dtype=bool)
    present[[delegation.side for delegation in sitting.delegations]] = True
    return Table(
        package=np.zeros((issues, count), dtype=np.int8),
        value=np.zeros(sitting.best.shape),
        owner=np.full(count, NONE, dtype=np.intp),
        accepted=np.zeros((sides, count), dtype=bool),
        refused=np.zeros((sides, count), dtype=bool),
        present=present,
        needed=np.minimum(needed, present.sum()),
        veto=tuple(side for side in sitting.scenario.agreement.veto if present[side]),
    )


def negotiate(
    sitting: Sitting, occasion: Occasion, rounds: Ints, times: Floats, needed: Floats, observers: Sequence[Observer]
) -> tuple[Bools, Packages, Ints]:
    """Hold the rounds of a meeting.

    Parameters
    ----------
    sitting
        Who sits, and what each side may put.
    occasion
        The meeting.
    rounds
        Rounds at most in each world, shape (cohort,).
    times
        Share of the talks that has passed in each round, shape (rounds, cohort).
    needed
        How many sides must assent in all, shape (cohort,); at most those present are asked.
    observers
        Are told of every turn and round.

    Returns
    -------
    agreed (cohort,), the package agreed (issues, cohort), rounds held (cohort,).
    """
    table = set_table(sitting, needed)
    agreed = np.zeros(len(rounds), dtype=bool)
    held = np.zeros(len(rounds), dtype=np.intp)
    for k in range(int(rounds.max(initial=0))):
        active = ~agreed & (k < rounds)
        if not active.any():
            break
        held += active
        for observer in observers:
            observer.round_begins(sitting, k, times[k])
        for i in range(len(sitting.delegations)):
            acting = active & ~agreed
            if acting.any():
                demands = sitting.demands(times[k], k, acting, i)
                agreed |= _turn(sitting, table, i, demands, acting, observers)
        for observer in observers:
            observer.round_ends(occasion, sitting, k, active, agreed)
    sitting.accepted = table.accepted
    return agreed, table.package, held


def _turn(
    sitting: Sitting,
    table: Table,
    i: int,
    demands: tuple[Floats, Floats],
    acting: Bools,
    observers: Sequence[Observer],
) -> Bools:
    """One side's turn in the worlds in `acting`; answers where it makes the agreement."""
    aspirations, thresholds = demands
    delegation = sitting.delegations[i]
    side = delegation.side
    aspiration, threshold = aspirations[list(delegation.parties)], thresholds[list(delegation.parties)]
    facing = acting & (table.owner != NONE) & ~table.accepted[side]
    accepts = stands = np.zeros_like(acting)
    if facing.any():
        value = table.value[list(delegation.parties)]
        objects = sitting.judge(i, table.package, value)
        favours = ~objects & (value >= threshold - TOLERANCE)
        accepts = facing & delegation.passes(objects, favours)
        table.accepted[side] |= accepts
        table.refused[side] = np.where(facing, ~accepts, table.refused[side])
        if sitting.scenario.agreement.at_least is not None:
            stands = facing & ~accepts & table.can_do_without(side)
    candidate, has = sitting.choose(i, aspirations)
    offers = acting & ~accepts & ~stands & has
    package = delegation.package(candidate)
    turn = Turn(
        i,
        table.package,
        table.owner,
        facing,
        accepts,
        stands,
        offers,
        package,
        candidate,
        acting,
        aspiration,
        threshold,
    )
    for observer in observers:
        observer.turn(sitting, turn)
    if offers.any():
        sitting.put(side, package, offers)
        table.lay(side, package, sitting.offer_value[side], offers)
    return acting & (accepts | offers) & table.agreed
