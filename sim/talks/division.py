"""How everybody votes on what has just been settled: for it, abstaining, against, or without a vote.

Who objects votes against it, who is for it votes so, and who holds out abstains. Whoever votes against what is settled
all the same is outvoted. A vote is told where the file says how votes are counted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.talks.seats.demands import demand
from sim.talks.seats.sitting import Sitting
from sim.worlds.packages import Packages

Votes = NDArray[np.int8]
"""A place in `WORDS`, -1 where there was no vote; shape (parties, worlds)."""

WORDS = ("for", "abstained", "against", "no_vote")
FOR, ABSTAINED, AGAINST, WITHOUT = range(4)


def divide(wholes: Sitting, package: Packages, time: Floats, assent: Bools, where: Bools) -> Votes:
    """Take the vote on a package that has been agreed.

    Parameters
    ----------
    wholes
        The worlds with every side seated as a whole.
    package
        Shape (issues, cohort).
    time
        Share of the time that has passed for each side, shape (sides, cohort).
    assent
        Which sides assent, shape (sides, cohort).
    where
        Where it was agreed, shape (cohort,).

    Returns
    -------
    The votes, also noted in the state; shape (parties, cohort).
    """
    _, accepted = demand(wholes, time, acting=np.zeros(len(where), dtype=bool))
    return _noted(wholes, package, accepted, assent, where)


def divide_on_part(judging: Sitting, package: Packages, same: Bools, where: Bools) -> Votes:
    """As `divide`, on an issue settled by itself: who can live with it and whose side's last offer has it is for it."""
    parties = np.array([party.side for party in judging.scenario.parties])
    accepted = np.where(same[parties], -np.inf, np.inf)
    return _noted(judging, package, accepted, np.zeros_like(same), where)


def _noted(wholes: Sitting, package: Packages, accepted: Floats, assent: Bools, where: Bools) -> Votes:
    scenario, cohort = wholes.scenario, wholes.cohort
    votes = np.full((len(scenario.parties), len(where)), -1, dtype=np.int8)
    for i, delegation in enumerate(wholes.delegations):
        at = list(delegation.parties)
        value = wholes.utility(i, package)
        objects = wholes.objecting(i, package, value)
        favours = ~objects & (value >= accepted[at] - TOLERANCE)
        if len(at) == 1:
            favours |= ~objects & assent[delegation.side]
        votes[at] = np.where(objects, AGAINST, np.where(favours, FOR, ABSTAINED))
    votes[[p for p, party in enumerate(scenario.parties) if not party.has_vote]] = WITHOUT
    votes[:, ~where] = -1
    wholes.state.votes[:, cohort[where]] = votes[:, where]
    return votes
