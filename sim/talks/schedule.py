"""When meetings and events come in each world, and what share of the talks has passed then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.scenario.model import Scenario
from sim.talks.state import Bools, Ints
from sim.worlds.draws import Floats, Worlds, uniforms


@dataclass(slots=True)
class Schedule:
    """Dates and lengths in a block of worlds.

    Attributes
    ----------
    end
        The horizon in days, shape (worlds,).
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
    """

    end: Ints
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

    def times(self, scenario: Scenario, meeting: int | None, day: int, cohort: Ints, rounds: int) -> Floats:
        """Share of the talks that has passed in each round of a meeting (None: a follow-up), shape (rounds, cohort)."""
        if scenario.clock == "days":
            end = np.maximum(self.end[cohort], 1)
            passed = np.minimum(np.where(self.end[cohort] > 0, day / end, 1.0), 1.0)
            return np.tile(passed, (rounds, 1))
        if meeting is None:
            return np.ones((rounds, len(cohort)))
        number = self.before[meeting, cohort] + np.arange(rounds)[:, None]
        return np.asarray(np.minimum((number + 1) / (self.all_rounds[cohort] + 1), 1.0))


def schedule(scenario: Scenario, values: Mapping[str, Floats], seed: int, worlds: Worlds) -> Schedule:
    """Read the schedule off drawn values; whether an event happens is drawn here."""
    count = len(worlds)

    def whole(rows: list[Floats]) -> Ints:
        return np.stack(rows).astype(np.intp) if rows else np.zeros((0, count), dtype=np.intp)

    day = whole([values[meeting.day.path] for meeting in scenario.meetings])
    rounds = whole([values[meeting.rounds.path] for meeting in scenario.meetings])
    before = np.zeros_like(rounds)
    for m in range(len(rounds)):
        for other in range(len(rounds)):
            earlier = (day[other] < day[m]) | ((day[other] == day[m]) & (other < m))
            before[m] += np.where(earlier, rounds[other], 0)
    follow_up = scenario.follow_up
    nothing = np.zeros(count)
    at_least = scenario.agreement.at_least
    happens = [
        uniforms(seed, f"events.{event.id}.happens", worlds) < values[event.probability.path]
        for event in scenario.events
    ]
    return Schedule(
        end=values[scenario.end_day.path].astype(np.intp),
        day=day,
        rounds=rounds,
        before=before,
        all_rounds=np.add.reduce(rounds, axis=0),
        event_day=whole([values[event.day.path] for event in scenario.events]),
        happens=np.stack(happens) if happens else np.zeros((0, count), dtype=bool),
        amounts=[[values[effect.amount.path] for effect in event.effects] for event in scenario.events],
        delay=(values[follow_up.after_days.path] if follow_up else nothing).astype(np.intp),
        at_most=(values[follow_up.at_most.path] if follow_up else nothing).astype(np.intp),
        follow_up_rounds=(values[follow_up.rounds.path] if follow_up else nothing).astype(np.intp),
        needed=values[at_least.path] if at_least else np.full(count, float(len(scenario.sides))),
    )
