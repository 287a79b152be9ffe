"""The minutes of one world as the object that `trace --json` prints."""

from __future__ import annotations

from typing import Any

from sim.report.words.world.drafting import drafted
from sim.report.words.world.moves import reason
from sim.report.words.world.notes import came_of_it, titled, unwilling
from sim.report.words.world.remarks import remarked
from sim.report.words.world.stops import ending
from sim.report.words.world.titles import meeting_title
from sim.scenario.model import Scenario
from sim.trace.minutes import MeetingMinutes, Minutes, Move, Round
from sim.trace.notes import Caucused, Happened, Note, Ratified
from sim.trace.remarks import Divided


def as_json(minutes: Minutes) -> dict[str, Any]:
    """All of one world."""
    scenario = minutes.scenario
    return {
        "world": minutes.world,
        "seed": minutes.seed,
        "outcome": minutes.outcome,
        "day": minutes.day,
        "ending": ending(minutes),
        "package": minutes.package,
        "settled": minutes.settled,
        "utilities": minutes.utilities,
        "reservations": minutes.reservations,
        "meetings": [_meeting(scenario, meeting) for meeting in minutes.meetings],
        "between": [_note(scenario, note) for note in minutes.entries if not isinstance(note, MeetingMinutes)],
        "last_offers": minutes.last_offers,
        "apart": minutes.apart,
    }


def _meeting(scenario: Scenario, meeting: MeetingMinutes) -> dict[str, Any]:
    return {
        "id": meeting.id,
        "title": meeting_title(meeting),
        "date": meeting.date.isoformat(),
        "venue": meeting.venue,
        "protocol": meeting.protocol,
        "present": meeting.present,
        "agenda": meeting.agenda,
        "rounds": [_round(scenario, one) for one in meeting.rounds],
        "notes": remarked(scenario, meeting),
        **_votes(meeting),
    }


def _votes(meeting: MeetingMinutes) -> dict[str, Any]:
    """The votes on what was settled there, where they are told."""
    votes = [dict(one.votes) for one in meeting.remarks if isinstance(one, Divided)]
    return {"votes": votes} if votes else {}


def _round(scenario: Scenario, one: Round) -> dict[str, Any]:
    told: dict[str, Any] = {"round": one.number, "time": one.time, "gap": one.gap, "distances": one.distances}
    if one.clocks:
        told["clocks"] = one.clocks
    if one.text is not None:
        told |= {"text": one.text, "chair": "" if one.chair is None else drafted(scenario, one.text, one.chair)}
    return told | {"moves": [_move(scenario, move) for move in one.moves]}


def _move(scenario: Scenario, move: Move) -> dict[str, Any]:
    told: dict[str, Any] = {
        "side": move.side,
        "act": move.act,
        "package": move.package,
        "reason": reason(scenario, move),
    }
    if move.verdict is not None:
        told |= move.verdict.as_json()
    if move.ground is not None and move.ground.verdict is not None:
        told["not_yet"] = {"package": move.ground.refused} | move.ground.verdict.as_json()
    return told


def _note(scenario: Scenario, note: Note) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": note.kind,
        "date": note.date.isoformat(),
        "title": titled(scenario, note),
        "text": came_of_it(scenario, note),
    }
    if note.answers:
        told["answers"] = note.answers
    if reasons := unwilling(note):
        told["reasons"] = reasons
    match note:
        case Happened() if note.changes:
            told["changes"] = [change.as_json() for change in note.changes]
        case Caucused():
            told |= {"side": note.side, "broke_silence": note.broke_silence}
        case Ratified():
            told["deal"] = note.deal
        case _:
            pass
    return told
