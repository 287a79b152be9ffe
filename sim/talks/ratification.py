"""Ratification: whether a deal, once signed, passes at home (Putnam, 1988).

A deal must reach the threshold and hold no option of the red lines that a party or side states for home, and then pass
with the stated probability. Negotiators do not foresee this: who knows that home would refuse says so by its
reservation value and red lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.arrays.sums import share, total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import ballot_of, terms_of, weights_together
from sim.parties.council import council
from sim.rules.rule import Seats
from sim.scenario.model import Force, Ratification, Scenario, Side
from sim.talks.assent import agrees
from sim.talks.state import NONE, State
from sim.worlds.draws import holds, uniforms
from sim.worlds.packages import Packages


@dataclass(frozen=True, slots=True)
class Home:
    """Who ratifies: a party, or a side as a whole; `parties` are indices, `path` that of its ratification."""

    id: str
    path: str
    parties: tuple[int, ...]
    terms: Ratification
    whole_side: bool = False


def homes(scenario: Scenario) -> list[Home]:
    """Who must ratify a deal: sides first, then parties, in the order of the file."""
    found = [
        Home(side.id, f"sides.{side.id}.ratification", side.members, side.ratification, whole_side=True)
        for side in scenario.sides
        if side.ratification is not None
    ]
    return found + [
        Home(party.id, f"parties.{party.id}.ratification", (p,), party.ratification)
        for p, party in enumerate(scenario.parties)
        if party.ratification is not None
    ]


def home_numbers(scenario: Scenario, values: Mapping[str, Floats]) -> dict[str, Floats]:
    """The numbers of all ratifications by path, as arrays that events can change, each of shape (worlds,)."""
    return {path: values[path].copy() for path in _paths(scenario)}


def _paths(scenario: Scenario) -> Iterator[str]:
    for home in homes(scenario):
        terms, again = home.terms, home.terms.again
        found = [terms.probability, terms.day, terms.after_days, terms.luck]
        if terms.threshold is not None:
            found.append(terms.threshold.amount)
        if again is not None:
            found += [again.after_days, again.probability, again.luck]
        yield from (number.path for number in found if number is not None)


@dataclass(frozen=True, slots=True)
class AtHome:
    """How deals fare at home.

    Attributes
    ----------
    asked
        Who must ratify the deal: homes of those whose assent it needs and has; shape (homes, worlds).
    refuses
        Which of them do not; shape (homes, worlds).
    fails
        Where too few are left, shape (worlds,).
    """

    asked: Bools
    refuses: Bools
    fails: Bools


def at_home(scenario: Scenario, state: State, package: Packages, signed: Bools) -> AtHome:
    """Ask those at home.

    A side's home is asked if the side has assented to the deal, that of a member besides if the member did not object
    to it and, under a leader, if it leads or has a veto: who was outvoted or is not needed is not asked. A refusal
    counts as an objection of the member; the deal fails if by that too few sides are left that pass it.

    Parameters
    ----------
    scenario, state
        What was negotiated, and what happened.
    package
        The deal, the status quo on what it does not settle; shape (issues, worlds), -1 where there is none.
    signed
        Where there is a deal, shape (worlds,).
    """
    all_homes = homes(scenario)
    asked = np.zeros((len(all_homes), len(signed)), dtype=bool)
    refuses, nobody = np.zeros_like(asked), np.zeros_like(signed)
    if not all_homes or not signed.any():
        return AtHome(asked, refuses, nobody)
    deal = np.maximum(package, 0)
    members = np.zeros((len(scenario.parties), len(signed)), dtype=bool)  # whose home refuses
    lost = np.zeros((len(scenario.sides), len(signed)), dtype=bool)
    for h, home in enumerate(all_homes):
        s = scenario.parties[home.parties[0]].side
        side, party = scenario.sides[s], home.parties[0]
        asked[h] = signed & state.signed[s]
        if not home.whole_side:
            heeded = ballot_of(side, s, state.coded, slice(None)).heeds(side.members.index(party))
            asked[h] &= ~state.outvoted[party] & heeded
        refuses[h] = asked[h] & ~_answer(h, home, state, deal)
        if home.whole_side:
            lost[s] |= refuses[h]
        else:
            members[party] |= refuses[h]
    for s, side in enumerate(scenario.sides):
        lost[s] |= _stopped(state, s, side, members)
    if scenario.force is not None:
        return AtHome(asked, refuses, signed & ~_in_force(scenario.force, state, all_homes, asked & ~refuses))
    found, counts = council(scenario, state.coded, slice(None)), np.zeros((len(lost), 1), dtype=bool)
    counts[list(scenario.agreement.veto)] = True
    against = lost & state.signed if found is not None else lost & state.signed & counts
    stands = agrees(found, state.signed & ~lost, state.needed, against)
    return AtHome(asked, refuses, signed & lost.any(axis=0) & ~stands)


def _stopped(state: State, s: int, side: Side, refuses: Bools) -> Bools:
    """Where a side is stopped as refusals at home (parties, worlds) come to its members' objections; (worlds,)."""
    at = list(side.members)
    if not refuses[at].any():
        return np.zeros(refuses.shape[1], dtype=bool)
    stopped = ballot_of(side, s, state.coded, slice(None)).stopped(state.outvoted[at] | refuses[at])
    return refuses[at].any(axis=0) & stopped


def _in_force(force: Force, state: State, all_homes: list[Home], yes: Bools) -> Bools:
    """Where a deal enters into force, given which homes have ratified it, (homes, worlds); shape (worlds,)."""
    coded, every = state.coded, slice(None)
    groups = [home.parties for home in all_homes]
    weigh = [weights_together(part.of, groups, coded, every) for part in force.vote.parts]
    terms = terms_of(force.vote, weigh, coded, every, len(all_homes))
    nothing = np.zeros(yes.shape[1])
    result = terms.carry(Seats(np.ones(yes.shape), nothing, nothing, None)).holds(yes)
    for home, ratified in zip(all_homes, yes, strict=True):
        if home.id in force.veto:
            result = result & ratified
    return np.asarray(result)


def _answer(h: int, home: Home, state: State, deal: Packages) -> Bools:
    """Whether a deal (issues, worlds) passes at one home: as it voted on its day, else as it votes now."""
    now = passes(home, state, deal)
    return now if not len(state.voted) else np.where(state.voted[h] == NONE, now, state.voted[h] == 1)


def passes(home: Home, state: State, deal: Packages, again: bool = False) -> Bools:
    """Whether a deal (issues, worlds) passes at one home, where it votes now for the first time or `again`."""
    terms = home.terms
    result = np.ones(deal.shape[1], dtype=bool)
    if terms.threshold is not None:
        result &= worth_at_home(home, state, deal) >= needed_at_home(home, state) - TOLERANCE
    for issue, option in sorted(terms.red_lines):
        result &= deal[issue] != option
    probability, drawn = terms.probability, terms.luck
    if again and terms.again is not None:
        probability, drawn = terms.again.probability or probability, terms.again.luck
    if probability is None:
        return result
    chance = np.asarray(state.numbers[probability.path], dtype=np.float64)
    if drawn is not None:
        return result & holds(np.asarray(state.numbers[drawn.path], dtype=np.float64), chance)
    return result & (uniforms(state.seed, f"{home.path}.passes", state.worlds) < chance)


def needed_at_home(home: Home, state: State) -> Floats:
    """The threshold that a deal must reach at a home that has one, shape (worlds,)."""
    threshold = home.terms.threshold
    assert threshold is not None
    stated = np.asarray(state.numbers[threshold.amount.path], dtype=np.float64)
    if not threshold.status_quo:
        return stated
    held = np.repeat(state.coded.status_quo[:, None], len(stated), axis=1)
    return np.asarray(stated + worth_at_home(home, state, held))


def worth_at_home(home: Home, state: State, deal: NDArray[np.integer]) -> Floats:
    """What a deal (issues, worlds) is worth to those who ratify: the mean by weight; shape (worlds,)."""
    at = list(home.parties)
    value = state.wants.utility(deal)[at]
    if len(at) == 1:
        return np.asarray(value[0])
    weight = np.maximum(state.coded.weight[at], 0.0)
    return share(total(weight * value), total(weight))


def refusing_parties(scenario: Scenario, state: State, package: Packages, refused: Bools) -> Bools:
    """Which parties stand for the refusals (homes, worlds): who refuses, and of a side the member that gains least.

    Gains are utilities above the reservation value. Shape (parties, worlds).
    """
    result = np.zeros((len(scenario.parties), refused.shape[1]), dtype=bool)
    surplus = state.wants.utility(np.maximum(package, 0)) - state.wants.reservation
    for h, home in enumerate(homes(scenario)):
        if not refused[h].any():
            continue
        at = list(home.parties)
        worst = np.asarray(at)[surplus[at].argmin(axis=0)]
        where = np.flatnonzero(refused[h])
        result[worst[where], where] = True
    return result
