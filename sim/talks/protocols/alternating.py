"""Stacked alternating offers (Rubinstein, 1982; for many sides Aydogan et al., 2017).

In each round the sides act in turn. A side accepts the offer on the table if it passes its decision, and that is the
agreement as soon as all whose agreement is needed have accepted. Otherwise it puts its own offer in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.protocols.live import part, rejoin, worth_parting
from sim.talks.protocols.table import Table, set_table
from sim.talks.seats.choices import choose
from sim.talks.seats.demands import demand
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import Packages


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
        Share of the time that has passed for each side in each round, shape (rounds, sides, cohort).
    needed
        How many sides must assent in all, shape (cohort,); at most those present are asked.
    observers
        Are told of every turn and round.

    Returns
    -------
    agreed (cohort,), the package agreed (issues, cohort), rounds held (cohort,).
    """
    table = set_table(sitting, needed)
    if observers:
        sitting.value_at_once()
    agreed, held = _rounds(sitting, table, occasion, rounds, times, observers)
    sitting.accepted = table.assent
    return agreed, table.package, held


def _rounds(
    sitting: Sitting,
    table: Table,
    occasion: Occasion,
    rounds: Ints,
    times: Floats,
    observers: Sequence[Observer],
    first: int = 0,
) -> tuple[Bools, Ints]:
    """Hold the rounds from the `first` on: where all agree, and how many rounds were held; both (cohort,)."""
    listeners = [observer for observer in observers if observer.hears_turns()]
    agreed = np.zeros(len(rounds), dtype=bool)
    held = np.zeros(len(rounds), dtype=np.intp)
    most = int(rounds.max(initial=0))
    for k in range(first, most):
        active = ~agreed & (k < rounds)
        if not active.any():
            break
        if worth_parting(sitting, active, most - k):
            at = np.flatnonzero(active)
            few, few_table = part(sitting, table, at)
            agreed[at], more = _rounds(few, few_table, occasion, rounds[at], times[..., at], observers, k)
            held[at] += more
            rejoin(sitting, table, few, few_table, at)
            break
        held += active
        time = times[k]
        for observer in observers:
            observer.round_begins(sitting, k, time)
        for i in range(len(sitting.delegations)):
            acting = active & ~agreed
            if acting.any():
                demands = demand(sitting, time, k, acting, i)
                agreed |= _turn(sitting, table, i, demands, acting, listeners)
        for observer in observers:
            observer.round_ends(occasion, sitting, k, active, agreed)
    return agreed, held


def _turn(
    sitting: Sitting,
    table: Table,
    i: int,
    demands: tuple[Floats, Floats],
    acting: Bools,
    listeners: Sequence[Observer],
) -> Bools:
    """One side's turn in the worlds in `acting`; answers where it makes the agreement."""
    aspirations, thresholds = demands
    delegation = sitting.delegations[i]
    side = delegation.side
    aspiration, threshold = aspirations[delegation.at], thresholds[delegation.at]
    facing = acting & table.faced(side)
    accepts = stands = np.zeros_like(acting)
    if facing.any():
        value, objects = sitting.face(i, table.owner, facing)
        favours = ~objects & (value >= threshold - TOLERANCE)
        accepts = facing & delegation.passes(objects, favours)
        table.answer(side, facing, accepts)
        silent = accepts & (sitting.last_offer[side, 0] == NONE)
        if silent.any():
            sitting.adopt(side, table.package, silent)
        if sitting.council is not None or sitting.scenario.agreement.at_least is not None:
            stands = facing & ~accepts & table.can_do_without(side)
    candidate, has, package = choose(sitting, i, aspirations, acting)
    offers = acting & ~accepts & ~stands & has
    for listener in listeners:
        listener.turn(
            sitting,
            Turn(
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
            ),
        )
    if offers.any():
        sitting.put(side, package, offers)
        table.lay(sitting, side, package, offers)
    return acting & (accepts | offers) & table.agreed
