"""What the parties in a meeting know when they make up their minds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.policies.situation import History, Situation
from sim.talks.seats.memory import Memory
from sim.talks.seats.reach import reach
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE


@dataclass(slots=True)
class Stances:
    """What is known of all parties at one moment of a meeting, from which the situations of some are taken."""

    sitting: Sitting
    memory: Memory
    time: Floats  # by party, (parties, cohort)
    round: int
    last: Floats
    worst: Floats
    patience: Floats
    others_patience: Floats
    history: History

    def of(self, who: list[int], settings: dict[str, Floats], words: Mapping[str, str]) -> Situation:
        """The situation of some parties."""
        sitting, ahead, seen = self.sitting, self.sitting.ahead, self.history
        return Situation(
            time=self.time[who],
            best=sitting.best[who],
            reservation=sitting.reservation[who],
            settings=settings,
            words=words,
            worst=self.worst[who],
            least=sitting.least[who],
            round=self.round,
            rounds_left=np.maximum(ahead.rounds - 1 - self.round, 0) + ahead.rounds_after,
            meetings=ahead.meetings,
            meetings_left=ahead.meetings_left,
            patience=self.patience[who],
            others_patience=self.others_patience[who],
            last=self.last[who],
            history=History(
                own=seen.own[:, who],
                received=seen.received[:, who],
                first=seen.first[who],
                most=seen.most[who],
                mean=seen.mean[who],
                recent_most=seen.recent_most[who],
                recent_mean=seen.recent_mean[who],
                own_packages=seen.own_packages[who],
                others_packages=seen.others_packages[who],
                risk=seen.risk[who],
                others_risk=seen.others_risk[who],
            ),
            most_below=lambda level: _most_below(sitting, who, level),
            nth_best=lambda number: _nth_best(sitting, who, number),
            reach=lambda: reach(sitting)[who],
        )


def weigh(sitting: Sitting, memory: Memory, time: Floats, number: int) -> Stances:
    """What is known of all parties now.

    `time` is the share of the time that has passed for each, (parties, cohort); `number` the round, from 0.
    """
    cohort, scenario = sitting.cohort, sitting.scenario
    made = sitting.last_offer[:, 0] != NONE
    top = np.maximum(sitting.best, sitting.reservation)
    demanded = memory.demanded[:, cohort]
    patience = _patience(sitting, number)
    packages = memory.packages[:, cohort]
    others_packages = np.empty(top.shape, dtype=np.intp)
    risk = _risk(sitting, made)
    others_patience, others_risk = np.ones(top.shape), np.ones(top.shape)
    for s, side in enumerate(scenario.sides):
        elsewhere = [p for p, party in enumerate(scenario.parties) if party.side != s]
        members = list(side.members)
        others = [other for other in range(len(packages)) if other != s]
        others_packages[members] = packages[others].min(axis=0)
        others_patience[members] = total(patience[elsewhere]) / len(elsewhere)
        others_risk[members] = risk[elsewhere].min(axis=0)
    count = memory.count[:, cohort]
    mean = np.divide(memory.sum[:, cohort], count, out=np.full(top.shape, np.nan), where=count > 0)
    recent_most, recent_mean = memory.recent(time, cohort)
    return Stances(
        sitting=sitting,
        memory=memory,
        time=time,
        round=number,
        last=np.where(np.isnan(demanded), top, np.clip(demanded, sitting.reservation, top)),
        worst=sitting.worst,
        patience=patience,
        others_patience=others_patience,
        history=History(
            own=memory.own[..., cohort],
            received=memory.received[..., cohort],
            first=memory.first[:, cohort],
            most=memory.most[:, cohort],
            mean=mean,
            recent_most=recent_most,
            recent_mean=recent_mean,
            own_packages=packages[[party.side for party in scenario.parties]],
            others_packages=others_packages,
            risk=risk,
            others_risk=others_risk,
        ),
    )


def _risk(sitting: Sitting, made: Bools) -> Floats:
    """Share of its gain from its own side's offer that each party would lose by the worst of the others' offers."""
    result = np.ones(sitting.best.shape)
    for p, party in enumerate(sitting.scenario.parties):
        own = sitting.offer_value[party.side, p]
        theirs = np.full(own.shape, np.inf)
        for s in range(len(made)):
            if s != party.side:
                theirs = np.where(made[s], np.minimum(theirs, sitting.offer_value[s, p]), theirs)
        gain = own - sitting.reservation[p]
        known = made[party.side] & np.isfinite(theirs) & (gain > TOLERANCE)
        share = np.divide(own - theirs, gain, out=np.ones(own.shape), where=known)
        result[p] = np.clip(share, 0.0, 1.0)
    return result


def _patience(sitting: Sitting, number: int) -> Floats:
    """Share of its gain left to each party that turns an offer down and has its own next one accepted.

    An offer of the side that acts first in a round can be accepted in that round, those of the others in the next one.
    """
    result = np.ones(sitting.best.shape)
    last = number >= sitting.ahead.rounds - 1
    for i, delegation in enumerate(sitting.delegations):
        for p in delegation.parties:
            discount = sitting.scenario.parties[p].discount
            if discount is None:
                continue
            factor = np.clip(sitting.settings["discount"][p], 0.0, 1.0)
            if discount.unit == "offer" or (i > 0 and discount.unit == "round"):
                result[p] = factor
            elif i > 0:
                days = np.where(last, sitting.ahead.days_to_next, 0).astype(np.float64)
                result[p] = np.ascontiguousarray(factor) ** np.ascontiguousarray(days)
    return result


def _most_below(sitting: Sitting, who: list[int], level: Floats) -> Floats:
    """The most that an acceptable candidate worth less than `level` is worth to each party; -inf without any."""
    result = np.full(level.shape, -np.inf)
    for row, p in enumerate(who):
        for delegation in sitting.delegations:
            if p in delegation.parties:
                value = delegation.value[delegation.parties.index(p), : len(delegation.acceptable)]
                below = delegation.acceptable & (value < level[row] - TOLERANCE)
                result[row] = np.max(np.where(below, value, -np.inf), axis=0, initial=-np.inf)
    return result


def _nth_best(sitting: Sitting, who: list[int], number: Ints) -> Floats:
    """What the so-many-th best package (parties, cohort) is worth to each party; see `Situation.nth_best`."""
    result = np.full(number.shape, np.nan)
    for row, p in enumerate(who):
        for delegation in sitting.delegations:
            if delegation.parties == (p,) and delegation.looks_at_all:
                candidate, there = delegation.nth_best(number[row])
                value = delegation.value[0, candidate, np.arange(len(candidate))]
                result[row] = np.where(there, value, np.nan)
    return result
