"""Writes the minutes of one world while it is played: the same engine, with a block of one world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.scenario.model import Chair, Event, Scenario
from sim.talks.calendar import talk
from sim.talks.division import WORDS, Votes
from sim.talks.follow_up import Answers
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.ratification import Home, at_home
from sim.talks.record.endings import OUTCOMES, Endings, conclude
from sim.talks.seats.appraisal import Appraisal
from sim.talks.seats.caucus import Caucus
from sim.talks.seats.sitting import Sitting
from sim.talks.state import State, stood_by
from sim.trace.distances import distances
from sim.trace.effects import changes, readings
from sim.trace.grounds import Ground, Why, no_offer, offer
from sim.trace.minutes import MeetingMinutes, Minutes, Move, Round
from sim.trace.motives import motive
from sim.trace.notes import Called, Caucused, Happened, Ratified, Unwilling
from sim.trace.packages import named, named_if_any
from sim.trace.procedures import answers_at_home, circulated, drafting
from sim.trace.remarks import Agreed, Common, Divided, Harvested, PutToWhole, Remark
from sim.trace.stops import By, Stop
from sim.trace.verdicts import Verdict, verdict_on
from sim.worlds.gaps import package_gaps, side_saliences
from sim.worlds.packages import Packages


def trace(scenario: Scenario, world: int = 0, seed: int = 0, observers: Sequence[Observer] = ()) -> Minutes:
    """Play one world of a run and write its minutes.

    Parameters
    ----------
    scenario
        What is negotiated.
    world
        Index of the world, as in `run` with the same seed.
    seed
        Seed of the run.
    observers
        Watch it besides.
    """
    worlds = np.array([world], dtype=np.int64)
    recorder = _Recorder(scenario, world, seed)
    state = talk(scenario, seed, worlds, [recorder, *observers])
    ended = conclude(scenario, state)
    minutes = recorder.minutes
    minutes.outcome = OUTCOMES[int(ended.outcome[0])]
    minutes.day = int(ended.day[0]) if ended.day[0] >= 0 else None
    if ended.settled[:, 0].any():
        minutes.package = named(scenario, ended.package)
    minutes.settled = [issue.id for j, issue in enumerate(scenario.issues) if ended.settled[j, 0]]
    for p, party in enumerate(scenario.parties):
        minutes.utilities[party.id] = float(ended.utility[p, 0])
        minutes.reservations[party.id] = float(state.wants.reservation[p, 0])
    for side, package in zip(scenario.sides, state.last_offer, strict=True):
        if (last := named_if_any(scenario, package)) is not None:
            minutes.last_offers[side.id] = last
    by_issue, total = recorder.gaps(stood_by(state.last_offer, state.adopted[1]))
    if not np.isnan(total):
        minutes.apart = {issue.id: float(gap) for issue, gap in zip(scenario.issues, by_issue, strict=True)}
    minutes.stop = recorder.stopped(int(state.numbers[scenario.end_day.path][0]))
    if ended.signed[0]:
        recorder.ratification(ended)
    return minutes


class _Recorder(Observer):
    def __init__(self, scenario: Scenario, world: int, seed: int) -> None:
        self.scenario = scenario
        self.minutes = Minutes(scenario, world, seed)
        self.meeting: MeetingMinutes | None = None
        self.state: State
        self.before: dict[str, float] = {}
        self.next_meeting: int | None = None
        self.broken_by: Stop | None = None
        self.votes: dict[str, list[tuple[date, bool]]] = {}

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
        self.minutes.entries.append(Happened(self._date(day), event.title, bool(event.ends_talks)))

    def after_event(self, event: Event, worlds: Ints) -> None:  # noqa: ARG002
        note = self.minutes.entries[-1]
        assert isinstance(note, Happened)
        note.changes = changes(self.before, readings(self.scenario, self.state, event))
        if event.ends_talks:
            self.broken_by = Stop(By.EVENT, note.date, event=event.title)

    def meeting_begins(self, occasion: Occasion, sitting: Sitting) -> None:
        scenario = self.scenario
        present = [scenario.parties[p].id for delegation in sitting.delegations for p in delegation.parties]
        agenda = [issue.id for j, issue in enumerate(scenario.issues) if sitting.on_table[j, 0]]
        self.meeting = MeetingMinutes(
            occasion.id,
            occasion.title,
            self._date(occasion.day),
            occasion.venue,
            occasion.protocol,
            present,
            agenda,
        )
        self.minutes.entries.append(self.meeting)
        self.next_meeting = None

    def round_begins(self, sitting: Sitting, number: int, time: Floats) -> None:  # noqa: ARG002
        now = time[:, 0].tolist()
        clocks = {side.id: one for side, one in zip(self.scenario.sides, now, strict=True)}
        self._open.rounds.append(Round(number + 1, max(now), clocks=clocks if len(set(now)) > 1 else {}))

    def text(self, appraisal: Appraisal, chair: Chair, before: Packages, text: Packages, final: Bools) -> None:
        one = self._open.rounds[-1]
        one.text = named(self.scenario, text)
        one.chair = drafting(appraisal, chair, before, text, bool(final[0]))

    def caucus(self, occasion: Occasion, sitting: Sitting, i: int, came: Caucus) -> None:
        side = self.scenario.sides[sitting.delegations[i].side].id
        drafts, adopted = circulated(sitting, i, came), bool(came.adopted[0])
        note = Caucused(self._date(occasion.day), occasion.id, occasion.title, side, drafts, adopted)
        self.minutes.entries.append(note)

    def turn(self, sitting: Sitting, turn: Turn) -> None:
        if not turn.acting[0]:
            return
        scenario = self.scenario
        side = scenario.sides[sitting.delegations[turn.delegation].side].id
        verdict, owner = None, ""
        if turn.facing[0]:
            verdict = verdict_on(sitting, turn.delegation, turn.table, turn.threshold, turn.aspiration)
            if turn.answers_only and len(sitting.delegations) > 2:
                owner = scenario.sides[int(turn.owner[0])].id
        why = motive(sitting, turn)
        if turn.accepts[0]:
            move = Move(side, "accept", named(scenario, turn.table), verdict, None, why, owner)
        elif turn.offers[0]:
            act = "offer" if verdict is None else "counter"
            move = Move(side, act, named(scenario, turn.package), verdict, offer(sitting, turn), why, owner)
        else:
            act, ground = _without_offer(sitting, turn, verdict)
            move = Move(side, act, None, verdict, ground, why, owner)
        self._open.rounds[-1].moves.append(move)

    def round_ends(self, occasion: Occasion, sitting: Sitting, number: int, active: Bools, agreed: Bools) -> None:  # noqa: ARG002
        one = self._open.rounds[-1]
        one.distances = distances(self.scenario, sitting, bool(agreed[0]))
        one.gap = one.distances["gap"]["total"]

    def put_to_whole(
        self, wholes: Sitting, i: int, package: Packages, demands: tuple[Floats, Floats], passed: Bools
    ) -> None:
        demanded, threshold = demands
        verdict = verdict_on(wholes, i, package, threshold, demanded)
        side = self.scenario.sides[wholes.delegations[i].side].id
        self._open.remarks.append(PutToWhole(side, bool(passed[0]), verdict))

    def meeting_ends(self, sitting: Sitting, agreed: Bools, stands: Bools, package: Packages) -> None:  # noqa: ARG002
        if agreed[0]:
            self._open.remarks.append(Agreed(bool(stands[0])))

    def harvest(self, wholes: Sitting, issue: int, trial: Packages, same: Bools, settled: Bools) -> None:
        sides, about = self.scenario.sides, self.scenario.issues[issue]
        option = about.options[int(trial[issue, 0])].id
        remark: Remark = Harvested(about.id, option)
        if not settled[0]:
            insists = wholes.state.insists[:, wholes.cohort]
            insisting = tuple(side.id for s, side in enumerate(sides) if insists[s, 0] and same[s, 0])
            remark = Common(about.id, option, insisting, self._refusals_by_itself(wholes, trial, same))
        if remark not in self._open.remarks:
            self._open.remarks.append(remark)

    def division(self, votes: Votes) -> None:
        ids = [party.id for party in self.scenario.parties]
        cast = tuple((name, WORDS[vote]) for name, vote in zip(ids, votes[:, 0].tolist(), strict=True))
        self._open.remarks.append(Divided(cast))

    def walk_out(self, party: int, worlds: Ints) -> None:
        member = self.scenario.parties[party]
        side = self.scenario.sides[member.side].id
        meetings = int(self.state.unimproved[party, worlds[0]])
        ground = Ground(Why.LOST_PATIENCE, party=member.id, meetings=meetings)
        self._open.rounds[-1].moves.append(Move(side, "walk_out", None, ground=ground))
        self.broken_by = Stop(By.WALK_OUT, self._open.date, side=side)

    def call(self, worlds: Ints, day: int, answers: Answers, next_day: Ints, again: Bools) -> None:  # noqa: ARG002
        sides, willing = self.scenario.sides, answers.willing[:, 0]
        told = {side.id: "yes" if willing[s] else "defer" for s, side in enumerate(sides)}
        unwilling = {
            side.id: Unwilling.USED_UP if answers.used_up[s, 0] else Unwilling.CONTENT
            for s, side in enumerate(sides)
            if not willing[s]
        }
        yes, later = bool(willing.all()), int(next_day[0])
        self.next_meeting = later if yes else None
        then = self._date(later) if yes or again[0] else None
        self.minutes.entries.append(Called(self._date(day), told, unwilling, then))

    def vote_at_home(self, home: Home, day: int, yes: Bools, again: bool, worlds: Ints) -> None:  # noqa: ARG002
        self.votes.setdefault(home.id, []).append((self._date(day), bool(yes[0])))

    def stopped(self, last_day: int) -> Stop:
        """What ended the talks."""
        end, state = self._date(last_day), self.state
        if self.minutes.outcome == "agreement":
            return Stop(By.SETTLED, end)
        if state.broken[0]:
            assert self.broken_by is not None
            return self.broken_by
        if state.further[0]:
            return Stop(By.SCHEDULED_LATER, end)
        if self.next_meeting is not None and self.next_meeting > last_day and state.willing[0]:
            return Stop(By.FIXED_LATER, end, later=self._date(self.next_meeting))
        if state.willing[0]:
            return Stop(By.PATIENCE_LEFT, end)
        if not self.minutes.meetings:
            return Stop(By.NO_MEETING, end)
        return Stop(By.NONE_FORESEEN if self.scenario.follow_up is None else By.PATIENCE_USED_UP, end)

    def ratification(self, ended: Endings) -> None:
        """How the deal fared at home."""
        deal = self.state.standing()
        home = at_home(self.scenario, self.state, deal, ended.signed)
        if not home.asked.any():
            return
        said = answers_at_home(self.scenario, self.state, deal, home, self.votes)
        day, fails = self._date(int(ended.day[0])), bool(home.fails[0])
        day = max([day, *(one.votes[-1][0] for one in said if one.votes)])
        self.minutes.entries.append(Ratified(day, named(self.scenario, deal), said, fails))
        if fails:
            self.minutes.stop = Stop(By.NOT_RATIFIED, day)

    @property
    def _open(self) -> MeetingMinutes:
        assert self.meeting is not None
        return self.meeting

    def _date(self, day: int) -> date:
        return self.scenario.start + timedelta(days=day)

    def _refusals_by_itself(self, wholes: Sitting, trial: Packages, same: Bools) -> tuple[tuple[str, Verdict], ...]:
        """Sides that the common option does not satisfy by itself, with their verdicts."""
        return tuple(
            (self.scenario.sides[delegation.side].id, verdict_on(wholes, i, trial, delegation.reservation))
            for i, delegation in enumerate(wholes.delegations)
            if not wholes.state.insists[delegation.side, wholes.cohort[0]]
            and same[delegation.side, 0]
            and not wholes.acceptable(i, trial)[0]
        )


def _without_offer(sitting: Sitting, turn: Turn, verdict: Verdict | None) -> tuple[str, Ground | None]:
    """What a side does that makes no offer, and why it makes none."""
    if verdict is None:
        return "defer", no_offer(sitting, turn)
    act = "defer" if sitting.acceptable(turn.delegation, turn.table)[0] else "reject"
    if turn.answers_only:
        return act, None
    return act, Ground(Why.LETS_STAND) if turn.stands[0] else no_offer(sitting, turn)
