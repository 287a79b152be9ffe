"""Writes the minutes of one world while it is played: the same engine, with a block of one world."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.parties.ladder import Packages
from sim.scenario.model import Event, Scenario
from sim.talks.calendar import talk
from sim.talks.endings import OUTCOMES, conclude
from sim.talks.minutes import MeetingMinutes, Minutes, Move, Note, Round
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.reasons import judgement, needs, no_offer, offer
from sim.talks.sitting import Sitting
from sim.talks.state import Bools, Ints, State
from sim.worlds.draws import Floats
from sim.worlds.gaps import package_gaps, side_saliences


def trace(scenario: Scenario, world: int = 0, seed: int = 0) -> Minutes:
    """Play one world of a run and write its minutes.

    Parameters
    ----------
    scenario
        What is negotiated.
    world
        Index of the world, as in `run` with the same seed.
    seed
        Seed of the run.
    """
    recorder = _Recorder(scenario, world, seed)
    state = talk(scenario, seed, np.array([world], dtype=np.int64), [recorder])
    ended = conclude(scenario, state)
    minutes = recorder.minutes
    minutes.outcome = OUTCOMES[int(ended.outcome[0])]
    minutes.day = int(ended.day[0]) if ended.day[0] >= 0 else None
    if ended.settled[:, 0].any():
        minutes.package = _named(scenario, ended.package)
    minutes.settled = [issue.id for j, issue in enumerate(scenario.issues) if ended.settled[j, 0]]
    for p, party in enumerate(scenario.parties):
        minutes.utilities[party.id] = float(ended.utility[p, 0])
        minutes.reservations[party.id] = float(state.wants.reservation[p, 0])
    return minutes


class _Recorder(Observer):
    def __init__(self, scenario: Scenario, world: int, seed: int) -> None:
        self.scenario = scenario
        self.minutes = Minutes(scenario, world, seed)
        self.meeting: MeetingMinutes | None = None
        self.state: State | None = None

    def begins(self, state: State) -> None:
        self.state = state

    def event(self, event: Event, day: int, worlds: Ints) -> None:  # noqa: ARG002
        words = {"add": "changes by", "times": "is multiplied by", "set": "is set to"}
        texts = [f"{effect.path} {words[effect.how]} the drawn amount" for effect in event.effects]
        if event.ends_talks:
            texts.append("the talks end")
        self.minutes.entries.append(Note("event", self._date(day), event.title, "; ".join(texts)))

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:
        scenario = self.scenario
        present = [scenario.parties[p].id for delegation in sitting.delegations for p in delegation.parties]
        agenda = [issue.id for j, issue in enumerate(scenario.issues) if sitting.on_table[j, 0]]
        title = occasion.title or occasion.id.replace("_", " ").capitalize()
        day = self._date(occasion.day)
        self.meeting = MeetingMinutes(occasion.id, title, day, occasion.venue, occasion.protocol, present, agenda)
        self.minutes.entries.append(self.meeting)

    def round_begins(self, sitting: Sitting, number: int, time: Floats) -> None:  # noqa: ARG002
        self._open.rounds.append(Round(number + 1, float(time[0])))

    def turn(self, sitting: Sitting, turn: Turn) -> None:
        if not turn.acting[0]:
            return
        side = self.scenario.sides[sitting.delegations[turn.delegation].side]
        facing, answer = bool(turn.facing[0]), ""
        if facing:
            answer = judgement(sitting, turn.delegation, turn.table, turn.aspiration)
        package = None
        if turn.accepts[0]:
            act, reason, package = "accept", answer, _named(self.scenario, turn.table)
        elif turn.offers[0]:
            act = "counter" if facing else "offer"
            package = _named(self.scenario, turn.package)
            reason = "; ".join(text for text in (answer, offer(sitting, turn)) if text)
        else:
            act, reason = self._without_offer(sitting, turn, answer)
        self._open.rounds[-1].moves.append(Move(side.id, act, package, reason))

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:  # noqa: ARG002
        assert self.state is not None
        members = [side.members for side in self.scenario.sides]
        saliences = side_saliences(self.state.coded, self.state.wants, members)
        _, gap = package_gaps(self.state.coded.place, sitting.last_offer, saliences)
        value = 0.0 if agreed[0] else float(gap[0])
        self._open.rounds[-1].gap = None if np.isnan(value) else value

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:  # noqa: ARG002
        if agreed[0] and not stands[0]:
            self._open.notes.append("Agreed ad referendum, but it does not stand: not every whole side passes it.")
        elif agreed[0]:
            self._open.notes.append("Agreed: all whose agreement is needed have accepted.")

    def harvest(self, sitting: Sitting, issue: int, option: Ints, common: Bools, settled: Bools) -> None:  # noqa: ARG002
        if not common[0]:
            return
        name = f"{self.scenario.issues[issue].title}: {self.scenario.issues[issue].options[int(option[0])].title}"
        if settled[0]:
            self._open.notes.append(f"Settled by itself (early harvest): {name}.")
            return
        insisting = [side.title for side in self.scenario.sides if side.package_only]
        why = f"{', '.join(insisting)} insists on the package" if insisting else "by itself not acceptable to all"
        self._open.notes.append(f"On common ground but not settled: {name} ({why}).")

    def walk_out(self, party: int, worlds: Ints) -> None:  # noqa: ARG002
        member = self.scenario.parties[party]
        side = self.scenario.sides[member.side]
        reason = f"{member.title} has had no better offer for as many meetings in a row as it bears; its side leaves"
        self._open.rounds[-1].moves.append(Move(side.id, "walk_out", None, reason))

    def call(self, state: State, worlds: Ints, day: int, says_yes: Bools, moved: Bools, next_day: Ints) -> None:  # noqa: ARG002
        answers = {side.id: "yes" if says_yes[s, 0] else "defer" for s, side in enumerate(self.scenario.sides)}
        if moved[0]:
            text = "offers moved in the last meeting"
        elif says_yes[:, 0].all():
            text = "no offer moved, but all have more to give above their reservation values"
        else:
            waits = [side.title for s, side in enumerate(self.scenario.sides) if not says_yes[s, 0]]
            text = f"no offer moved, and {', '.join(waits)} has no more to give above its reservation values"
        later = self._date(int(next_day[0])).isoformat()
        yes = bool(says_yes[:, 0].all())
        title = f"The sides agree to meet again on {later}" if yes else f"The call to meet again is deferred to {later}"
        self.minutes.entries.append(Note("call", self._date(day), title, text, answers))

    @property
    def _open(self) -> MeetingMinutes:
        assert self.meeting is not None
        return self.meeting

    def _date(self, day: int) -> date:
        return self.scenario.start + timedelta(days=day)

    def _without_offer(self, sitting: Sitting, turn: Turn, answer: str) -> tuple[str, str]:
        delegation = sitting.delegations[turn.delegation]
        if not turn.facing[0]:
            return "defer", no_offer(sitting, turn)
        act = "defer" if sitting.acceptable(turn.delegation, turn.table)[0] else "reject"
        if turn.stands[0]:
            return act, f"{answer}; lets the offer stand, as enough others may accept it"
        word = "acceptable to it" if act == "defer" else f"not acceptable to it ({needs(delegation)})"
        return act, f"{answer}; the offer is {word}, and it {no_offer(sitting, turn)}"


def _named(scenario: Scenario, package: Packages) -> dict[str, str]:
    return {issue.id: issue.options[int(package[j, 0])].id for j, issue in enumerate(scenario.issues)}
