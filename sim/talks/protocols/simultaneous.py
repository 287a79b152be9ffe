"""Simultaneous exchange: in each round all sides put their offers at once, then each answers those of the others.

The setting of the monotonic concession protocol (Zeuthen, 1930; Rosenschein & Zlotkin, *Rules of Encounter*, 1994,
ch. 3.3), for any number of sides: an offer is the agreement if all whose agreement is needed accept it. Where that
holds of several, `ties` says which stands: that with the largest product of gains of the sides that accept it (nash),
any of them with equal chance, or that of the first side in the file. All offers lapse at the end of the round.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.assent import agrees, vetoes
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.seats.appraisal import appraise
from sim.talks.seats.choices import choose
from sim.talks.seats.demands import demand
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.draws import uniforms
from sim.worlds.packages import PACKAGE, Packages


def exchange(
    sitting: Sitting, occasion: Occasion, rounds: Ints, times: Floats, needed: Floats, observers: Sequence[Observer]
) -> tuple[Bools, Packages, Ints]:
    """Hold the rounds of an exchange; arguments and answers as `sim.talks.protocols.alternating.negotiate`."""
    sides, issues, count = sitting.last_offer.shape
    here = [delegation.side for delegation in sitting.delegations]
    asked = np.minimum(needed, len(here))
    agreed = np.zeros(count, dtype=bool)
    package = np.zeros((issues, count), dtype=PACKAGE)
    held = np.zeros(count, dtype=np.intp)
    for k in range(int(rounds.max(initial=0))):
        active = ~agreed & (k < rounds)
        if not active.any():
            break
        held += active
        for observer in observers:
            observer.round_begins(sitting, k, times[k])
        aspirations, thresholds = demand(sitting, times[k], k, active)
        offered = _offers(sitting, aspirations, thresholds, active, observers)
        assent = np.zeros((sides, sides, count), dtype=bool)  # of whose offer, by whom
        for i in range(len(here)):
            _answers(sitting, i, thresholds, aspirations, offered, assent, observers)
        done = np.stack(
            [offered[s] & agrees(sitting.council, assent[s], asked, _against(sitting, s)) for s in range(sides)]
        )
        chosen = _choose(sitting, occasion, k, needed, done, assent)
        reached = done.any(axis=0)
        at = np.flatnonzero(reached)
        package[:, at] = sitting.last_offer[chosen[at], :, at].T
        sitting.accepted[:, at] = assent[chosen[at], :, at].T
        agreed |= reached
        for observer in observers:
            observer.round_ends(occasion, sitting, k, active, agreed)
    return agreed, package, held


def _offers(
    sitting: Sitting, aspirations: Floats, thresholds: Floats, active: Bools, observers: Sequence[Observer]
) -> Bools:
    """All sides put their offers, none knowing the others'; answers who did, shape (sides, cohort)."""
    sides, issues, count = sitting.last_offer.shape
    offered = np.zeros((sides, count), dtype=bool)
    nobody, no_owner = np.zeros(count, dtype=bool), np.full(count, NONE, dtype=np.intp)
    nothing = np.zeros((issues, count), dtype=PACKAGE)
    choices = [choose(sitting, i, aspirations) for i in range(len(sitting.delegations))]
    for i, (delegation, (candidate, has, package)) in enumerate(zip(sitting.delegations, choices, strict=True)):
        offers, at = active & has, list(delegation.parties)
        turn = Turn(
            i,
            nothing,
            no_owner,
            nobody,
            nobody,
            nobody,
            offers,
            package,
            candidate,
            active,
            aspirations[at],
            thresholds[at],
        )
        for observer in observers:
            observer.turn(sitting, turn)
        if offers.any():
            sitting.put(delegation.side, package, offers)
        offered[delegation.side] = offers
    return offered


def _answers(
    sitting: Sitting,
    i: int,
    thresholds: Floats,
    aspirations: Floats,
    offered: Bools,
    assent: Bools,
    observers: Sequence[Observer],
) -> None:
    """The i-th side answers each offer of the others; noted in `assent`."""
    delegation, at = sitting.delegations[i], list(sitting.delegations[i].parties)
    count = offered.shape[1]
    nobody, nowhere = np.zeros(count, dtype=bool), np.zeros(count, dtype=np.intp)
    for other in sitting.delegations:
        facing = offered[other.side]
        if other.side == delegation.side:
            assent[other.side, delegation.side] = facing
            continue
        if not facing.any():
            continue
        package, value = np.maximum(sitting.last_offer[other.side], 0), sitting.offer_value[other.side][at]
        objects = sitting.objecting(i, package, value)
        accepts = facing & delegation.passes(objects, ~objects & (value >= thresholds[at] - TOLERANCE))
        assent[other.side, delegation.side] = accepts
        sitting.adopt(delegation.side, package, accepts)
        owner = np.where(facing, other.side, NONE)
        turn = Turn(
            i,
            package,
            owner,
            facing,
            accepts,
            nobody,
            nobody,
            package,
            nowhere,
            facing,
            aspirations[at],
            thresholds[at],
            answers_only=True,
        )
        for observer in observers:
            observer.turn(sitting, turn)


def _against(sitting: Sitting, side: int) -> Bools:
    """Who finds a side's offer unacceptable of those whose objection counts, shape (sides, cohort)."""
    return vetoes(sitting, np.maximum(sitting.last_offer[side], 0))


def _choose(sitting: Sitting, occasion: Occasion, k: int, needed: Floats, done: Bools, assent: Bools) -> Ints:
    """Whose offer stands where at least one does, shape (cohort,)."""
    first = done.argmax(axis=0)
    tied = np.flatnonzero(np.add.reduce(done, axis=0, dtype=np.intp) > 1)
    if not len(tied) or occasion.procedure.ties == "first":
        return np.asarray(first)
    if occasion.procedure.ties == "chance":
        worlds = sitting.state.worlds[sitting.cohort[tied]]
        luck = uniforms(sitting.state.seed, f"meetings.{occasion.id}.ties.{k}", worlds)
        number = (luck * np.add.reduce(done[:, tied], axis=0, dtype=np.intp)).astype(np.intp)
        first[tied] = (np.cumsum(done[:, tied], axis=0) > number).argmax(axis=0)
        return np.asarray(first)
    appraisal = appraise(sitting, needed)
    best = np.full(len(tied), -1.0)
    for delegation in sitting.delegations:
        s = delegation.side
        value = sitting.offer_value[s][appraisal.parties][:, tied]
        product = np.ones(len(tied))
        for gain, other in zip(appraisal.gains(value, tied), sitting.delegations, strict=True):
            product *= np.where(assent[s, other.side, tied], np.maximum(gain, 0.0), 1.0)
        better = done[s, tied] & (product > best * (1.0 + TOLERANCE) + (best == 0.0) * TOLERANCE)
        first[tied[better]] = s
        best = np.where(better, product, best)
    return np.asarray(first)
