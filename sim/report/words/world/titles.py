"""What meetings of a traced world are called."""

from __future__ import annotations

from sim.trace.minutes import MeetingMinutes


def meeting_title(meeting: MeetingMinutes) -> str:
    """The title of the file, or the id as words: "Follow-up 2"."""
    return meeting.title or meeting.id.replace("_", " ").capitalize().replace("Follow up", "Follow-up")
