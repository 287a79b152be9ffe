"""A traced world with its reasons in words: what `trace` gives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sim.report.minutes.as_json import as_json
from sim.report.words.world.moves import reason
from sim.report.words.world.notes import came_of_it, titled
from sim.report.words.world.remarks import remarked
from sim.report.words.world.stops import ending
from sim.trace.minutes import MeetingMinutes, Minutes, Move
from sim.trace.notes import Note


@dataclass(slots=True, repr=False)
class Traced(Minutes):
    """The minutes of one world, and what they say in words."""

    @property
    def ending(self) -> str:
        """What ended the talks."""
        return ending(self)

    def reason(self, move: Move) -> str:
        """The whole reason for a move."""
        return reason(self.scenario, move)

    def notes(self, meeting: MeetingMinutes) -> list[str]:
        """What became of what was agreed in a meeting, and of issues on common ground."""
        return remarked(self.scenario, meeting)

    def title(self, note: Note) -> str:
        """What happened between meetings."""
        return titled(self.scenario, note)

    def text(self, note: Note) -> str:
        """What came of that."""
        return came_of_it(self.scenario, note)

    def as_json(self) -> dict[str, Any]:
        """The object that `trace --json` prints."""
        return as_json(self)


def traced(minutes: Minutes) -> Traced:
    """The minutes, to be told."""
    return Traced(**{field.name: getattr(minutes, field.name) for field in fields(Minutes)})
