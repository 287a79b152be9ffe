"""The call to meet again, and how the sides answer it: yes as long as they have patience left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.parties.conceding import aspirations
from sim.talks.seats.demands import as_they_stand
from sim.talks.seats.preparation import MeetingKind, Preparations
from sim.talks.seats.seating import sit_down
from sim.talks.state import taken

_EVERYTHING: MeetingKind = (None, None)


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
    sides = preparations.scenario.sides
    content = np.ones((len(sides), len(cohort)), dtype=bool)
    demand = _demands(preparations, cohort, time)
    for m in range(max(len(side.members) for side in sides)):
        asked = [s for s, side in enumerate(sides) if m < len(side.members) and content[s].any()]
        if not asked:
            break
        who = [sides[s].members[m] for s in asked]
        demanded, least = demand(who)
        content[asked] &= demanded <= least + TOLERANCE
    return Answers(used_up, content)


def _demands(preparations: Preparations, cohort: Ints, time: Floats) -> Callable[[list[int]], tuple[Floats, Floats]]:
    """What some parties would demand of what is open, and the least that they ever would; both (parties, cohort).

    It is worked out for as few as have to be asked.
    """
    state = preparations.state
    if state.memory is not None:
        sitting = sit_down(preparations, _EVERYTHING, cohort)
        demanded, least = as_they_stand(sitting, time), np.maximum(sitting.reservation, sitting.least)
        return lambda who: (demanded[who], least[who])
    best, lowest = preparations.range(_EVERYTHING, cohort)
    reservation = taken(state.wants.reservation, cohort)
    settings = {name: taken(values, cohort) for name, values in state.coded.settings.items()}

    def demands(who: list[int]) -> tuple[Floats, Floats]:
        every = aspirations(preparations.scenario, time, best, lowest, reservation, settings, frozenset(who))
        return every[who], np.maximum(reservation, lowest)[who]

    return demands
