"""Acceptance conditions: from what worth on a party is for an offer that it finds on the table.

A condition is a function from a `Situation` and what the party demands now to thresholds, both of shape (parties,
worlds). It is for an offer that is worth its threshold and that it does not object to: that the offer crosses no red
line of its own and is worth its reservation value is asked besides.

Baarslag, Hindriks & Jonker, "Acceptance conditions in automated negotiation", in Complex Automated Negotiations, 2013,
95-111, sections 3 and 5, for the names; "Effective acceptance conditions in real-time automated negotiation", Decision
Support Systems 60 (2014), 68-77.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.own import own
from sim.parties.situation import Situation
from sim.scenario.model import Code

Acceptance = Callable[[Situation, Floats], Floats]


def next_offer(situation: Situation, demand: Floats) -> Floats:
    """AC_next: what is worth at least what it would demand itself.

    For a party that loses by delay, at least what its own next offer would be worth when it can be accepted: the
    reservation value and of its gain the share that delay leaves.
    """
    waited = situation.reservation + situation.patience * (demand - situation.reservation)
    return np.where(situation.patience < 1.0, waited, demand)


def previous_offer(situation: Situation, demand: Floats) -> Floats:
    """AC_prev: what is worth at least its own last offer; before it has made any, what it demands."""
    own = situation.seen.own[0]
    return np.where(np.isnan(own), demand, own)


def constant(situation: Situation, demand: Floats) -> Floats:  # noqa: ARG001
    """AC_const: what brings it the share a of the way from its reservation value up to its best.

    Setting: ``share`` a.
    """
    return situation.between(1.0 - np.clip(situation.settings["share"], 0.0, 1.0))


def in_time(situation: Situation, demand: Floats) -> Floats:
    """AC_time: nothing until the share T of the talks has passed, then everything that it does not object to.

    Setting: ``after`` T.
    """
    return np.where(_late(situation, demand), -np.inf, np.inf)


def combined(situation: Situation, demand: Floats) -> Floats:
    """AC_combi(T, a): as AC_next, and once the share T of the talks has passed also what is worth a.

    Setting: ``after`` T; word ``of`` for a: ``best`` or ``mean`` of the others' offers so far (MAX^T, AVG^T),
    ``recent_best`` or ``recent_mean`` of those in the last window W, as long as what is left of the talks (MAX^W,
    AVG^W), or ``anything``. The offer that it answers counts among them.
    """
    seen = situation.seen
    enough = {
        "best": seen.most,
        "mean": seen.mean,
        "recent_best": seen.recent_most,
        "recent_mean": seen.recent_mean,
        "anything": np.full(demand.shape, -np.inf),
    }[situation.words["of"]]
    threshold = next_offer(situation, demand)
    return np.where(_late(situation, demand), np.fmin(threshold, enough), threshold)


def _late(situation: Situation, demand: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.broadcast_to(situation.time, demand.shape) >= situation.settings["after"] - 1e-12


ACCEPTANCES: dict[str, Acceptance] = {
    "next": next_offer,
    "previous": previous_offer,
    "constant": constant,
    "time": in_time,
    "combined": combined,
}
"""Acceptance conditions by the name that a compiled scenario gives them."""


def acceptance(name: str, code: Sequence[Code] = ()) -> Acceptance:
    """The condition with this name; `code` holds the files of users' policies."""
    if name in ACCEPTANCES:
        return ACCEPTANCES[name]
    return own("acceptance", name, code).threshold
