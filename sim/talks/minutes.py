"""The minutes of one world: every offer and answer, and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.scenario.model import Scenario


@dataclass(slots=True)
class Move:
    """What a side did in its turn: offer, accept, counter, defer, reject or walk_out."""

    side: str
    act: str
    package: dict[str, str] | None
    reason: str


@dataclass(slots=True)
class Round:
    """One round, counted from 1; `gap` is the total gap between the sides' last offers, None where one made none."""

    number: int
    time: float
    moves: list[Move] = field(default_factory=list)
    gap: float | None = None


@dataclass(slots=True)
class MeetingMinutes:
    """A meeting; `notes` tell what became of what was agreed there, and of issues on common ground."""

    id: str
    title: str
    date: date
    venue: str
    protocol: str
    present: list[str]
    agenda: list[str]
    rounds: list[Round] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Note:
    """Something between meetings: an event, or how the sides answered the call to meet again."""

    kind: str  # event | call
    date: date
    title: str
    text: str
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Minutes:
    """One traced world from beginning to end; `entries` are its meetings and notes in the order of time."""

    scenario: Scenario
    world: int
    seed: int
    entries: list[MeetingMinutes | Note] = field(default_factory=list)
    outcome: str = ""
    day: int | None = None
    package: dict[str, str] | None = None
    settled: list[str] = field(default_factory=list)
    utilities: dict[str, float] = field(default_factory=dict)
    reservations: dict[str, float] = field(default_factory=dict)

    @property
    def meetings(self) -> list[MeetingMinutes]:
        """The meetings alone."""
        return [entry for entry in self.entries if isinstance(entry, MeetingMinutes)]

    def as_json(self) -> dict[str, Any]:
        """The object that `trace --json` prints."""
        return {
            "world": self.world,
            "seed": self.seed,
            "outcome": self.outcome,
            "day": self.day,
            "package": self.package,
            "settled": self.settled,
            "utilities": self.utilities,
            "reservations": self.reservations,
            "meetings": [_meeting(meeting) for meeting in self.meetings],
            "between": [
                {"kind": note.kind, "date": note.date.isoformat(), "title": note.title, "text": note.text}
                | ({"answers": note.answers} if note.answers else {})
                for note in self.entries
                if isinstance(note, Note)
            ],
        }


def _meeting(meeting: MeetingMinutes) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "date": meeting.date.isoformat(),
        "venue": meeting.venue,
        "protocol": meeting.protocol,
        "present": meeting.present,
        "agenda": meeting.agenda,
        "rounds": [
            {
                "round": one.number,
                "time": one.time,
                "gap": one.gap,
                "moves": [
                    {"side": move.side, "act": move.act, "package": move.package, "reason": move.reason}
                    for move in one.moves
                ],
            }
            for one in meeting.rounds
        ],
        "notes": meeting.notes,
    }
