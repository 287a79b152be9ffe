"""Who is told what happens in a meeting: statistics over all worlds, and the minutes of a traced one."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.arrays.kinds import Bools, Floats, Ints
from sim.scenario.model import Chair, Event, Meeting, Procedure
from sim.talks.division import Votes
from sim.talks.follow_up import Answers
from sim.talks.ratification import Home
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.caucus import Caucus
from sim.talks.seats.sitting import Sitting
from sim.talks.state import State
from sim.worlds.packages import Packages


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
    procedure: Procedure = field(default_factory=Procedure)


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
    aspiration, threshold
        What its members demand, and from what worth on they accept; shape (members, cohort).
    answers_only
        Whether the side can but answer in this turn: its own offer lies on the table already.
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
    threshold: Floats
    answers_only: bool = False


class Observer:
    """Is told of everything; does nothing with it."""

    @classmethod
    def hears_turns(cls) -> bool:
        """Whether it does anything with the turns in a round."""
        return cls.turn is not Observer.turn

    def begins(self, state: State) -> None:
        """A block of worlds begins its talks."""

    def event(self, event: Event, day: int, worlds: Ints) -> None:
        """An event happens in these worlds of the block; its effects are yet to come."""

    def after_event(self, event: Event, worlds: Ints) -> None:
        """Its effects have come."""

    def caucus(self, occasion: Occasion, sitting: Sitting, i: int, came: Caucus) -> None:
        """The members of the i-th side have met before this meeting to settle their common position."""

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:
        """A cohort meets."""

    def round_begins(self, sitting: Sitting, number: int, time: Floats) -> None:
        """A round begins (counted from 0); `time` has passed for each side, (sides, cohort)."""

    def text(self, appraisal: Appraisal, chair: Chair, before: Packages, text: Packages, final: Bools) -> None:
        """The chair puts its text (issues, cohort); before the first of a meeting `before` is -1 throughout."""

    def turn(self, sitting: Sitting, turn: Turn) -> None:
        """A side has acted, but for its offer being on the table."""

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:
        """A round ends in the worlds in `active`, in some by agreement."""

    def put_to_whole(
        self, wholes: Sitting, i: int, package: Packages, demands: tuple[Floats, Floats], passed: Bools
    ) -> None:
        """What was agreed ad referendum is put to a side that was not wholly present, the i-th of `wholes`.

        `package` has shape (issues, cohort), `demands` and from what worth on they accept (members, cohort), `passed`
        (cohort,).
        """

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:
        """The meeting ends; where `agreed`, the agreement `stands` if every whole side passes it."""

    def harvest(self, wholes: Sitting, issue: int, trial: Packages, same: Bools, settled: Bools) -> None:
        """An issue on which enough sides' last offers are the `same` is settled by itself, or not.

        `wholes` seats every side as a whole in the worlds in which it is on common ground; `trial` (issues, cohort)
        is the partial deal with this issue, `same` has shape (sides, cohort), `settled` (cohort,).
        """

    def division(self, votes: Votes) -> None:
        """The vote on what has just been settled, see `sim.talks.division`; shape (parties, cohort)."""

    def walk_out(self, party: int, worlds: Ints) -> None:
        """A party's side leaves for good."""

    def vote_at_home(self, home: Home, day: int, yes: Bools, again: bool, worlds: Ints) -> None:
        """A home votes on what is signed, on a day of its own, for the first time or `again`; `yes` is (worlds,)."""

    def call(self, worlds: Ints, day: int, answers: Answers, next_day: Ints, again: Bools) -> None:
        """The sides answer the call to meet again in some worlds.

        `next_day` is when they meet or, where not all are willing, the call is put `again` if anything can still change
        their answers; both of shape (worlds,).
        """
