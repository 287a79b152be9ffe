"""A plenary of statements: in each round every side states its offer; nothing is put to a decision."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.seats.choices import choose
from sim.talks.seats.demands import demand
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE, Packages


def make_statements(
    sitting: Sitting, occasion: Occasion, rounds: Ints, times: Floats, _needed: Floats, observers: Sequence[Observer]
) -> tuple[Bools, Packages, Ints]:
    """Hold the rounds of a plenary, in which nobody agrees.

    Arguments and answers are those of `sim.talks.protocols.alternating.negotiate`.
    """
    nobody = np.zeros(len(rounds), dtype=bool)
    nothing = np.zeros((sitting.last_offer.shape[1], len(rounds)), dtype=PACKAGE)
    no_owner = np.full(len(rounds), NONE, dtype=np.intp)
    for k in range(int(rounds.max(initial=0))):
        active = k < rounds
        for observer in observers:
            observer.round_begins(sitting, k, times[k])
        for i, delegation in enumerate(sitting.delegations):
            aspirations, thresholds = demand(sitting, times[k], k, active, i)
            aspiration, threshold = aspirations[list(delegation.parties)], thresholds[list(delegation.parties)]
            candidate, has, package = choose(sitting, i, aspirations)
            states = active & has
            turn = Turn(
                i, nothing, no_owner, nobody, nobody, nobody, states, package, candidate, active, aspiration, threshold
            )
            for observer in observers:
                observer.turn(sitting, turn)
            if states.any():
                sitting.put(delegation.side, package, states)
        for observer in observers:
            observer.round_ends(occasion, sitting, k, active, nobody)
    return nobody, nothing, rounds.copy()
