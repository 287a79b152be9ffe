"""The minutes of one world, as data: every offer and answer, and the grounds for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.scenario.model import Scenario
from sim.trace.grounds import Ground
from sim.trace.motives import Motive
from sim.trace.notes import Note
from sim.trace.packages import Package
from sim.trace.procedures import Drafting
from sim.trace.remarks import Common, Remark
from sim.trace.stops import Stop
from sim.trace.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Move:
    """What a side did in its turn.

    Attributes
    ----------
    side, act, package
        Act: offer, accept, counter, defer, reject or walk_out. Package: offered or accepted.
    verdict
        How the side judged the offer on the table, member by member; none where it faced none.
    ground
        Why it put what it put, or nothing.
    motive
        What its members demand and accept, and by which policies.
    owner
        Whose offer it answers, where there are several on the table.
    """

    side: str
    act: str
    package: Package | None
    verdict: Verdict | None = None
    ground: Ground | None = None
    motive: Motive | None = None
    owner: str = ""


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
    chair: Drafting | None = None
    clocks: dict[str, float] = field(default_factory=dict)
    distances: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class MeetingMinutes:
    """A meeting; `title` as in the file, empty where it has none.

    `remarks` tell what became of what was agreed there, and of issues on common ground.
    """

    id: str
    title: str
    date: date
    venue: str
    protocol: str
    present: list[str]
    agenda: list[str]
    rounds: list[Round] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def common(self) -> list[Common]:
        """Issues on common ground that were not settled."""
        return [one for one in self.remarks if isinstance(one, Common)]


@dataclass(slots=True, repr=False)
class Minutes:
    """One traced world from beginning to end.

    Attributes
    ----------
    entries
        Its meetings and notes in the order of time.
    stop
        What ended the talks.
    last_offers, apart
        Each side's last offer, and by issue how far they lie apart (None where a side made none).
    """

    scenario: Scenario
    world: int
    seed: int
    entries: list[MeetingMinutes | Note] = field(default_factory=list)
    outcome: str = ""
    day: int | None = None
    stop: Stop | None = None
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
