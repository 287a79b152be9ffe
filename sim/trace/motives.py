"""Why the members of a side demand what they demand and accept what they accept, in numbers (one world)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.accepting import acceptance
from sim.parties.conceding import groups
from sim.policies.situation import Situation
from sim.talks.observer import Turn
from sim.talks.seats.sitting import Sitting
from sim.worlds.preferences import spread


@dataclass(frozen=True, slots=True)
class Demand:
    """What a party demands now, and by which policy.

    Attributes
    ----------
    party, amount
        Who demands how much.
    policy, settings
        Its concession policy and the numbers of that.
    reacts
        Whether the policy follows more than the clock.
    phrase, accepts
        What the policy itself says of the demand, and what its acceptance condition says of what it accepts; empty
        where that is what it demands.
    """

    party: str
    amount: float
    policy: str
    settings: tuple[float, ...]
    reacts: bool
    phrase: str
    accepts: str


@dataclass(frozen=True, slots=True)
class Motive:
    """What the members of a side demand and accept.

    `believed` is the share of their care that the side believes the others to give to each issue, the most important
    first; empty where it knows what they want.
    """

    demands: tuple[Demand, ...]
    believed: tuple[tuple[str, float], ...] = ()


def motive(sitting: Sitting, turn: Turn) -> Motive:
    """Of the side whose turn it is."""
    delegation = sitting.delegations[turn.delegation]
    demands = tuple(
        _demand(sitting, p, float(amount), float(threshold))
        for p, amount, threshold in zip(delegation.parties, turn.aspiration[:, 0], turn.threshold[:, 0], strict=True)
    )
    return Motive(demands, _believed(sitting, turn.delegation))


def _demand(sitting: Sitting, p: int, amount: float, threshold: float) -> Demand:
    party = sitting.scenario.parties[p]
    group = next(one for one in sitting.policies or groups(sitting.scenario) if p in one.who)
    own = {name: sitting.settings[name][[p]] for name in group.names}
    if sitting.situations is not None:
        situation = sitting.situations([p], own, group.words)
    else:
        situation = Situation(
            sitting.time[[party.side]],
            sitting.best[[p]],
            sitting.reservation[[p]],
            own,
            group.words,
            least=sitting.least[[p]],
        )
    return Demand(
        party=party.id,
        amount=amount,
        policy=party.concession.name,
        settings=tuple(float(values[0, 0]) for values in own.values()),
        reacts=group.policy.reacts,
        phrase=group.policy.phrase(situation, amount),
        accepts=_accepts(sitting, p, threshold),
    )


def _accepts(sitting: Sitting, p: int, threshold: float) -> str:
    """What a party accepts, as its condition says it."""
    if sitting.situations is None:
        return ""
    chosen = sitting.scenario.parties[p].acceptance
    own = {key: sitting.settings[f"acceptance.{key}"][[p]] for key, _ in chosen.settings}
    situation = sitting.situations([p], own, dict(chosen.words))
    return acceptance(chosen.name, sitting.scenario.code).phrase(situation, threshold)


def _believed(sitting: Sitting, i: int) -> tuple[tuple[str, float], ...]:
    """For which issues the i-th side believes the others to care most, where it does not know it."""
    side = sitting.scenario.sides[sitting.delegations[i].side]
    if side.opponents.kind == "known" or sitting.on_table[:, 0].sum() < 2 or len(sitting.delegations) < 2:
        return ()
    believed = sitting.preparations.belief(sitting.kind, i, sitting.cohort)
    care = np.where(sitting.on_table, spread(believed, sitting.state.coded.exists), 0.0)
    whole = float(total(care)[0])
    if whole <= TOLERANCE:
        return ()
    order = np.argsort(-np.round(care[:, 0] / whole, 9), kind="stable")
    issues = sitting.scenario.issues
    return tuple((issues[j].id, float(care[j, 0] / whole)) for j in order.tolist() if care[j, 0] > TOLERANCE)
