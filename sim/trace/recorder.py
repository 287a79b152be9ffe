"""Writes the minutes of one world while it is played: the same engine, with a block of one world."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from sim.scenario.model import Chair, Event, Scenario
from sim.talks.calendar import talk
from sim.talks.follow_up import Answers
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.ratification import at_home, homes
from sim.talks.record.endings import OUTCOMES, Endings, conclude
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.caucus import Caucus
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, Bools, Ints, State, stood_by
from sim.trace.distances import distances
from sim.trace.effects import Reading, changes, readings, told
from sim.trace.minutes import Common, MeetingMinutes, Minutes, Move, Note, Round
from sim.trace.motives import motive
from sim.trace.procedure_words import caucus_told, chair_told, home_told
from sim.trace.reasons import Ground, no_offer, offer
from sim.trace.verdicts import Verdict, described, judge, needs, option_named
from sim.worlds.draws import Floats
from sim.worlds.gaps import package_gaps, side_saliences
from sim.worlds.packages import Packages


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
    worlds = np.array([world], dtype=np.int64)
    recorder = _Recorder(scenario, world, seed)
    state = talk(scenario, seed, worlds, [recorder])
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
    for side, package in zip(scenario.sides, state.last_offer, strict=True):
        if package[0, 0] != NONE:
            minutes.last_offers[side.id] = _named(scenario, package)
    by_issue, total = recorder.gaps(stood_by(state.last_offer, state.adopted[1]))
    if not np.isnan(total):
        minutes.apart = {issue.id: float(gap) for issue, gap in zip(scenario.issues, by_issue, strict=True)}
    last_day = int(state.numbers[scenario.end_day.path][0])
    minutes.ending = recorder.ending(last_day)
    if ended.signed[0]:
        recorder.ratification(ended)
    return minutes


class _Recorder(Observer):
    def __init__(self, scenario: Scenario, world: int, seed: int) -> None:
        self.scenario = scenario
        self.minutes = Minutes(scenario, world, seed)
        self.meeting: MeetingMinutes | None = None
        self.state: State
        self.before: dict[str, Reading] = {}
        self.next_meeting: int | None = None
        self.ended_by: str = ""

    def begins(self, state: State) -> None:
        self.state = state

    def gaps(self, offers: Packages) -> tuple[list[float], float]:
        """Between packages by side (sides, issues, 1): by issue and in total, nan where there is none."""
        members = [side.members for side in self.scenario.sides]
        saliences = side_saliences(self.state.coded, self.state.wants, members)
        by_issue, total = package_gaps(self.state.coded.place, offers, saliences)
        return by_issue[:, 0].tolist(), float(total[0])

    def event(self, event: Event, day: int, worlds: Ints) -> None:  # noqa: ARG002
        self.before = readings(self.scenario, self.state, event)
        self.minutes.entries.append(Note("event", self._date(day), event.title, ""))

    def after_event(self, event: Event, worlds: Ints) -> None:  # noqa: ARG002
        note = self.minutes.entries[-1]
        assert isinstance(note, Note)
        note.changes = changes(self.before, readings(self.scenario, self.state, event))
        texts = told(note.changes)
        if event.ends_talks:
            texts.append("the talks end")
            self.ended_by = f"They ended with “{event.title}” on {_day(note.date)}"
        note.text = "; ".join(texts)

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:
        scenario = self.scenario
        present = [scenario.parties[p].id for delegation in sitting.delegations for p in delegation.parties]
        agenda = [issue.id for j, issue in enumerate(scenario.issues) if sitting.on_table[j, 0]]
        title = occasion.title or occasion.id.replace("_", " ").capitalize().replace("Follow up", "Follow-up")
        day = self._date(occasion.day)
        self.meeting = MeetingMinutes(occasion.id, title, day, occasion.venue, occasion.protocol, present, agenda)
        self.minutes.entries.append(self.meeting)
        self.next_meeting = None

    def round_begins(self, sitting: Sitting, number: int, time: Floats) -> None:  # noqa: ARG002
        now = time[:, 0].tolist()
        clocks = {side.id: one for side, one in zip(self.scenario.sides, now, strict=True)}
        self._open.rounds.append(Round(number + 1, max(now), clocks=clocks if len(set(now)) > 1 else {}))

    def text(self, appraisal: Appraisal, chair: Chair, before: Packages, text: Packages, final: Bools) -> None:
        one = self._open.rounds[-1]
        one.text = _named(self.scenario, text)
        one.chair = chair_told(appraisal, chair, before, text, bool(final[0]))

    def caucus(self, occasion: Occasion, sitting: Sitting, i: int, came: Caucus) -> None:
        title, text, broke = caucus_told(sitting, i, came)
        title = f"Before {occasion.title or occasion.id.replace('_', ' ')}: {title}"
        side = self.scenario.sides[sitting.delegations[i].side]
        note = Note("caucus", self._date(occasion.day), title, text, side=side.id, broke_silence=broke)
        self.minutes.entries.append(note)

    def turn(self, sitting: Sitting, turn: Turn) -> None:
        if not turn.acting[0]:
            return
        scenario = self.scenario
        side = scenario.sides[sitting.delegations[turn.delegation].side]
        verdict, answer, owner = None, "", ""
        if turn.facing[0]:
            verdict = judge(sitting, turn.delegation, turn.table, turn.threshold, turn.aspiration)
            answer = described(scenario, verdict)
            if turn.answers_only and len(sitting.delegations) > 2:
                owner = scenario.sides[int(turn.owner[0])].id
                answer = f"on the offer of {scenario.sides[int(turn.owner[0])].title}: {answer}"
        if turn.accepts[0]:
            move = Move(side.id, "accept", _named(scenario, turn.table), answer, verdict)
        elif turn.offers[0]:
            act = "offer" if verdict is None else "counter"
            package = _named(scenario, turn.package)
            move = self._with(Move(side.id, act, package, answer, verdict), offer(sitting, turn))
        else:
            move = self._without_offer(sitting, turn, side.id, answer, verdict)
        why = motive(sitting, turn)
        move.motive, move.policy, move.owner = why.text, why.key, owner
        self._open.rounds[-1].moves.append(move)

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:  # noqa: ARG002
        one = self._open.rounds[-1]
        one.distances = distances(self.scenario, sitting, bool(agreed[0]))
        one.gap = one.distances["gap"]["total"]

    def put_to_whole(
        self, wholes: Sitting, i: int, package: Packages, demands: tuple[Floats, Floats], passed: Bools
    ) -> None:
        demanded, threshold = demands
        verdict = judge(wholes, i, package, threshold, demanded)
        title = self.scenario.sides[wholes.delegations[i].side].title
        done = "passes it" if passed[0] else "does not pass it"
        self._open.notes.append(f"Put to the whole of {title}, which {done}: {described(self.scenario, verdict)}.")

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:  # noqa: ARG002
        if agreed[0] and not stands[0]:
            self._open.notes.append("Agreed ad referendum, but it does not stand.")
        elif agreed[0]:
            self._open.notes.append("Agreed: all whose agreement is needed have accepted.")

    def harvest(self, wholes: Sitting, issue: int, trial: Packages, same: Bools, settled: Bools) -> None:
        about = self.scenario.issues[issue]
        name = option_named(self.scenario, about.id, about.options[int(trial[issue, 0])].id)
        if settled[0]:
            text = f"Settled by itself (early harvest): {name}. The sides' last offers agree on it."
        else:
            sides = self.scenario.sides
            refusals = self._refusals_by_itself(wholes, trial, same)
            insists = wholes.state.insists[:, wholes.cohort]
            insisting = tuple(side.id for s, side in enumerate(sides) if insists[s, 0] and same[s, 0])
            why = [f"{side.title} insists on the whole package" for side in sides if side.id in insisting]
            for side, verdict in refusals:
                title = next(one.title for one in sides if one.id == side)
                why.append(f"by itself it is not acceptable to {title}: {described(self.scenario, verdict)}")
            text = f"On common ground but not settled: {name}, since {'; '.join(why)}."
            option = about.options[int(trial[issue, 0])].id
            if text not in self._open.notes:
                self._open.common.append(Common(about.id, option, insisting, refusals, text))
        if text not in self._open.notes:
            self._open.notes.append(text)

    def walk_out(self, party: int, worlds: Ints) -> None:
        member = self.scenario.parties[party]
        side = self.scenario.sides[member.side]
        meetings = int(self.state.unimproved[party, worlds[0]])
        times = "a meeting" if meetings == 1 else f"{meetings} meetings in a row"
        leaves = "it leaves" if len(side.members) == 1 else f"its side, {side.title}, leaves"
        text = f"{member.title} has now sat through {times} without a better offer than before, and {leaves} for good"
        self._open.rounds[-1].moves.append(Move(side.id, "walk_out", None, grounds=text))
        self.ended_by = f"{side.title} walked out on {_day(self._open.date)}"

    def call(self, worlds: Ints, day: int, answers: Answers, next_day: Ints, again: Bools) -> None:  # noqa: ARG002
        sides, willing = self.scenario.sides, answers.willing[:, 0]
        told = {side.id: "yes" if willing[s] else "defer" for s, side in enumerate(sides)}
        reasons = {
            side.id: "its patience is used up"
            if answers.used_up[s, 0]
            else "it demands no more than the least that it ever would"
            for s, side in enumerate(sides)
            if not willing[s]
        }
        yes, later = bool(willing.all()), int(next_day[0])
        self.next_meeting = later if yes else None
        when = _day(self._date(later))
        if yes:
            title, text = f"The sides agree to meet again on {when}", "all have patience left"
        elif again[0]:
            title, text = f"The call to meet again is put off to {when}", "not all have patience left"
        else:
            title, text = (
                "The call to meet again is put off",
                "not all have patience left, and nothing to come changes it",
            )
        self.minutes.entries.append(Note("call", self._date(day), title, text, told, reasons=reasons))

    def ending(self, last_day: int) -> str:
        """What ended the talks."""
        end, state = _day(self._date(last_day)), self.state
        if self.minutes.outcome == "agreement":
            return "Every issue is settled."
        if state.broken[0]:
            return f"{self.ended_by}."
        if state.further[0]:
            return f"The time played ended on {end}, before a meeting that had been scheduled."
        if self.next_meeting is not None and self.next_meeting > last_day and state.willing[0]:
            later = _day(self._date(self.next_meeting))
            return f"The time played ended on {end}, with the next meeting fixed for {later}."
        if state.willing[0]:
            return f"The time played ended on {end}, and all sides had patience left."
        if not self.minutes.meetings:
            return f"No meeting was held by {end}, the end of the time played."
        return f"No further meeting was fixed by {end}, the end of the time played."

    def ratification(self, ended: Endings) -> None:
        """How the deal fared at home."""
        deal = self.state.standing()
        home = at_home(self.scenario, self.state, deal, ended.signed)
        if not home.asked.any():
            return
        told = home_told(self.scenario, self.state, deal, home)
        refuses = {one.id for one, no in zip(homes(self.scenario), home.refuses[:, 0], strict=True) if no}
        answers = {name: "refused" if name in refuses else "ratified" for name in told}
        titles = {party.id: party.title for party in self.scenario.parties}
        titles |= {side.id: side.title for side in self.scenario.sides}
        text = "; ".join(f"{titles[name]} {text}" for name, text in told.items())
        title = "The deal is not ratified" if home.fails[0] else "The deal is ratified"
        day, named = self._date(int(ended.day[0])), _named(self.scenario, deal)
        self.minutes.entries.append(Note("ratification", day, title, text, answers, deal=named))
        if home.fails[0]:
            self.minutes.ending = f"A deal was signed, but not ratified: {text}."

    @property
    def _open(self) -> MeetingMinutes:
        assert self.meeting is not None
        return self.meeting

    def _date(self, day: int) -> date:
        return self.scenario.start + timedelta(days=day)

    def _with(self, move: Move, ground: Ground) -> Move:
        move.change, move.grounds = ground.change, ground.text
        move.halt, move.own_verdict = ground.halt, ground.own
        if ground.refused is not None:
            move.refused = _named(self.scenario, ground.refused)
            move.refused_verdict = ground.verdict
        return move

    def _without_offer(self, sitting: Sitting, turn: Turn, side: str, answer: str, verdict: Verdict | None) -> Move:
        if verdict is None:
            return self._with(Move(side, "defer", None), no_offer(sitting, turn))
        acceptable = bool(sitting.acceptable(turn.delegation, turn.table)[0])
        move = Move(side, "defer" if acceptable else "reject", None, answer, verdict)
        if turn.answers_only:
            return move
        if turn.stands[0]:
            move.grounds = "it lets the offer stand, as enough others may accept it"
            return move
        move = self._with(move, no_offer(sitting, turn))
        delegation = sitting.delegations[turn.delegation]
        word = "acceptable to it" if acceptable else "not acceptable to it"
        if len(delegation.parties) > 1:
            word += f" ({needs(delegation)})"
        move.grounds = f"the offer is {word}, and {move.grounds}"
        return move

    def _refusals_by_itself(self, wholes: Sitting, trial: Packages, same: Bools) -> tuple[tuple[str, Verdict], ...]:
        """Sides that the common option does not satisfy by itself, with their verdicts."""
        return tuple(
            (self.scenario.sides[delegation.side].id, judge(wholes, i, trial, delegation.reservation))
            for i, delegation in enumerate(wholes.delegations)
            if not wholes.state.insists[delegation.side, wholes.cohort[0]]
            and same[delegation.side, 0]
            and not wholes.acceptable(i, trial)[0]
        )


def _named(scenario: Scenario, package: Packages) -> dict[str, str]:
    return {issue.id: issue.options[int(package[j, 0])].id for j, issue in enumerate(scenario.issues)}


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"
