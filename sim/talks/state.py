"""What has happened so far in a block of worlds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats, Ints
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding
from sim.worlds.draws import Worlds
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import Preferences

if TYPE_CHECKING:
    from sim.talks.seats.memory import Memory

Scalar = TypeVar("Scalar", bound=np.generic)
NONE = -1
"""Marks an issue that is open, an option or offer that is not there."""


@dataclass(slots=True)
class State:
    """The state of the talks.

    Attributes
    ----------
    worlds
        Indices of the worlds, shape (worlds,).
    coded, wants
        Raw numbers and preferences, which events change.
    settled
        Option agreed on each issue, `NONE` while open; shape (issues, worlds).
    first_offer, last_offer
        Packages by side, `NONE` throughout while a side made no offer; shape (sides, issues, worlds).
    adopted
        The first and the latest offer that each side has accepted while it had made none, which stand for its own;
        `NONE` where there is none; shape (2, sides, issues, worlds).
    last_turn
        When each side made its last offer, counted in turns over all talks; shape (sides, worlds).
    insists
        Which sides settle nothing but the whole package, shape (sides, worlds).
    signed
        Which sides have assented to what is settled, shape (sides, worlds); kept where deals are ratified.
    outvoted
        Which parties objected to what their side signed last, shape (parties, worlds); kept where deals are ratified.
    needed
        How many sides must assent, shape (worlds,).
    live
        Whether the talks go on, shape (worlds,).
    broken
        Whether a walk-out or an event ended them, shape (worlds,).
    ended_by
        The event that did, by its place in the file, `NONE` where none did; shape (worlds,).
    ended_on
        The day on which it did, `NONE` where none did; shape (worlds,).
    further
        Whether a meeting is scheduled for a day after the end, shape (worlds,).
    willing
        Whether all sides would be willing to meet again at the end, shape (worlds,).
    day, meetings, rounds
        Day of the last meeting (-1: none), meetings and rounds held; shape (worlds,).
    heard
        Best utility offered to each party so far, shape (parties, worlds).
    unimproved
        Meetings in a row without a better offer, shape (parties, worlds).
    time
        Share of the time that had passed for each side at the last act, shape (sides, worlds).
    offer_value
        Utility of each side's last offer to every party, shape (sides, parties, worlds); 0 where there is none.
    unvalued
        Where that is yet to be worked out, shape (sides, worlds).
    version
        Counts the changes of worths and of what is settled, shape (worlds,).
    worths
        Counts the changes of worths and red lines in any world.
    seed
        Seed of the run.
    numbers
        Numbers of the calendar and of ratifications by path, after events, each of shape (worlds,).
    text
        The chair's single text as it stood at the end of the last meeting that had one, `NONE` throughout before;
        shape (issues, worlds).
    broke_silence
        How often each party broke silence in the caucus of its side, shape (parties, worlds).
    votes
        How each party voted on what was settled last, see `sim.talks.division`; shape (parties, worlds), without rows
        where votes are not told.
    voted
        How each home has voted on a day of its own, 1 for yes and 0 for no, `NONE` where it has not; shape (homes,
        worlds), without rows where all vote when the talks are over.
    awaiting
        How many such votes are to come on what is signed, shape (worlds,).
    memory
        What has been offered and demanded, None where no party's policy depends on it.
    offering
        Numeric settings of the sides' offering policies, by side and name, each (worlds,).
    """

    worlds: Worlds
    coded: Coding
    wants: Preferences
    settled: Packages
    first_offer: Packages
    last_offer: Packages
    adopted: Packages
    last_turn: Ints
    signed: Bools
    outvoted: Bools
    needed: Floats
    insists: Bools
    live: Bools
    broken: Bools
    ended_by: Ints
    ended_on: Ints
    further: Bools
    willing: Bools
    day: Ints
    meetings: Ints
    rounds: Ints
    heard: Floats
    unimproved: Ints
    time: Floats
    offer_value: Floats
    unvalued: Bools
    version: Ints
    text: Packages
    broke_silence: Ints
    numbers: dict[str, Ints | Floats]
    votes: NDArray[np.int8]
    voted: NDArray[np.int8]
    awaiting: Ints
    seed: int = 0
    worths: int = 0
    memory: Memory | None = None
    offering: dict[int, dict[str, Floats]] = field(default_factory=dict)

    @property
    def open(self) -> Bools:
        """Which issues are not settled, shape (issues, worlds)."""
        return np.asarray(self.settled == NONE)

    def standing(self, cohort: Ints | slice = slice(None)) -> Packages:
        """What holds now in some worlds: settled options, on the rest the status quo (`NONE` where there is none)."""
        settled = self.settled[:, cohort]
        return np.where(settled == NONE, self.coded.status_quo[:, None].astype(PACKAGE), settled)


def taken(array: NDArray[Scalar], cohort: Ints) -> NDArray[Scalar]:
    """What an array (..., worlds) of the block holds for a cohort, to be read only: no copy of worlds side by side."""
    count = len(cohort)
    if count and cohort[-1] - cohort[0] == count - 1:
        return array[..., cohort[0] : cohort[0] + count]
    return array.take(cohort, axis=-1, mode="clip")


def stood_by(offers: Packages, adopted: Packages) -> Packages:
    """What each side stands by: its own offer, else the one that it has accepted; all (sides, issues, n)."""
    silent = offers[:, :1] == NONE
    return np.where(silent, adopted, offers) if silent.any() else offers


def begin(scenario: Scenario, worlds: Worlds, coded: Coding, wants: Preferences, seed: int = 0) -> State:
    """The state before the first meeting."""
    parties, issues, sides, count = len(scenario.parties), len(scenario.issues), len(scenario.sides), len(worlds)
    return State(
        worlds=worlds,
        coded=coded,
        wants=wants,
        settled=np.full((issues, count), NONE, dtype=PACKAGE),
        first_offer=np.full((sides, issues, count), NONE, dtype=PACKAGE),
        last_offer=np.full((sides, issues, count), NONE, dtype=PACKAGE),
        adopted=np.full((2, sides, issues, count), NONE, dtype=PACKAGE),
        last_turn=np.full((sides, count), NONE, dtype=np.intp),
        signed=np.zeros((sides, count), dtype=bool),
        outvoted=np.zeros((parties, count), dtype=bool),
        needed=np.full(count, float(sides)),
        insists=np.zeros((sides, count), dtype=bool),
        live=np.ones(count, dtype=bool),
        broken=np.zeros(count, dtype=bool),
        ended_by=np.full(count, NONE, dtype=np.intp),
        ended_on=np.full(count, NONE, dtype=np.intp),
        further=np.zeros(count, dtype=bool),
        willing=np.zeros(count, dtype=bool),
        day=np.full(count, NONE, dtype=np.intp),
        meetings=np.zeros(count, dtype=np.intp),
        rounds=np.zeros(count, dtype=np.intp),
        heard=np.full((parties, count), -np.inf),
        unimproved=np.zeros((parties, count), dtype=np.intp),
        time=np.zeros((sides, count)),
        offer_value=np.zeros((sides, parties, count)),
        unvalued=np.zeros((sides, count), dtype=bool),
        version=np.zeros(count, dtype=np.intp),
        text=np.full((issues, count), NONE, dtype=PACKAGE),
        broke_silence=np.zeros((parties, count), dtype=np.intp),
        numbers={},
        voted=np.full((_homes(scenario) if scenario.ratified_later else 0, count), NONE, dtype=np.int8),
        awaiting=np.zeros(count, dtype=np.intp),
        votes=np.full((parties if scenario.told_by_votes else 0, count), NONE, dtype=np.int8),
        seed=seed,
    )


def _homes(scenario: Scenario) -> int:
    """How many ratify a deal."""
    ratified = [side.ratification for side in scenario.sides] + [party.ratification for party in scenario.parties]
    return sum(one is not None for one in ratified)
