"""When meetings and events come in each world, when patience is used up, and how much of it is by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.scenario.distributions import LARGEST
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.talks.ratification import home_numbers
from sim.talks.seats.ahead import Ahead
from sim.worlds.draws import Worlds, happens


@dataclass(slots=True)
class Schedule:
    """Dates and lengths in a block of worlds.

    Attributes
    ----------
    end
        How long the talks are watched, in days, shape (worlds,).
    deadline
        The day on which each side's patience is used up, shape (sides, worlds).
    day, rounds, before
        Day and rounds of each scheduled meeting, and the rounds of all that come before it; (meetings, worlds).
    all_rounds
        Rounds of all scheduled meetings, shape (worlds,).
    event_day, happens, amounts
        Day of each event and whether it happens at all, shape (events, worlds); the amounts of its effects, by event
        and effect, each of shape (worlds,).
    delay, at_most, follow_up_rounds
        Of follow-ups, shape (worlds,); zeros where the scenario has none.
    needed
        How many sides must assent, shape (worlds,).
    drafts
        Drafts that the caucus of a side can circulate before a meeting, by side, shape (worlds,).
    numbers
        Rows of these arrays, and the numbers of ratifications, by path: what events can change.
    legal
        Lowest and highest value of each of them, and whether it is whole.
    dates
        Paths of those that are days.
    raw
        Those that events have changed as the effects add up, before they are rounded and kept in their legal ranges.
    """

    end: Ints
    deadline: Floats
    day: Ints
    rounds: Ints
    before: Ints
    all_rounds: Ints
    event_day: Ints
    happens: Bools
    amounts: list[list[Floats]]
    delay: Ints
    at_most: Ints
    follow_up_rounds: Ints
    needed: Floats
    drafts: dict[int, Ints]
    numbers: dict[str, Ints | Floats]
    legal: dict[str, tuple[float, float, bool]]
    dates: frozenset[str] = frozenset()
    raw: dict[str, Floats] = field(default_factory=dict)

    def change(self, path: str, how: str, amount: Floats, worlds: Ints, today: int = 0) -> None:
        """Apply an event's effect to a number in the worlds with these places in the block.

        Effects add up; the result is rounded half up where it is whole, and kept in its legal range. A date before
        `today`, the day of the event, means today.
        """
        row = self.numbers[path]
        low, high, whole = self.legal[path]
        if path in self.dates:
            low = max(low, float(today))
        raw = self.raw.setdefault(path, row.astype(np.float64))
        added_up = {"add": raw[worlds] + amount, "times": raw[worlds] * amount, "set": amount}[how]
        new = raw[worlds] = np.clip(added_up, -LARGEST, LARGEST)
        row[worlds] = np.clip(np.floor(new + 0.5) if whole else new, low, high).astype(row.dtype)

    def count_rounds(self) -> None:
        """Count the rounds before each meeting again, after dates or rounds have changed."""
        self.before = _before(self.day, self.rounds)
        self.all_rounds = np.add.reduce(self.rounds, axis=0)

    def clock(self, day: int | Ints, cohort: Ints) -> Floats:
        """Share of each side's patience that is used up on a day (an integer or (cohort,)); shape (sides, cohort)."""
        last = self.deadline[:, cohort]
        return np.where(last > 0.0, np.minimum(day / np.maximum(last, 1.0), 1.0), 1.0)

    def times(self, scenario: Scenario, meeting: int | None, day: int, cohort: Ints, rounds: int) -> Floats:
        """Share of the time that has passed for each side in each round of a meeting (None: a follow-up).

        Shape (rounds, sides, cohort).
        """
        shape = (rounds, len(self.deadline), len(cohort))
        if scenario.clock == "days":
            return np.broadcast_to(self.clock(day, cohort), shape)
        if meeting is None:
            return np.ones(shape)
        before, all_rounds = self.before[meeting, cohort], self.all_rounds[cohort]
        if (before == before[0]).all() and (all_rounds == all_rounds[0]).all():  # one number a round for all worlds
            before, all_rounds = before[:1], all_rounds[:1]
        number = before + np.arange(rounds)[:, None]
        return np.broadcast_to(np.minimum((number + 1) / (all_rounds + 1), 1.0)[:, None], shape)

    def next_day(self, called: Ints, cohort: Ints) -> Ints:
        """When the sides meet next, or are called again, after the call on a day; both days have shape (cohort,).

        That is as many days later as follow-ups take, or on the first day before that on which a side's deadline falls.
        """
        usual = called + self.delay[cohort]
        last = self.deadline[:, cohort]
        sooner = np.minimum.reduce(np.where(last > called, last, usual), axis=0)
        return np.asarray(np.minimum(usual, sooner), dtype=np.intp)

    def ahead(self, meeting: int | None, day: int, cohort: Ints, rounds: Ints, held: Ints) -> Ahead:
        """Where a meeting (None: a follow-up) of so many rounds stands, after so many; all (cohort,)."""
        if meeting is None:
            nothing = np.zeros(len(cohort), dtype=np.intp)
            return Ahead(rounds, nothing, held, nothing, self.delay[cohort])
        days, order = self.day[:, cohort], np.arange(len(self.day))[:, None]
        later = (days > day) | ((days == day) & (order > meeting))
        to_next = np.where(later, days - day, np.iinfo(np.intp).max).min(axis=0)
        return Ahead(
            rounds=rounds,
            rounds_after=np.where(later, self.rounds[:, cohort], 0).sum(axis=0),
            meetings=held,
            meetings_left=later.sum(axis=0),
            days_to_next=np.where(later.any(axis=0), to_next, self.delay[cohort]),
        )


def schedule(scenario: Scenario, values: Mapping[str, Floats], deadline: Floats, seed: int, worlds: Worlds) -> Schedule:
    """Read the schedule off drawn values; whether an event happens is drawn here.

    `deadline` (sides, worlds) is kept as it is, so that the schedule knows what events make of it.
    """
    count = len(worlds)

    def whole(rows: list[Floats]) -> Ints:
        return np.stack(rows).astype(np.intp) if rows else np.zeros((0, count), dtype=np.intp)

    day = whole([values[meeting.day.path] for meeting in scenario.meetings])
    rounds = whole([values[meeting.rounds.path] for meeting in scenario.meetings])
    follow_up = scenario.follow_up
    nothing = np.zeros(count)
    happening = [happens(event, values[event.probability.path], seed, worlds) for event in scenario.events]
    made = Schedule(
        end=values[scenario.end_day.path].astype(np.intp),
        deadline=deadline,
        day=day,
        rounds=rounds,
        before=_before(day, rounds),
        all_rounds=np.add.reduce(rounds, axis=0),
        event_day=whole([values[event.day.path] for event in scenario.events]),
        happens=np.stack(happening) if happening else np.zeros((0, count), dtype=bool),
        amounts=[[values[effect.amount.path] for effect in event.effects] for event in scenario.events],
        delay=(values[follow_up.after_days.path] if follow_up else nothing).astype(np.intp),
        at_most=(values[follow_up.at_most.path] if follow_up else nothing).astype(np.intp),
        follow_up_rounds=(values[follow_up.rounds.path] if follow_up else nothing).astype(np.intp),
        needed=_needed(scenario, values, count),
        drafts={
            s: values[side.caucus.path].astype(np.intp)
            for s, side in enumerate(scenario.sides)
            if side.caucus is not None
        },
        numbers={},
        legal={},
        dates=frozenset({scenario.end_day.path, *(meeting.day.path for meeting in scenario.meetings)}),
    )
    made.numbers = {**dict(_rows(scenario, made)), **home_numbers(scenario, values)}
    known = quantities(scenario)
    made.legal = {path: (known[path].low, known[path].high, known[path].whole) for path in made.numbers}
    return made


def _needed(scenario: Scenario, values: Mapping[str, Floats], count: int) -> Floats:
    """How many sides must assent, shape (count,); none where a council says who must."""
    at_least = scenario.agreement.at_least
    if scenario.council:
        return np.zeros(count)
    return values[at_least.path] if at_least else np.full(count, float(len(scenario.sides)))


def _before(day: Ints, rounds: Ints) -> Ints:
    """Rounds of all meetings that come before each, by date, then by order in the file; (meetings, worlds)."""
    before = np.zeros_like(rounds)
    for m in range(len(rounds)):
        for other in range(len(rounds)):
            earlier = (day[other] < day[m]) | ((day[other] == day[m]) & (other < m))
            before[m] += np.where(earlier, rounds[other], 0)
    return before


def _rows(scenario: Scenario, made: Schedule) -> Iterator[tuple[str, Ints]]:
    """The numbers that an event can change, by path."""
    yield scenario.end_day.path, made.end
    for meeting, day, rounds in zip(scenario.meetings, made.day, made.rounds, strict=True):
        yield meeting.day.path, day
        yield meeting.rounds.path, rounds
    if scenario.follow_up is not None:
        yield scenario.follow_up.after_days.path, made.delay
        yield scenario.follow_up.at_most.path, made.at_most
        yield scenario.follow_up.rounds.path, made.follow_up_rounds
    for s, drafts in made.drafts.items():
        caucus = scenario.sides[s].caucus
        assert caucus is not None
        yield caucus.path, drafts
