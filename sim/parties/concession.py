"""Concession policies: what utility a party demands now.

A policy gives the aspiration as a number between the reservation value and the best that is on the table. It is one
function over arrays of shape (parties, worlds), for the parties that follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.scenario.model import Scenario
from sim.worlds.draws import Floats

Aspiration = Callable[[Floats, Floats, Floats, Mapping[str, Floats]], Floats]


def time_dependent(time: Floats, best: Floats, reservation: Floats, settings: Mapping[str, Floats]) -> Floats:
    """a(t) = max(reservation, best - (best - reservation) t^e), the polynomial family of Faratin et al. (1998).

    Parameters
    ----------
    time
        Share of the talks that has passed, in [0, 1], shape (worlds,).
    best
        The most that is on the table for the party without crossing its own red lines; -inf where nothing is.
    reservation
        Reservation value.
    settings
        ``exponent``: e > 1 concedes late (boulware), 1 evenly, below 1 early (conceder).

    Returns
    -------
    Shape (parties, worlds), as all arguments but `time`.

    References
    ----------
    Faratin, Sierra & Jennings, "Negotiation decision functions for autonomous agents", Robotics and Autonomous Systems
    24 (1998), 159-182, section 4.2; with 1/e for the beta there.
    """
    exponent = np.maximum(settings["exponent"], 0.0)
    top = np.maximum(best, reservation)
    passed = np.ascontiguousarray(np.broadcast_to(time, exponent.shape)) ** np.ascontiguousarray(exponent)
    return np.asarray(np.maximum(reservation, top - (top - reservation) * passed))


CONCESSIONS: dict[str, Aspiration] = {"time": time_dependent}
"""Concession policies by the name that a compiled scenario gives them."""


def aspirations(
    scenario: Scenario, time: Floats, best: Floats, reservation: Floats, settings: Mapping[str, Floats]
) -> Floats:
    """What every party demands, each by its own policy; time (worlds,), all else and the answer (parties, worlds)."""
    result = np.empty(best.shape)
    for name in {party.concession.name for party in scenario.parties}:
        who = [p for p, party in enumerate(scenario.parties) if party.concession.name == name]
        chosen = {setting: values[who] for setting, values in settings.items()}
        result[who] = CONCESSIONS[name](time, best[who], reservation[who], chosen)
    return result
