"""Who is told what happens in a meeting: statistics over all worlds, and the minutes of a traced one."""

from __future__ import annotations

from dataclasses import dataclass

from sim.parties.ladder import Packages
from sim.scenario.model import Event, Meeting
from sim.talks.sitting import Sitting
from sim.talks.state import Bools, Ints, State
from sim.worlds.draws import Floats


@dataclass(frozen=True, slots=True)
class Occasion:
    """A meeting as it is held: a scheduled one, or the so-manieth follow-up (from 1)."""

    id: str
    title: str
    venue: str
    order: int
    day: int
    protocol: str
    meeting: Meeting | None = None


@dataclass(slots=True)
class Turn:
    """One side's turn in a cohort of worlds.

    Attributes
    ----------
    delegation
        Place of the side among the delegations of the sitting.
    table, owner
        The offer that it found on the table (issues, cohort), and whose it was (cohort,), -1 if none.
    facing
        Where that was an offer which it had neither made nor accepted.
    accepts, stands, offers
        Where it accepts it; where it does not but lets it stand; where it makes an offer.
    package, candidate
        The offer (issues, cohort), and its place in the side's repertoire (cohort,).
    acting
        Where it had its turn.
    aspiration
        What its members demand, shape (members, cohort).
    """

    delegation: int
    table: Packages
    owner: Ints
    facing: Bools
    accepts: Bools
    stands: Bools
    offers: Bools
    package: Packages
    candidate: Ints
    acting: Bools
    aspiration: Floats


class Observer:
    """Is told of everything; does nothing with it."""

    def begins(self, state: State) -> None:
        """A block of worlds begins its talks."""

    def event(self, event: Event, day: int, worlds: Ints) -> None:
        """An event happens in these worlds of the block."""

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:
        """A cohort meets."""

    def round_begins(self, sitting: Sitting, number: int, time: Floats) -> None:
        """A round begins (counted from 0)."""

    def turn(self, sitting: Sitting, turn: Turn) -> None:
        """A side has acted, but for its offer being on the table."""

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:
        """A round ends in the worlds in `active`, in some by agreement."""

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:
        """The meeting ends; where `agreed`, the agreement `stands` if every whole side passes it."""

    def harvest(self, sitting: Sitting, issue: int, option: Ints, common: Bools, settled: Bools) -> None:
        """Issues on which the sides' last offers agree are settled one by one, or not."""

    def walk_out(self, party: int, worlds: Ints) -> None:
        """A party's side leaves for good."""

    def call(self, state: State, worlds: Ints, day: int, says_yes: Bools, moved: Bools, next_day: Ints) -> None:
        """The sides answer the call to meet again; `says_yes` has shape (sides, worlds)."""
