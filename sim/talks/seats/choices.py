"""What a side in a meeting puts: the candidate of its offering policy at what its members demand, and the package."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.parties.choice import Choice
from sim.parties.offering import offering
from sim.policies.concession.micro import EACH
from sim.talks.seats.joint_steps import take_joint_steps
from sim.talks.seats.side_steps import take_side_steps
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import spread


def choose(sitting: Sitting, i: int, demanded: Floats, acting: Bools | None = None) -> tuple[Ints, Bools, Packages]:
    """What the i-th side offers at these aspirations (parties, cohort).

    The candidate that it begins with and whether there is one, see `Delegation.choose`; and the package, (issues,
    cohort), with the side steps of a ladder. Instructions of a caucus name a rung, so there are none under them.

    While aspirations stay as they are, so does the choice; in a meeting a side acts in ever fewer worlds.
    """
    if i in sitting.chosen and sitting.chosen[i][0] is demanded:
        return sitting.chosen[i][1:]
    delegation = sitting.delegations[i]
    policy = sitting.scenario.sides[delegation.side].offering
    if policy not in ("ladder", "exhaustive"):
        candidate, has = _among_all(sitting, i, policy, demanded[list(delegation.parties)])
        return candidate, has, delegation.package(candidate)
    aspiration = demanded[delegation.at]
    if _puts_each(sitting, i):
        assert sitting.state.memory is not None
        packages = sitting.state.memory.packages[:, sitting.cohort]
        own, others = packages[delegation.side], np.delete(packages, delegation.side, axis=0).min(axis=0)
        candidate, has = delegation.nth_best(own + ((own == 0) | (others >= own)))
        sitting.chosen[i] = demanded, candidate, has, delegation.package(candidate)
        return sitting.chosen[i][1:]
    candidate, passing, has = delegation.choose(aspiration, acting)
    package = delegation.package(candidate)
    if policy == "ladder" and delegation.mandate is None:
        steps = passing if acting is None else passing & acting
        wants = sitting.state.wants
        if wants.joint is None:
            package = take_side_steps(delegation, candidate, package, aspiration, steps)
        else:
            package = take_joint_steps(delegation, candidate, package, aspiration, steps, wants)
    sitting.chosen[i] = demanded, candidate, has, package
    return candidate, has, package


def _puts_each(sitting: Sitting, i: int) -> bool:
    """Whether the i-th side is a party that goes through all packages one by one, ties included (`micro`)."""
    delegation = sitting.delegations[i]
    concession = sitting.scenario.parties[delegation.parties[0]].concession
    return concession.name == "micro" and dict(concession.words).get("ties") == EACH and delegation.looks_at_all


def _among_all(sitting: Sitting, i: int, name: str, aspiration: Floats) -> tuple[Ints, Bools]:
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
