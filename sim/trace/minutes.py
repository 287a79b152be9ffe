"""The minutes of one world: every offer and answer, and the reason for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.scenario.model import Scenario
from sim.trace.effects import Change
from sim.trace.verdicts import Verdict

Package = dict[str, str]
"""Option by issue, as ids."""


@dataclass(slots=True)
class Move:
    """What a side did in its turn.

    Attributes
    ----------
    side, act, package
        Act: offer, accept, counter, defer, reject or walk_out. Package: offered or accepted.
    answer, verdict
        How the side judged the offer on the table, in words and member by member; none where it faced none.
    change
        In what its offer differs from its last one.
    motive, policy
        What its members demand, and what their policies say of it; of two moves with the same `policy` they say the
        same but for what follows the clock.
    grounds, refused, refused_verdict
        Why it put what it put or nothing: in words, and the package that it would not put with its verdict on that.
    halt, own_verdict
        Why it goes no further, in a few words, where no such package tells it; its verdict on its own offer where that
        has not passed its decision.
    owner
        Whose offer it answers, where there are several on the table.
    """

    side: str
    act: str
    package: Package | None
    answer: str = ""
    verdict: Verdict | None = None
    change: str = ""
    grounds: str = ""
    motive: str = ""
    policy: Any = None
    refused: Package | None = None
    refused_verdict: Verdict | None = None
    halt: str = ""
    own_verdict: Verdict | None = None
    owner: str = ""

    @property
    def reason(self) -> str:
        """The whole reason in words."""
        own = f"{self.change} ({self.grounds})" if self.change and self.grounds else self.change or self.grounds
        return "; ".join(text for text in (self.answer, own, self.motive) if text)

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        told: dict[str, Any] = {"side": self.side, "act": self.act, "package": self.package, "reason": self.reason}
        if self.verdict is not None:
            told |= self.verdict.as_json()
        if self.refused_verdict is not None:
            told["not_yet"] = {"package": self.refused} | self.refused_verdict.as_json()
        return told


@dataclass(slots=True)
class Round:
    """One round, counted from 1; `gap` is the total gap between the sides' last offers, None where one made none.

    `distances` are all measures of the round (see `sim.trace.distances`).
    `time` is the share of the time that has passed, where deadlines differ that of the side for which most has;
    `clocks` then say it side by side. With a single negotiating text, `text` is what the chair puts and `chair` what it
    did and why.
    """

    number: int
    time: float
    moves: list[Move] = field(default_factory=list)
    gap: float | None = None
    text: Package | None = None
    chair: str = ""
    clocks: dict[str, float] = field(default_factory=dict)
    distances: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        told: dict[str, Any] = {"round": self.number, "time": self.time, "gap": self.gap, "distances": self.distances}
        if self.clocks:
            told["clocks"] = self.clocks
        if self.text is not None:
            told |= {"text": self.text, "chair": self.chair}
        return told | {"moves": [move.as_json() for move in self.moves]}


@dataclass(frozen=True, slots=True)
class Common:
    """An issue on which the sides' last offers agree, though it is not settled.

    `insisting` are the sides that insist on the whole package; `refusals` the verdicts of those to whom the option is
    not acceptable by itself; `note` says the same in one sentence.
    """

    issue: str
    option: str
    insisting: tuple[str, ...]
    refusals: tuple[tuple[str, Verdict], ...]
    note: str


@dataclass(slots=True)
class MeetingMinutes:
    """A meeting; `notes` tell what became of what was agreed there, and of issues on common ground (`common`)."""

    id: str
    title: str
    date: date
    venue: str
    protocol: str
    present: list[str]
    agenda: list[str]
    rounds: list[Round] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "date": self.date.isoformat(),
            "venue": self.venue,
            "protocol": self.protocol,
            "present": self.present,
            "agenda": self.agenda,
            "rounds": [one.as_json() for one in self.rounds],
            "notes": self.notes,
        }


@dataclass(slots=True)
class Note:
    """Something between meetings.

    An event with what it changed, how the sides answered the call to meet again, a side's caucus, or how a deal fared
    at home.

    `side` holds a caucus in which the parties of `broke_silence` broke silence, on these drafts; `deal` is what had to
    be ratified.
    """

    kind: str  # event | call | caucus | ratification
    date: date
    title: str
    text: str
    answers: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    side: str = ""
    broke_silence: dict[str, str] = field(default_factory=dict)
    deal: Package | None = None

    def as_json(self) -> dict[str, Any]:
        """As in `trace --json`."""
        told: dict[str, Any] = {
            "kind": self.kind,
            "date": self.date.isoformat(),
            "title": self.title,
            "text": self.text,
        }
        if self.answers:
            told["answers"] = self.answers
        if self.reasons:
            told["reasons"] = self.reasons
        if self.changes:
            told["changes"] = [change.as_json() for change in self.changes]
        if self.side:
            told |= {"side": self.side, "broke_silence": self.broke_silence}
        if self.deal is not None:
            told["deal"] = self.deal
        return told


@dataclass(slots=True, repr=False)
class Minutes:
    """One traced world from beginning to end.

    Attributes
    ----------
    entries
        Its meetings and notes in the order of time.
    ending
        What ended the talks, in words.
    last_offers, apart
        Each side's last offer, and by issue how far they lie apart (None where a side made none).
    """

    scenario: Scenario
    world: int
    seed: int
    entries: list[MeetingMinutes | Note] = field(default_factory=list)
    outcome: str = ""
    day: int | None = None
    ending: str = ""
    package: Package | None = None
    settled: list[str] = field(default_factory=list)
    utilities: dict[str, float] = field(default_factory=dict)
    reservations: dict[str, float] = field(default_factory=dict)
    last_offers: dict[str, Package] = field(default_factory=dict)
    apart: dict[str, float] | None = None

    def __repr__(self) -> str:
        return f"<Minutes of {self.scenario.title!r}: world {self.world}, seed {self.seed}, {self.outcome}>"

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
            "ending": self.ending,
            "package": self.package,
            "settled": self.settled,
            "utilities": self.utilities,
            "reservations": self.reservations,
            "meetings": [meeting.as_json() for meeting in self.meetings],
            "between": [note.as_json() for note in self.entries if isinstance(note, Note)],
            "last_offers": self.last_offers,
            "apart": self.apart,
        }
