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

from sim.arrays.kinds import Bools, Floats, Ints
from sim.parties.opponents import noise
from sim.scenario.model import Quantity, Scenario
from sim.scenario.quantities import quantities
from sim.talks.follow_up import Answers, ask
from sim.talks.meeting import Meetings
from sim.talks.observer import Observer, Occasion
from sim.talks.ratification import Home, homes, passes
from sim.talks.schedule import Schedule, schedule
from sim.talks.seats.beliefs import Beliefs
from sim.talks.seats.memory import remember
from sim.talks.seats.preparation import Preparations
from sim.talks.state import NONE, State, begin
from sim.worlds.coding import addresses, coding
from sim.worlds.draws import Worlds, draw, uniforms
from sim.worlds.preferences import preferences, reservations

_NO_WORTH = (
    "reservation",
    "reservation_value",
    "walk_out",
    "threshold",
    "pace",
    "deadline",
    "scenario_deadline",
    "red",
)
"""Numbers on which the worth of options does not depend."""

_LADDERS = {"threshold", "red"}
"""Of these, numbers on which it depends which options a side can carry, and what is on the table for a party."""

_PATIENCE = ("deadline", "scenario_deadline")
"""Numbers on which it depends how long the sides are willing to meet."""

_MEETINGS = 0.25
_CALLS = 0.75
_VOTES = 0.9


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
        self.schedule: Schedule = schedule(scenario, values, coded.deadline, seed, worlds)
        self.state.numbers, self.state.needed = self.schedule.numbers, self.schedule.needed
        for s, side in enumerate(scenario.sides):
            if isinstance(side.package_only, Quantity):
                luck = uniforms(seed, f"{side.package_only.path}.holds", worlds)
                self.state.insists[s] = luck < values[side.package_only.path]
            else:
                self.state.insists[s] = side.package_only
        self.addresses = addresses(scenario)
        errors = {
            s: noise(seed, side.id, coded.exists.shape, worlds) * values[side.opponents.noise.path]
            for s, side in enumerate(scenario.sides)
            if side.opponents.noise is not None
        }
        self.state.memory = remember(scenario, len(worlds))
        beliefs = Beliefs(scenario, len(worlds), errors)
        preparations = Preparations(scenario, self.state, beliefs)
        self.preparations = preparations
        self.meetings = Meetings(scenario, self.state, self.schedule, preparations, observers)
        self.state.offering = {
            s: {key: values[number.path] for key, number in side.offering_numbers}
            for s, side in enumerate(scenario.sides)
        }
        self.environment = simpy.Environment()
        self.follow_ups = np.zeros(len(worlds), dtype=np.intp)
        self.called_on, self.next_day = (np.full(len(worlds), NONE, dtype=np.intp) for _ in range(2))
        self.fixed = np.zeros(len(worlds), dtype=bool)  # whether they meet then, or are called again
        self.entered: set[int] = set()  # days on which somebody does either
        self.come = np.zeros((len(scenario.meetings), len(worlds)), dtype=bool)
        self.called = np.zeros(len(worlds), dtype=bool)
        self.signed = np.zeros(len(worlds), dtype=bool)  # whether votes at home have been entered

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
        self._look_ahead()
        return self.state

    def _look_ahead(self) -> None:
        """Note where talks go on beyond the end: a meeting is scheduled, or all sides would be willing to meet."""
        state, end = self.state, self.schedule.end
        state.further |= (self.schedule.day > end).any(axis=0)
        if self.scenario.follow_up is None:
            return
        open_ = np.flatnonzero(state.live & state.open.any(axis=0))
        if len(open_):
            state.willing[open_] = self._ask(end[open_], open_).willing.all(axis=0)

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
            self._enter(cohort[due], np.full(np.count_nonzero(due), day), np.zeros(np.count_nonzero(due), dtype=bool))

    def _at(self, moment: float, act: Callable[..., None], *arguments: Any) -> None:
        def process() -> Generator[simpy.Event, None, None]:
            yield self.environment.timeout(max(0.0, moment - self.environment.now))
            act(*arguments)

        self.environment.process(process())

    def _event(self, number: int, day: int, cohort: Ints) -> None:
        event, state = self.scenario.events[number], self.state
        going_on = state.live[cohort] & state.open[:, cohort].any(axis=0)
        cohort = cohort[(going_on & (day <= self.schedule.end[cohort])) | (state.awaiting[cohort] > 0)]
        for issue, options in event.settled:
            cohort = cohort[np.isin(state.settled[issue, cohort], options)]
        for issue in event.unsettled:
            cohort = cohort[state.settled[issue, cohort] == NONE]
        if not len(cohort):
            return
        for observer in self.observers:
            observer.event(event, day, cohort)
        patience = state.coded.deadline[:, cohort]
        dates = {effect.path for effect in event.effects} & self.schedule.numbers.keys()
        for effect, amount in zip(event.effects, self.schedule.amounts[number], strict=True):
            if effect.path in dates:
                to_come = cohort[~self._has_come(effect.path, cohort)]
                self.schedule.change(effect.path, effect.how, amount[to_come], to_come, day)
            if effect.path in self.addresses:
                state.coded.change(self.addresses[effect.path], effect.how, amount[cohort], cohort)
        changed = {self.addresses[effect.path][0] for effect in event.effects if effect.path in self.addresses}
        if changed:
            self._reconsider(changed, cohort)
        moved = state.coded.deadline[:, cohort]
        state.coded.deadline[:, cohort] = np.where(moved != patience, np.maximum(moved, day), moved)
        self._reschedule(dates, day, cohort)
        for observer in self.observers:
            observer.after_event(event, cohort)
        if event.ends_talks:
            cohort = cohort[state.awaiting[cohort] == 0]  # what is signed is not taken back by that
            ended = cohort[state.live[cohort]]
            state.ended_by[ended], state.ended_on[ended] = number, day
            state.live[cohort] = False
            state.broken[cohort] = True

    def _reschedule(self, changed: set[str], today: int, cohort: Ints) -> None:
        """Enter the meetings that an event has moved for their new days: today at the earliest."""
        moved = [m for m, meeting in enumerate(self.scenario.meetings) if meeting.day.path in changed]
        for m in moved:
            self._fix(m, cohort[~self.come[m, cohort]])
        if moved:
            self._fix_first_call(cohort[~self.called[cohort]])
        self.schedule.count_rounds()
        waiting = cohort[(self.called_on[cohort] != NONE) & (self.next_day[cohort] != NONE)]
        if len(waiting):  # deadlines and the rhythm may have moved
            later = np.maximum(self.schedule.next_day(self.called_on[waiting], waiting), today)
            other = later != self.next_day[waiting]
            if other.any():
                self._enter(waiting[other], later[other], self.fixed[waiting[other]])

    def _has_come(self, path: str, cohort: Ints) -> Bools:
        """Whether what this number says has taken place already, a meeting that was held; shape (cohort,)."""
        for m, meeting in enumerate(self.scenario.meetings):
            if path in (meeting.day.path, meeting.rounds.path):
                return np.asarray(self.come[m, cohort])
        return np.zeros(len(cohort), dtype=bool)

    def _reconsider(self, changed: set[str], cohort: Ints) -> None:
        """Work preferences out again after an event changed these numbers."""
        state = self.state
        if changed & _LADDERS:
            state.version[cohort] += 1
            state.worths += 1
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
        self._to_be_ratified(day, cohort)

    def _to_be_ratified(self, day: int, cohort: Ints) -> None:
        """Enter the votes at home on what has been signed on a day in some of these worlds."""
        if not len(self.state.voted):
            return
        signed = cohort[~self.state.open[:, cohort].any(axis=0) & ~self.signed[cohort]]
        self.signed[signed] = True
        for h, home in enumerate(homes(self.scenario)):
            terms, numbers = home.terms, self.state.numbers
            if not terms.dated or not len(signed):
                continue
            days = np.full(len(signed), day)
            if terms.day is not None:
                days = np.maximum(numbers[terms.day.path][signed].astype(np.intp), day)
            elif terms.after_days is not None:
                days = day + numbers[terms.after_days.path][signed].astype(np.intp)
            self._enter_votes(h, home, days, signed)

    def _enter_votes(self, h: int, home: Home, days: Ints, worlds: Ints, again: bool = False) -> None:
        """Enter the vote of one home for these days, (worlds,)."""
        self.state.awaiting[worlds] += 1
        for day, places in _by_day(days, np.ones(len(worlds), dtype=bool)):
            self._at(day + _VOTES, self._vote, h, home, day, worlds[places], again)

    def _vote(self, h: int, home: Home, day: int, worlds: Ints, again: bool) -> None:
        """Hold the vote of one home; after a no there may be a second one."""
        state = self.state
        yes = passes(home, state, np.maximum(state.standing(), 0), again)[worlds]
        state.voted[h, worlds] = yes
        for observer in self.observers:
            observer.vote_at_home(home, day, yes, again, worlds)
        second = home.terms.again
        if second is not None and not again and not yes.all():
            refused = worlds[~yes]
            after = state.numbers[second.after_days.path][refused].astype(np.intp)
            self._enter_votes(h, home, day + np.maximum(after, 1), refused, again=True)
        state.awaiting[worlds] -= 1

    def _enter(self, cohort: Ints, days: Ints, fixed: Bools) -> None:
        """Note on which days the cohort meets again (where it is `fixed`) or is called again; all (cohort,)."""
        self.next_day[cohort], self.fixed[cohort] = days, fixed
        for day in np.unique(days).tolist():
            if day not in self.entered:
                self.entered.add(day)
                self._at(day + _CALLS, self._follow_ups, day)

    def _follow_ups(self, day: int) -> None:
        """Hold the follow-ups of a day, and put the calls to meet again of that evening."""
        self.entered.discard(day)
        cohort = np.flatnonzero((self.next_day == day) & (day <= self.schedule.end))
        if not len(cohort):
            return
        meeting = cohort[self.fixed[cohort]]
        self.next_day[cohort] = NONE
        follow_up = self.scenario.follow_up
        assert follow_up is not None
        held = self.follow_ups[meeting]
        for number in np.unique(held):
            some = meeting[held == number]
            order = len(self.scenario.meetings) + int(number)
            occasion = Occasion(
                f"follow_up_{number + 1}", "", "", order, day, follow_up.protocol, None, follow_up.procedure
            )
            self.follow_ups[some] += 1
            self.meetings.hold(occasion, some, self.schedule.follow_up_rounds[some], None, None, None)
            self._to_be_ratified(day, some)
        self._call(day, cohort)

    def _call(self, day: int, cohort: Ints) -> None:
        """Put the call to meet again to the sides."""
        state = self.state
        waiting = state.live[cohort] & state.open[:, cohort].any(axis=0)
        cohort = cohort[waiting & (self.follow_ups[cohort] < self.schedule.at_most[cohort])]
        if not len(cohort):
            return
        today = np.full(len(cohort), day)
        answers = self._ask(today, cohort)
        yes = np.asarray(answers.willing.all(axis=0))
        next_day = self.schedule.next_day(today, cohort)
        again = ~yes & ~(answers.used_up.any(axis=0) & ~self._can_be_prolonged(day, cohort))
        for observer in self.observers:
            observer.call(cohort, day, answers, next_day, again)
        self.called_on[cohort] = day
        further = yes | again
        self._enter(cohort[further], next_day[further], yes[further])

    def _ask(self, days: Ints, cohort: Ints) -> Answers:
        """Whether the sides would meet again on these days, (cohort,)."""
        if self.scenario.clock == "days":
            time = self.schedule.clock(days, cohort)
            used_up = time >= 1.0
        else:
            time = self.state.time[:, cohort]
            used_up = np.broadcast_to(self.follow_ups[cohort] > 0, time.shape)
        return ask(self.preparations, cohort, time, used_up)

    def _can_be_prolonged(self, day: int, cohort: Ints) -> Bools:
        """Whether an event is still to come that can give the sides more patience, shape (cohort,)."""
        found = np.zeros(len(cohort), dtype=bool)
        if self.scenario.clock == "rounds":
            return found
        for e, event in enumerate(self.scenario.events):
            if any(self.addresses.get(effect.path, ("",))[0] in _PATIENCE for effect in event.effects):
                found |= self.schedule.happens[e, cohort] & (self.schedule.event_day[e, cohort] > day)
        return found


def _by_day(day: Ints, where: Bools) -> list[tuple[int, Ints]]:
    """Cohorts of the worlds in `where` by day, in the order of days."""
    return [(int(one), np.flatnonzero(where & (day == one))) for one in np.unique(day[where])]
