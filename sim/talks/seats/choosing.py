"""What a side puts whose offering policy looks at all packages (see `sim.parties.offering`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.parties.offering import Choice, offering
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE
from sim.worlds.preferences import spread

if TYPE_CHECKING:
    from sim.talks.seats.sitting import Sitting


def choose_among_all(sitting: Sitting, i: int, name: str, aspiration: Floats) -> tuple[Ints, Bools]:
    """The candidate that an offering policy over all packages puts for the i-th side, and whether there is one."""
    delegation, state, cohort = sitting.delegations[i], sitting.state, sitting.cohort
    repertoire = delegation.repertoire
    assert repertoire.rank is not None
    options = repertoire.options[:, :, 0]
    believed = sitting.preparations.of(sitting.kind, cohort).believed[i][..., cohort]
    passing = delegation.passing(aspiration)
    turn = sitting.last_turn.copy()
    turn[delegation.side] = NONE
    latest = sitting.last_offer[turn.argmax(axis=0), :, np.arange(len(cohort))].T
    worth = np.zeros(passing.shape)
    for j in range(options.shape[1]):
        worth += believed[j, options[:, j]]
    choice = Choice(
        passing=passing,
        options=options,
        worth=repertoire.rank[:, cohort],
        believed=worth,
        place=state.coded.place[..., cohort],
        theirs=np.where(turn.max(axis=0) != NONE, latest, NONE).astype(PACKAGE),
        care=np.where(sitting.on_table, spread(believed, state.coded.exists), 0.0),
        settings={key: values[cohort] for key, values in state.offering[delegation.side].items()},
    )
    return offering(name, sitting.scenario.code)(choice), np.logical_or.reduce(passing, axis=0)
