"""What ended the talks of one world, in words."""

from __future__ import annotations

from sim.report.words.world.naming import day_named, side_title
from sim.report.words.world.notes import at_home
from sim.trace.minutes import Minutes
from sim.trace.notes import Ratified
from sim.trace.stops import By


def ending(minutes: Minutes) -> str:
    """What ended the talks, in a sentence."""
    stop, scenario = minutes.stop, minutes.scenario
    if stop is None:
        return ""
    day = day_named(stop.day)
    match stop.by:
        case By.SETTLED:
            return "Every issue is settled."
        case By.NOT_RATIFIED:
            note = next(one for one in reversed(minutes.entries) if isinstance(one, Ratified))
            return f"A deal was signed, but not ratified: {at_home(scenario, note)}."
        case By.EVENT:
            return f"They ended with “{stop.event}” on {day}."
        case By.WALK_OUT:
            return f"{side_title(scenario, stop.side)} walked out on {day}."
        case By.SCHEDULED_LATER:
            return f"The time played ended on {day}, before a meeting that had been scheduled."
        case By.FIXED_LATER:
            assert stop.later is not None
            return f"The time played ended on {day}, with the next meeting fixed for {day_named(stop.later)}."
        case By.PATIENCE_LEFT:
            return f"The time played ended on {day}, and all sides had patience left."
        case By.NO_MEETING:
            return f"No meeting was held by {day}, the end of the time played."
        case By.NONE_FORESEEN:
            return "No further meeting was foreseen."
        case By.PATIENCE_USED_UP:
            return "No further meeting followed: not all sides had patience left."
