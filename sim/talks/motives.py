"""Why the members of a side demand what they demand, in words and numbers, as their policies say it (one world)."""

from __future__ import annotations

import numpy as np

from sim.parties.acceptance import PHRASES
from sim.parties.concession import groups
from sim.parties.situation import Situation
from sim.talks.observer import Turn
from sim.talks.sitting import Sitting

_TOLD = 3
"""So many policies of a side's members are told one by one before the others are counted."""


def motive(sitting: Sitting, turn: Turn) -> str:
    """What the members of the side whose turn it is demand now and accept, and what their policies say of it."""
    delegation = sitting.delegations[turn.delegation]
    demand, threshold = turn.aspiration[:, 0], turn.threshold[:, 0]
    phrases = [_phrase(sitting, p) for p in delegation.parties]
    if len(phrases) == 1:
        accepts = _accepts(sitting, delegation.parties[0], threshold[0])
        return f"it demands {demand[0]:.3f} now, as {phrases[0]}{accepts}"
    low, high = float(demand.min()), float(demand.max())
    numbers = f"{low:.3f}" if f"{low:.3f}" == f"{high:.3f}" else f"between {low:.3f} and {high:.3f}"
    whole = f"its members demand {numbers} now"
    alike = list(dict.fromkeys(phrases))
    if len(alike) == 1:
        return f"{whole}, each as {alike[0]}"
    titles = [sitting.scenario.parties[p].title for p in delegation.parties]
    told = []
    for phrase in alike[:_TOLD]:
        who = [title for title, own in zip(titles, phrases, strict=True) if own == phrase]
        named = who[0] if len(who) == 1 else f"{who[0]} and {len(who) - 1} more"
        told.append(f"{named} as {phrase}")
    rest = len(phrases) - sum(phrases.count(phrase) for phrase in alike[:_TOLD])
    return f"{whole}: {'; '.join(told)}" + (f"; and {rest} by other numbers" if rest else "")


def _phrase(sitting: Sitting, p: int) -> str:
    """What the concession policy of a party says of its demand."""
    group = next(one for one in sitting.policies or groups(sitting.scenario) if p in one.who)
    own = {name: sitting.settings[name][[p]] for name in group.names}
    if sitting.stances is not None:
        return group.policy.phrase(sitting.stances.of([p], own, group.words))
    return group.policy.phrase(Situation(sitting.time, sitting.best[[p]], sitting.reservation[[p]], own, group.words))


def _accepts(sitting: Sitting, p: int, threshold: float) -> str:
    """What a party accepts, where that is not what it demands."""
    party = sitting.scenario.parties[p]
    shown = f" (now {threshold:.3f})" if np.isfinite(threshold) else ""
    if party.acceptance.name != "next":
        return f"; {PHRASES.get(party.acceptance.name, f'it accepts what {party.acceptance.name} says')}{shown}"
    if party.discount is not None:
        return f"; it accepts what is worth that much after the delay of a counter-offer{shown}"
    return ""
