"""Plays a block of worlds from the first day to the endings.

Worlds that meet again on the same day lie side by side while they are played, so that what belongs to them is one
stretch of memory. How a world ends does not depend on its place in the block.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.arrays.kinds import Floats, Ints
from sim.scenario.model import Scenario
from sim.talks.calendar import talk
from sim.talks.observer import Observer
from sim.talks.record.endings import Endings, conclude
from sim.worlds.draws import Worlds, draw


def play(
    scenario: Scenario,
    seed: int,
    worlds: Worlds,
    observers: Sequence[Observer] = (),
    given: Mapping[str, Floats] | None = None,
) -> Endings:
    """How the talks end in these worlds, in their order; arguments as `sim.talks.calendar.talk`."""
    given = given or {}
    order = _by_days(scenario, seed, worlds, given)
    if order is None:
        return conclude(scenario, talk(scenario, seed, worlds, observers, given))
    ended = conclude(
        scenario, talk(scenario, seed, worlds[order], observers, {path: value[order] for path, value in given.items()})
    )
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return ended.of(place)


def _by_days(scenario: Scenario, seed: int, worlds: Worlds, given: Mapping[str, Floats]) -> Ints | None:
    """The worlds by the days of their meetings, as drawn; None where these are the same in all."""
    dates = [meeting.day for meeting in scenario.meetings]
    if scenario.follow_up is not None:
        dates.append(scenario.follow_up.after_days)
    drawn = draw([date for date in dates if not date.certain or date.path in given], seed, worlds, given)
    return np.lexsort(list(drawn.values())) if drawn else None
