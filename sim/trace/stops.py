"""What ended the talks of one world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto


class By(Enum):
    """The kinds of ends."""

    SETTLED = auto()
    """Every issue is settled."""
    NOT_RATIFIED = auto()
    """A deal was signed, and refused at home."""
    EVENT = auto()
    """An event ended the talks."""
    WALK_OUT = auto()
    """A side left for good."""
    SCHEDULED_LATER = auto()
    """The watching stopped before a meeting that had been scheduled."""
    FIXED_LATER = auto()
    """The watching stopped before a meeting that the sides had agreed on."""
    PATIENCE_LEFT = auto()
    """The watching stopped with patience left on all sides."""
    NO_MEETING = auto()
    """The watching stopped, and there had been no meeting."""
    NONE_FORESEEN = auto()
    """All meetings that were foreseen were over, and no follow-up was possible."""
    PATIENCE_USED_UP = auto()
    """Not all sides had patience left to meet again."""


@dataclass(frozen=True, slots=True)
class Stop:
    """What ended the talks.

    Attributes
    ----------
    by
        Its kind.
    day
        Of the event or the walk-out, else the last day that is watched.
    event, side
        The title of the event; the side that left.
    later
        When the sides would have met again.
    """

    by: By
    day: date
    event: str = ""
    side: str = ""
    later: date | None = None
