"""A meeting from its beginning to its end: caucuses, rounds by its protocol, the whole sides' decision, walk-outs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario
from sim.talks.assent import agrees, sign, vetoes
from sim.talks.caucuses import hold_caucuses
from sim.talks.division import divide
from sim.talks.harvest import settle_common_ground
from sim.talks.observer import Observer, Occasion
from sim.talks.protocols.alternating import negotiate
from sim.talks.protocols.plenary import make_statements
from sim.talks.protocols.simultaneous import exchange
from sim.talks.protocols.single_text import amend_text
from sim.talks.schedule import Schedule
from sim.talks.seats.demands import demand
from sim.talks.seats.preparation import MeetingKind, Preparations
from sim.talks.seats.seating import sit_down
from sim.talks.seats.sitting import Sitting
from sim.talks.state import State
from sim.worlds.packages import Packages

PROTOCOLS: dict[str, Callable[..., tuple[Bools, Any, Ints]]] = {
    "alternating": negotiate,
    "simultaneous": exchange,
    "single_text": amend_text,
    "plenary": make_statements,
}


@dataclass(slots=True)
class Meetings:
    """Holds the meetings of a block of worlds; `turn` counts the turns of all talks so far."""

    scenario: Scenario
    state: State
    schedule: Schedule
    preparations: Preparations
    observers: Sequence[Observer]
    turn: int = 0

    def seat(self, kind: MeetingKind, cohort: Ints) -> Sitting:
        """Seat the sides for a meeting of this kind, after the turns so far."""
        return sit_down(self.preparations, kind, cohort, self.turn)

    def hold(
        self,
        occasion: Occasion,
        cohort: Ints,
        rounds: Ints,
        present: tuple[int, ...] | None,
        agenda: tuple[int, ...] | None,
        number: int | None,
    ) -> None:
        """Hold a meeting in those worlds of the cohort in which the talks go on and something is on the table."""
        state, scenario, kind = self.state, self.scenario, (present, agenda)
        on_table, _ = self.preparations.table(kind, cohort)
        meets = state.live[cohort] & on_table.any(axis=0)
        if scenario.constraints:
            meets &= self.preparations.possible(kind, cohort)
        cohort, rounds, on_table = cohort[meets], rounds[meets], on_table[:, meets]
        if not len(cohort):
            return
        sitting = self.seat(kind, cohort)
        sitting.ahead = self.schedule.ahead(number, occasion.day, cohort, rounds, state.meetings[cohort])
        times = self.schedule.times(scenario, number, occasion.day, cohort, int(rounds.max()))
        hold_caucuses(sitting, occasion, self.schedule.drafts, _at_round(times, rounds - 1), self.observers)
        for observer in self.observers:
            observer.meeting_begins(occasion, sitting)
        needed = self.schedule.needed[cohort]
        agreed, package, held = PROTOCOLS[occasion.protocol](sitting, occasion, rounds, times, needed, self.observers)
        self.turn = sitting.turn
        now = _at_round(times, np.maximum(held, 1) - 1)
        self._note(sitting, occasion, held, now)
        stands, assent = self._passed_by_wholes(sitting, kind, agreed, package, now, needed)
        for observer in self.observers:
            observer.meeting_ends(sitting, agreed, stands, package)
        state.settled[:, cohort] = np.where(on_table & stands, package, state.settled[:, cohort])
        state.version[cohort[stands]] += 1
        if scenario.ratified and stands.any():
            sign(state, cohort[stands], assent[:, stands], sitting.reservation[:, stands])
        if scenario.told_by_votes and stands.any():
            wholes = sitting if present is None else self.seat((None, agenda), cohort)
            votes = divide(wholes, package, now, assent, stands)
            for observer in self.observers:
                observer.division(votes)
        if scenario.early_harvest and occasion.protocol != "plenary":
            wholes = sitting if present is None else self.seat((None, agenda), cohort)
            settle_common_ground(sitting, wholes, state, ~stands, needed, self.observers)
        self._walk_outs(sitting, stands)

    def _note(self, sitting: Sitting, occasion: Occasion, held: Ints, now: Floats) -> None:
        state, cohort = self.state, sitting.cohort
        pick = slice(None) if len(cohort) == len(state.worlds) else cohort
        state.first_offer[..., pick] = sitting.first_offer
        state.last_offer[..., pick] = sitting.last_offer
        state.last_turn[:, pick] = sitting.last_turn
        state.adopted[..., pick] = sitting.adopted
        if len(cohort) == len(state.worlds):
            state.offer_value = sitting.valued  # its own copy
        else:
            state.offer_value[..., cohort] = sitting.valued
        state.unvalued[:, pick] = sitting.unvalued
        state.day[cohort] = occasion.day
        state.meetings[cohort] += 1
        state.rounds[cohort] += held
        state.time[:, cohort] = now

    def _passed_by_wholes(
        self, sitting: Sitting, kind: MeetingKind, agreed: Bools, package: Packages, now: Floats, needed: Floats
    ) -> tuple[Bools, Bools]:
        """Where what was agreed stands, (cohort,), and by whose assent, (sides, cohort).

        What was agreed ad referendum is put to every side that was not wholly present.
        """
        scenario, stands, assent = self.scenario, agreed.copy(), sitting.accepted.copy()
        here = {delegation.side: len(delegation.parties) for delegation in sitting.delegations}
        partly = [s for s, side in enumerate(scenario.sides) if here.get(s, 0) < len(side.members)]
        who = np.flatnonzero(agreed)
        if not partly or not len(who):
            return stands, assent
        wholes = self.seat((None, kind[1]), sitting.cohort[who])
        wholes.ahead = sitting.ahead.of(who)
        demanded, accepted = demand(wholes, now[:, who], acting=np.zeros(len(who), dtype=bool))
        for i, delegation in enumerate(wholes.delegations):
            if delegation.side in partly:
                value = wholes.utility(i, package[:, who])
                objects = wholes.objecting(i, package[:, who], value)
                at = list(delegation.parties)
                favours = ~objects & (value >= accepted[at] - TOLERANCE)
                passed = delegation.passes(objects, favours)
                assent[delegation.side, who] = passed
                for observer in self.observers:
                    observer.put_to_whole(wholes, i, package[:, who], (demanded[at], accepted[at]), passed)
        stands[who] = agrees(wholes.council, assent[:, who], needed[who], vetoes(wholes, package[:, who]))
        return stands, assent

    def _walk_outs(self, sitting: Sitting, agreed: Bools) -> None:
        """Count meetings without a better offer; who has had enough leaves for good, the first side to act first."""
        if sitting.heard is None:
            return
        state, cohort = self.state, sitting.cohort
        here = [self.scenario.sides[delegation.side] for delegation in sitting.delegations]
        for p in (member for side in here for member in side.members):
            patience = state.coded.walk_out[p, cohort]
            if not np.isfinite(patience).any():
                continue
            better = agreed | (sitting.heard[p] > state.heard[p, cohort] + TOLERANCE)
            state.heard[p, cohort] = np.maximum(state.heard[p, cohort], sitting.heard[p])
            state.unimproved[p, cohort] = np.where(better, 0, state.unimproved[p, cohort] + 1)
            leaves = (state.unimproved[p, cohort] >= np.maximum(np.floor(patience + 0.5), 1.0)) & state.live[cohort]
            leaves &= state.open[:, cohort].any(axis=0)
            if leaves.any():
                for observer in self.observers:
                    observer.walk_out(p, cohort[leaves])
                state.live[cohort[leaves]] = False
                state.broken[cohort[leaves]] = True


def _at_round(times: Floats, number: Ints) -> Floats:
    """Of times (rounds, sides, cohort) those of one round, counted from 0, (cohort,); shape (sides, cohort)."""
    return np.asarray(np.take_along_axis(times, number[None, None], axis=0)[0])
