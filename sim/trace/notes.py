"""What happened between the meetings of one world: events, calls to meet again, caucuses, ratification."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import ClassVar

from sim.trace.effects import Change
from sim.trace.packages import Package
from sim.trace.procedures import Circulated, HomeAnswer

Day = date


@dataclass(slots=True)
class Happened:
    """An event, with what it changed, and whether it ended the talks."""

    kind: ClassVar[str] = "event"
    date: date
    title: str
    ends_talks: bool
    changes: list[Change] = field(default_factory=list)
    answers: ClassVar[dict[str, str]] = {}


class Unwilling(Enum):
    """Why a side would not meet again now."""

    USED_UP = auto()
    """Its patience is used up: its deadline has come."""
    CONTENT = auto()
    """No member demands more than the least that it ever would."""


@dataclass(frozen=True, slots=True)
class Called:
    """How the sides answered the call to meet again.

    Attributes
    ----------
    date
        The day.
    answers
        ``yes`` or ``defer`` by side.
    unwilling
        Why those that defer do.
    then
        When they meet, or when the call is put again; None where nothing to come can change an answer.
    """

    kind: ClassVar[str] = "call"
    date: date
    answers: dict[str, str]
    unwilling: dict[str, Unwilling]
    then: Day | None

    @property
    def agreed(self) -> bool:
        """Whether all would meet again."""
        return not self.unwilling


@dataclass(frozen=True, slots=True)
class Caucused:
    """A caucus of a side before a meeting (its id and title): the drafts, and whether silence adopted one."""

    kind: ClassVar[str] = "caucus"
    date: date
    meeting: str
    title: str
    side: str
    drafts: tuple[Circulated, ...]
    adopted: bool
    answers: ClassVar[dict[str, str]] = {}

    @property
    def broke_silence(self) -> dict[str, str]:
        """Who broke silence on which drafts, counted from 1: "1, 2"."""
        found: dict[str, str] = {}
        for number, draft in enumerate(self.drafts, 1):
            for party in draft.broke:
                found[party] = f"{found[party]}, {number}" if party in found else str(number)
        return found


@dataclass(frozen=True, slots=True)
class Ratified:
    """How a signed deal fared at home."""

    kind: ClassVar[str] = "ratification"
    date: date
    deal: Package
    homes: tuple[HomeAnswer, ...]
    fails: bool

    @property
    def answers(self) -> dict[str, str]:
        """``ratified`` or ``refused`` by home."""
        return {home.id: "refused" if home.refuses else "ratified" for home in self.homes}


Note = Happened | Called | Caucused | Ratified
"""Something between meetings."""
