"""The call to meet again, and how the sides answer it: yes as long as they have patience left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.parties.concession import aspirations
from sim.talks.seats.preparation import Kind, Preparations
from sim.talks.seats.sitting import sit_down
from sim.talks.state import Bools, Ints
from sim.worlds.draws import Floats
from sim.worlds.preferences import TOLERANCE

_EVERYTHING: Kind = (None, None)


@dataclass(frozen=True, slots=True)
class Answers:
    """How the sides answer the call to meet again.

    Attributes
    ----------
    used_up
        Whose deadline has come: a clock that stands at 1; shape (sides, cohort).
    content
        Of whom no member demands more than the least that it would ever demand; shape (sides, cohort).
    """

    used_up: Bools
    content: Bools

    @property
    def willing(self) -> Bools:
        """Who would meet again, shape (sides, cohort)."""
        return ~(self.used_up | self.content)


def ask(preparations: Preparations, cohort: Ints, time: Floats, used_up: Bools) -> Answers:
    """Ask every side whether it would meet again.

    Parameters
    ----------
    preparations
        What the sides bring to a meeting.
    cohort
        Places of the worlds in which they are asked.
    time, used_up
        Share of its patience that each side has used up, and whether that is all of it; shape (sides, cohort).
    """
    demanded, least = _demands(preparations, cohort, time)
    wants_more = demanded > least + TOLERANCE
    content = [~wants_more[list(side.members)].any(axis=0) for side in preparations.scenario.sides]
    return Answers(used_up, np.stack(content))


def _demands(preparations: Preparations, cohort: Ints, time: Floats) -> tuple[Floats, Floats]:
    """What all parties would demand of what is open, and the least that they ever would; both (parties, cohort)."""
    state, everything = preparations.state, _EVERYTHING
    if state.memory is not None:
        sitting = sit_down(preparations, everything, cohort)
        return sitting.aspirations(time), np.maximum(sitting.reservation, sitting.least)
    best, least = preparations.range(everything, cohort)
    reservation = state.wants.reservation[:, cohort]
    settings = {name: values[:, cohort] for name, values in state.coded.settings.items()}
    demanded = aspirations(preparations.scenario, time, best, least, reservation, settings)
    return demanded, np.maximum(reservation, least)
