"""Going on with a meeting in those of its worlds in which it still goes on, so that the others cost nothing more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.arrays.kinds import Bools, Ints
from sim.talks.protocols.table import Table
from sim.talks.seats.delegation import Delegation
from sim.talks.seats.sitting import Sitting
from sim.worlds.preferences import red_lines_in

_LEAST_WORLDS, _LEAST_ROUNDS = 512, 4
"""With fewer worlds or rounds left it would cost more to part them than it saves."""


def worth_parting(sitting: Sitting, active: Bools, rounds: int) -> bool:
    """Whether to go on without the worlds that are not `active` (cohort,), with at most so many `rounds` left.

    Only where nothing but time counts and all sides climb ladders: what else there is would have to be parted too.
    """
    count = len(active)
    if count < _LEAST_WORLDS or rounds < _LEAST_ROUNDS or 2 * np.count_nonzero(active) > count:
        return False
    by_ladder = all(delegation.repertoire.rank is None for delegation in sitting.delegations)
    return by_ladder and sitting.state.memory is None and not sitting.preparations.beliefs.learners


def part(sitting: Sitting, table: Table, at: Ints) -> tuple[Sitting, Table]:
    """The same meeting in the worlds at some places `at` (n,) in the cohort."""
    few = replace(
        sitting,
        cohort=sitting.cohort[at],
        delegations=[_part_of(delegation, at) for delegation in sitting.delegations],
        on_table=sitting.on_table[:, at],
        base=sitting.base[:, at],
        best=sitting.best.take(at, axis=1),
        least=sitting.least.take(at, axis=1),
        reservation=sitting.reservation.take(at, axis=1),
        settings={name: values.take(at, axis=-1) for name, values in sitting.settings.items()},
        first_offer=sitting.first_offer.take(at, axis=2),
        last_offer=sitting.last_offer.take(at, axis=2),
        last_turn=sitting.last_turn.take(at, axis=1),
        adopted=sitting.adopted.take(at, axis=3),
        valued=sitting.valued.take(at, axis=2),
        unvalued=sitting.unvalued.take(at, axis=1),
        offered=sitting.offered.take(at, axis=1),
        heard=None if sitting.heard is None else sitting.heard[:, at],
        accepted=sitting.accepted[:, at],
        worst=sitting.worst.take(at, axis=1),
        ahead=sitting.ahead.of(at),
        council=None if sitting.council is None else sitting.council.of(at),
        reached=None,
        chosen={},
        steady=None,
        faced={},
    )
    return few, table.part(few.last_offer, at)


def rejoin(sitting: Sitting, table: Table, few: Sitting, few_table: Table, at: Ints) -> None:
    """Take over what has happened since in the worlds that were parted."""
    sitting.first_offer[..., at] = few.first_offer
    sitting.last_offer[..., at] = few.last_offer
    sitting.last_turn[:, at] = few.last_turn
    sitting.adopted[..., at] = few.adopted
    sitting.valued[..., at] = few.valued
    sitting.unvalued[:, at] = few.unvalued
    sitting.offered[:, at] = few.offered
    if sitting.heard is not None and few.heard is not None:
        sitting.heard[:, at] = few.heard
    sitting.turn, sitting.adoptions = few.turn, few.adoptions
    table.rejoin(few_table, at)


def _part_of(delegation: Delegation, at: Ints) -> Delegation:
    crossed, descent = delegation.crossed, delegation.descent
    return replace(
        delegation,
        red=red_lines_in(delegation.red, at),
        reservation=delegation.reservation.take(at, axis=1),
        ballot=delegation.ballot.of(at),
        cohort=delegation.cohort[at],
        value=delegation.value.take(at, axis=2),
        crossed=crossed if crossed is None or crossed.shape[2] == 1 else crossed.take(at, axis=2),
        valid=delegation.valid.take(at, axis=1),
        blocked=delegation.blocked.take(at, axis=1),
        acceptable=delegation.acceptable.take(at, axis=1),
        last_rung=delegation.last_rung[at],
        mandate=None if delegation.mandate is None else delegation.mandate[at],
        uninstructed=None if delegation.uninstructed is None else delegation.uninstructed[at],
        descent=None if descent is None else descent.part(at),
        _packages=None,
    )
