"""Policies of users that look at one world at a time, in plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import wraps
from typing import Any

import numpy as np

from sim.arrays.kinds import Floats
from sim.parties.choice import Choice
from sim.parties.evidence import Evidence
from sim.policies.situation import Situation


@dataclass(frozen=True, slots=True)
class View:
    """The situation of one party in one world, in plain numbers; as in `Situation` and `History`.

    `own` and `received` list the utility to the party of its side's and of the others' latest offers, the latest first.
    """

    time: float
    round: int
    rounds_left: int
    meetings: int
    meetings_left: int
    best: float
    worst: float
    reservation: float
    patience: float
    last: float
    own: list[float]
    received: list[float]
    own_packages: int
    others_packages: int
    settings: dict[str, float]


def per_world(function: Callable[..., Any]) -> Callable[..., Floats]:
    """Let a function of one world stand for one over arrays of worlds.

    A concession policy gets a `View`, an acceptance condition besides the party's demand; each answers with a number.
    An offering policy gets a `Choice`, an opponent model an `Evidence`, whose arrays lack the axis of worlds; the first
    answers with the place of a package, the second with worths (issues, options). The function is called once for every
    world, and every party, so it is some hundred times slower than one that works on arrays.
    """

    @wraps(function)
    def over_arrays(known: Any, *more: Floats) -> Floats:
        if isinstance(known, Situation):
            result = np.empty(known.reservation.shape)
            for p, w in np.ndindex(result.shape):
                result[p, w] = function(_view(known, p, w), *(float(one[p, w]) for one in more))
            return result
        return np.stack([np.asarray(function(_slice(known, w))) for w in range(known.worlds)], axis=-1)

    return over_arrays


def _view(situation: Situation, p: int, w: int) -> View:
    seen = situation.seen

    def listed(values: Floats) -> list[float]:
        return [float(one) for one in values[:, p, w] if not np.isnan(one)]

    return View(
        time=float(situation.time[p, w]),
        round=situation.round,
        rounds_left=int(situation.rounds_left[w]),
        meetings=int(situation.meetings[w]),
        meetings_left=int(situation.meetings_left[w]),
        best=float(situation.best[p, w]),
        worst=float(situation.worst[p, w]),
        reservation=float(situation.reservation[p, w]),
        patience=float(situation.patience[p, w]),
        last=float(situation.last[p, w]),
        own=listed(seen.own),
        received=listed(seen.received),
        own_packages=int(seen.own_packages[p, w]),
        others_packages=int(seen.others_packages[p, w]),
        settings={key: float(values[p, w]) for key, values in situation.settings.items()},
    )


def _slice(known: Choice | Evidence, w: int) -> Any:
    """The same for one world: arrays without their last axis, which is that of worlds; settings as numbers."""
    found: dict[str, Any] = {}
    for one in fields(known):
        value = getattr(known, one.name)
        if isinstance(value, Mapping):
            found[one.name] = {key: float(values[w]) for key, values in value.items()}
        elif one.name not in known.shared:
            found[one.name] = value[..., w]
    return replace(known, **found)
