"""The calendar of the talks: one SimPy environment in which meetings, calls to meet again and events take place.

Every process acts on a cohort, the worlds for which the same thing comes on the same day; SimPy's cost is paid once a
meeting, not once a world. Within a day events come first (at midnight), then scheduled meetings in the order of the
file, then follow-ups and calls to meet again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import Any

import numpy as np
import simpy

from sim.parties.opponents import noise
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.talks.follow_up import has_more_to_give
from sim.talks.meeting import Meetings
from sim.talks.observer import Observer, Occasion
from sim.talks.schedule import Schedule, schedule
from sim.talks.seats.beliefs import Beliefs
from sim.talks.seats.memory import remember
from sim.talks.seats.preparation import Preparations
from sim.talks.state import NONE, Bools, Ints, State, begin
from sim.worlds.coding import addresses, coding
from sim.worlds.draws import Floats, Worlds, draw
from sim.worlds.preferences import preferences, reservations

_NO_WORTH = ("reservation", "reservation_value", "walk_out", "threshold", "pace", "deadline", "scenario_deadline")
"""Numbers on which the worth of options does not depend."""

_MEETINGS = 0.25
_CALLS = 0.75


def talk(
    scenario: Scenario,
    seed: int,
    worlds: Worlds,
    observers: Sequence[Observer] = (),
    given: Mapping[str, Floats] | None = None,
) -> State:
    """Play the talks in a block of worlds and return how they ended.

    Parameters
    ----------
    scenario
        What is negotiated.
    seed
        Seed of the run.
    worlds
        Indices of the worlds, shape (worlds,).
    observers
        Are told of everything that happens.
    given
        Values by path that replace draws, each of shape (worlds,).
    """
    values = draw(quantities(scenario).values(), seed, worlds, given)
    return _Calendar(scenario, seed, worlds, values, observers).play()


class _Calendar:
    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        worlds: Worlds,
        values: Mapping[str, Floats],
        observers: Sequence[Observer],
    ) -> None:
        coded = coding(scenario, values, len(worlds))
        self.scenario = scenario
        self.observers = observers
        self.state = begin(scenario, worlds, coded, preferences(coded), seed)
        self.schedule: Schedule = schedule(scenario, values, seed, worlds)
        self.state.numbers = self.schedule.numbers
        self.addresses = addresses(scenario)
        errors = {
            s: noise(seed, side.id, coded.exists.shape, worlds) * values[side.opponents.noise.path]
            for s, side in enumerate(scenario.sides)
            if side.opponents.noise is not None
        }
        self.state.memory = remember(scenario, len(worlds))
        beliefs = Beliefs(scenario, len(worlds), errors)
        preparations = Preparations(scenario, self.state, beliefs)
        self.meetings = Meetings(scenario, self.state, self.schedule, preparations, observers)
        self.state.offering = {
            s: {key: values[number.path] for key, number in side.offering_numbers}
            for s, side in enumerate(scenario.sides)
        }
        self.environment = simpy.Environment()
        self.agenda: dict[int, list[tuple[Ints, bool]]] = {}
        self.follow_ups = np.zeros(len(worlds), dtype=np.intp)
        self.come = np.zeros((len(scenario.meetings), len(worlds)), dtype=bool)
        self.called = np.zeros(len(worlds), dtype=bool)

    def play(self) -> State:
        """Run the calendar to its end."""
        for observer in self.observers:
            observer.begins(self.state)
        for e in range(len(self.scenario.events)):
            for day, cohort in _by_day(self.schedule.event_day[e], self.schedule.happens[e]):
                self._at(day + e / (len(self.scenario.events) + 1) * _MEETINGS, self._event, e, day, cohort)
        everywhere = np.arange(len(self.state.worlds))
        for m in range(len(self.scenario.meetings)):
            self._fix(m, everywhere)
        self._fix_first_call(everywhere)
        self.environment.run()
        self.state.further |= (self.schedule.day > self.schedule.end).any(axis=0)
        return self.state

    def _fix(self, number: int, cohort: Ints) -> None:
        """Enter a scheduled meeting for its day in these worlds."""
        moment = _MEETINGS + (_CALLS - _MEETINGS) * number / len(self.scenario.meetings)
        for day, place in _by_day(self.schedule.day[number, cohort], np.ones(len(cohort), dtype=bool)):
            self._at(day + moment, self._scheduled, number, day, cohort[place])

    def _fix_first_call(self, cohort: Ints) -> None:
        """Enter the first call to meet again for the evening of the last scheduled meeting."""
        if self.scenario.follow_up is None or not self.scenario.meetings:
            return
        last = self.schedule.day[:, cohort].max(axis=0)
        for day, place in _by_day(last, np.ones(len(cohort), dtype=bool)):
            self._at(day + _CALLS, self._first_call, day, cohort[place])

    def _first_call(self, day: int, cohort: Ints) -> None:
        """Put the first call, where no event has moved the last meeting and none has brought the end before it."""
        due = ~self.called[cohort] & (self.schedule.day[:, cohort].max(axis=0) == day)
        self.called[cohort[due]] = True
        due &= day <= self.schedule.end[cohort]
        if due.any():
            self._enter(day, cohort[due], fixed=False)

    def _at(self, moment: float, act: Callable[..., None], *arguments: Any) -> None:
        def process() -> Generator[simpy.Event, None, None]:
            yield self.environment.timeout(max(0.0, moment - self.environment.now))
            act(*arguments)

        self.environment.process(process())

    def _event(self, number: int, day: int, cohort: Ints) -> None:
        event, state = self.scenario.events[number], self.state
        going_on = state.live[cohort] & state.open[:, cohort].any(axis=0)
        cohort = cohort[going_on & (day <= self.schedule.end[cohort])]
        if not len(cohort):
            return
        for observer in self.observers:
            observer.event(event, day, cohort)
        dates = {effect.path for effect in event.effects} & self.schedule.numbers.keys()
        for effect, amount in zip(event.effects, self.schedule.amounts[number], strict=True):
            if effect.path in dates:
                self.schedule.change(effect.path, effect.how, amount[cohort], cohort)
            if effect.path in self.addresses:
                state.coded.change(self.addresses[effect.path], effect.how, amount[cohort], cohort)
        changed = {self.addresses[effect.path][0] for effect in event.effects if effect.path in self.addresses}
        if changed:
            self._reconsider(changed, cohort)
        if dates:
            self._reschedule(dates, day, cohort)
        for observer in self.observers:
            observer.after_event(event, cohort)
        if event.ends_talks:
            state.live[cohort] = False
            state.broken[cohort] = True

    def _reschedule(self, changed: set[str], today: int, cohort: Ints) -> None:
        """Enter the meetings that an event has moved for their new days: today at the earliest."""
        moved = [m for m, meeting in enumerate(self.scenario.meetings) if meeting.day.path in changed]
        for m in moved:
            waiting = cohort[~self.come[m, cohort]]
            self.schedule.day[m, waiting] = np.maximum(self.schedule.day[m, waiting], today)
            self._fix(m, waiting)
        if moved:
            self._fix_first_call(cohort[~self.called[cohort]])
        self.schedule.count_rounds()

    def _reconsider(self, changed: set[str], cohort: Ints) -> None:
        """Work preferences out again after an event changed these numbers."""
        state = self.state
        if all(name in _NO_WORTH or name.startswith("settings.") for name in changed):
            state.wants.reservation = reservations(state.coded, state.wants.status_quo)
            return
        state.wants = preferences(state.coded)
        state.version[cohort] += 1
        state.worths += 1
        state.unvalued[:, cohort] = state.last_offer[:, 0, cohort] != NONE

    def _scheduled(self, number: int, day: int, cohort: Ints) -> None:
        meeting = self.scenario.meetings[number]
        cohort = cohort[~self.come[number, cohort] & (self.schedule.day[number, cohort] == day)]
        self.come[number, cohort] = True
        cohort = cohort[day <= self.schedule.end[cohort]]
        occasion = Occasion(
            meeting.id, meeting.title, meeting.venue, number, day, meeting.protocol, meeting, meeting.procedure
        )
        rounds = self.schedule.rounds[number, cohort]
        self.meetings.hold(occasion, cohort, rounds, meeting.parties, meeting.agenda, number)

    def _enter(self, day: int, cohort: Ints, fixed: bool) -> None:
        """Note that on this day the cohort meets (`fixed`), or that the call to meet again is put to it."""
        if day not in self.agenda:
            self.agenda[day] = []
            self._at(day + _CALLS, self._follow_ups, day)
        self.agenda[day].append((cohort, fixed))

    def _follow_ups(self, day: int) -> None:
        entries = [(cohort[day <= self.schedule.end[cohort]], fixed) for cohort, fixed in self.agenda[day]]
        for cohort, fixed in self.agenda.pop(day):
            if fixed:
                self.state.further[cohort[day > self.schedule.end[cohort]]] = True
        meeting = _joined([cohort for cohort, fixed in entries if fixed])
        follow_up = self.scenario.follow_up
        assert follow_up is not None
        held = self.follow_ups[meeting]
        for number in np.unique(held):
            cohort = meeting[held == number]
            order = len(self.scenario.meetings) + int(number)
            occasion = Occasion(
                f"follow_up_{number + 1}", "", "", order, day, follow_up.protocol, None, follow_up.procedure
            )
            self.follow_ups[cohort] += 1
            self.meetings.hold(occasion, cohort, self.schedule.follow_up_rounds[cohort], None, None, None)
        called = np.sort(np.concatenate([cohort for cohort, _ in entries]))
        self._call(day, called)

    def _call(self, day: int, cohort: Ints) -> None:
        """Put the call to meet again to the sides."""
        state = self.state
        waiting = state.live[cohort] & state.open[:, cohort].any(axis=0)
        cohort = cohort[waiting & (self.follow_ups[cohort] < self.schedule.at_most[cohort])]
        if not len(cohort):
            return
        says_yes = np.tile(state.moved[cohort], (len(self.scenario.sides), 1))
        still = np.flatnonzero(~state.moved[cohort])
        sitting = None
        if len(still):
            sitting = self.meetings.seat((None, None), cohort[still])
            says_yes[:, still] = has_more_to_give(sitting)
        yes = says_yes.all(axis=0)
        next_day = day + self.schedule.delay[cohort]
        for observer in self.observers:
            observer.call(state, sitting, cohort, day, says_yes, state.moved[cohort], next_day)
        for answer in (True, False):
            for later, place in _by_day(next_day, yes == answer):
                self._enter(later, cohort[place], fixed=answer)


def _by_day(day: Ints, where: Bools) -> list[tuple[int, Ints]]:
    """Cohorts of the worlds in `where` by day, in the order of days."""
    return [(int(one), np.flatnonzero(where & (day == one))) for one in np.unique(day[where])]


def _joined(cohorts: list[Ints]) -> Ints:
    return np.sort(np.concatenate(cohorts)) if cohorts else np.zeros(0, dtype=np.intp)
