"""What the parties in a meeting demand and accept now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from sim.arrays.kinds import Bools, Floats
from sim.parties.accepting import acceptance
from sim.parties.conceding import aspirations, demands
from sim.talks.seats.choices import choose
from sim.talks.seats.delegation import Delegation, with_repertoire
from sim.talks.seats.memory import Memory, heard_now
from sim.talks.seats.sitting import Sitting
from sim.talks.seats.stances import weigh
from sim.talks.state import NONE


def as_they_stand(sitting: Sitting, time: Floats) -> Floats:
    """What every party demands when nobody makes up its mind anew, shape (parties, cohort)."""
    return demand(sitting, time, acting=np.zeros(len(sitting.cohort), dtype=bool))[0]


def demand(
    sitting: Sitting, time: Floats, number: int = 0, acting: Bools | None = None, i: int | None = None
) -> tuple[Floats, Floats]:
    """What every party demands, and from what worth on it accepts, both of shape (parties, cohort).

    Parameters
    ----------
    sitting
        The meeting.
    time
        Share of the time that has passed for each side, shape (sides, cohort).
    number
        The round of the meeting, from 0.
    acting
        Where the parties make up their minds, (cohort,); None: everywhere.
    i
        Place of the delegation whose turn it is; None: all delegations act at once.

    While nothing that they depend on changes, the answers are the same objects.
    """
    acting = np.ones(len(sitting.cohort), dtype=bool) if acting is None else acting
    if sitting.preparations.beliefs.learners:
        _learn(sitting, time, acting, range(len(sitting.delegations)) if i is None else [i])
    if sitting.state.memory is not None:
        return _decide(sitting, sitting.state.memory, time, number, acting, i)
    if sitting.steady is None or not (sitting.steady[0] is time or np.array_equal(sitting.steady[0], time)):
        demanded = aspirations(
            sitting.scenario, time, sitting.best, sitting.least, sitting.reservation, sitting.settings
        )
        sitting.steady = time, demanded
    return sitting.steady[1], sitting.steady[1]


def _learn(sitting: Sitting, time: Floats, acting: Bools, who: Iterable[int]) -> None:
    """Delegations whose beliefs change with the others' offers take note of them, and find their way anew."""
    beliefs = sitting.preparations.beliefs
    for j in who:
        side = sitting.delegations[j].side
        if side not in beliefs.learners:
            continue
        worlds = beliefs.hear(side, sitting.last_offer, time[side], sitting.cohort, acting)
        if len(worlds):
            sitting.preparations.relearn(sitting.kind, j, worlds)
            repertoire = sitting.preparations.of(sitting.kind, worlds).repertoires[j]
            sitting.delegations[j] = with_repertoire(sitting.delegations[j], repertoire)
            sitting.chosen.pop(j, None)
            sitting.reached = None


def _decide(
    sitting: Sitting, memory: Memory, time: Floats, number: int, acting: Bools, i: int | None
) -> tuple[Floats, Floats]:
    """What the parties demand, and from what worth on they accept, both (parties, cohort).

    The parties of the i-th delegation (None: of all) make up their minds; the others stand where they stood. `time` is
    the share of the time that has passed for each side, (sides, cohort).
    """
    seated = sitting.delegations if i is None else [sitting.delegations[i]]
    time = time[[party.side for party in sitting.scenario.parties]]
    _listen(sitting, memory, time, seated, acting)
    stances = weigh(sitting, memory, time, number)
    members = frozenset(p for delegation in seated for p in delegation.parties)
    demanded = demands(sitting.policies, stances.of, sitting.settings, stances.last.copy(), members)
    threshold = np.where(
        np.isnan(memory.threshold[:, sitting.cohort]), stances.last, memory.threshold[:, sitting.cohort]
    )
    for p in sorted(members):
        condition = sitting.scenario.parties[p].acceptance
        own = {key: sitting.settings[f"acceptance.{key}"][[p]] for key, _ in condition.settings}
        situation = stances.of([p], own, dict(condition.words))
        situation = replace(situation, next_offer=partial(_next_offer, sitting, p, demanded, acting))
        threshold[[p]] = acceptance(condition.name, sitting.scenario.code).threshold(situation, demanded[[p]])
    here = sitting.cohort[acting]
    sitting.situations = stances.of
    for p in members:
        memory.demanded[p, here] = demanded[p, acting]
        memory.threshold[p, here] = threshold[p, acting]
    return demanded, threshold


def _next_offer(sitting: Sitting, party: int, demanded: Floats, acting: Bools) -> Floats:
    """What the next offer of a party's side at these demands (parties, cohort) is worth to it, else nan; (1, cohort).

    Only where the side is `acting` it means something.
    """
    i = next(i for i, delegation in enumerate(sitting.delegations) if party in delegation.parties)
    _, has, package = choose(sitting, i, demanded, acting)
    value = sitting.utility(i, np.where(has, package, 0).astype(package.dtype))
    return np.where(has, value[sitting.delegations[i].parties.index(party)], np.nan)[None]


def _listen(sitting: Sitting, memory: Memory, time: Floats, seated: list[Delegation], acting: Bools) -> None:
    """Those whose turn it is take note of what the others have put."""
    made = sitting.last_offer[:, 0] != NONE
    for delegation in seated:
        parties = list(delegation.parties)
        value = heard_now(sitting.offer_value, made, delegation.side, parties)
        memory.hear(parties, value[:, acting], time[parties][:, acting], sitting.cohort[acting])
