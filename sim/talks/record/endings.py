"""How the talks ended in each world, what was agreed, and who blocked it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.parties.conceding import aspirations
from sim.scenario.model import Scenario
from sim.talks.ratification import at_home, refusing_parties
from sim.talks.seats.preparation import Preparations
from sim.talks.state import NONE, State, stood_by
from sim.worlds.draws import Worlds
from sim.worlds.gaps import package_gaps, side_saliences
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import crosses_red_line, option_places

OUTCOMES = ("agreement", "partial", "talks_continue", "impasse", "breakdown", "not_ratified")
"""How talks can end; the last only where somebody must ratify a deal."""


def outcomes_of(scenario: Scenario) -> tuple[str, ...]:
    """The outcomes that there can be in a scenario."""
    return OUTCOMES if scenario.ratified else OUTCOMES[:-1]


@dataclass(slots=True)
class Endings:
    """A block of worlds at its end.

    Attributes
    ----------
    worlds
        Their indices, shape (worlds,).
    outcome
        Place in `OUTCOMES`, shape (worlds,).
    day
        Day of the deal or of the last meeting, -1 if none was held; shape (worlds,).
    broke_on
        Day on which a walk-out or an event ended the talks, -1 where none did; shape (worlds,).
    meetings, rounds
        Held, shape (worlds,).
    package
        Option by issue of a whole or partial deal, with the status quo on what is not settled; -1 without a deal.
        Shape (issues, worlds).
    refused_package
        The deal, whole or partial, that was signed and refused at home, as `package`; -1 where none was.
    settled
        Which issues were settled, shape (issues, worlds).
    utility
        Of the deal, or the reservation value without one; shape (parties, worlds).
    gain
        Of the deal over the party's reservation value in that world at its end, nan without one; (parties, worlds).
    discounted
        Of a deal, what it is worth to each party that loses by delay, when it comes: the reservation value and of the
        gain what delay leaves; the reservation value without one. By party, each (worlds,).
    gap, first_gap
        Total gap between what the sides stand by at the last, their last offers or those that they have accepted (0 in
        a world with an agreement), and between the first of it; nan where fewer than two sides stand by anything; shape
        (worlds,).
    blocks
        Which party blocks on which issue, in worlds without an agreement; shape (parties, issues, worlds).
    signed
        Where there was a deal, whole or partial, before anybody ratified it; shape (worlds,).
    refused
        Who refused it at home so that it failed, in the order of `sim.talks.ratification.homes`; shape (homes, worlds).
    broke_silence
        How often each party broke silence in the caucus of its side, shape (parties, worlds).
    ended_by
        The event that ended the talks, by its place in the file, -1 where none did; shape (worlds,).
    votes
        How each party voted on what was settled last, a place in `sim.talks.division.WORDS`, -1 without a deal; shape
        (parties, worlds), without rows where votes are not told.
    """

    worlds: Worlds
    outcome: NDArray[np.int8]
    day: Ints
    broke_on: Ints
    meetings: Ints
    rounds: Ints
    package: Packages
    refused_package: Packages
    settled: Bools
    utility: Floats
    gain: Floats
    discounted: dict[int, Floats]
    gap: Floats
    first_gap: Floats
    blocks: Bools
    signed: Bools
    refused: Bools
    broke_silence: Ints
    ended_by: Ints
    votes: NDArray[np.int8]

    def of(self, places: Ints) -> Endings:
        """The endings of the worlds at these places."""
        discounted = {p: worth[places] for p, worth in self.discounted.items()}
        arrays = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "discounted"}
        return Endings(**{name: array[..., places] for name, array in arrays.items()}, discounted=discounted)


def conclude(scenario: Scenario, state: State) -> Endings:
    """Read the endings off the state."""
    settled = ~state.open
    signed: Bools = np.logical_or.reduce(settled, axis=0)
    deal = np.where(signed, state.standing(), NONE).astype(PACKAGE)
    home = at_home(scenario, state, deal, signed)
    fails, refused = home.fails, home.refuses & home.fails
    settled &= ~fails
    some, whole = settled.any(axis=0), settled.all(axis=0)
    outcome = np.select(
        [fails, whole, state.broken, some, (state.further | state.willing) & state.live],
        [OUTCOMES.index(name) for name in ("not_ratified", "agreement", "breakdown", "partial", "talks_continue")],
        OUTCOMES.index("impasse"),
    ).astype(np.int8)
    package = np.where(some, deal, NONE).astype(PACKAGE)
    value = np.where(some, state.wants.utility(np.maximum(package, 0)), state.wants.reservation)
    if scenario.force is not None and scenario.force.otherwise is not None:
        otherwise = np.repeat(np.array(scenario.force.otherwise, dtype=PACKAGE)[:, None], len(fails), axis=1)
        value = np.where(fails, state.wants.utility(otherwise), value)
    saliences = side_saliences(state.coded, state.wants, [side.members for side in scenario.sides])
    _, gap = package_gaps(state.coded.place, stood_by(state.last_offer, state.adopted[1]), saliences)
    _, first_gap = package_gaps(state.coded.place, stood_by(state.first_offer, state.adopted[0]), saliences)
    return Endings(
        worlds=state.worlds,
        outcome=outcome,
        day=state.day,
        broke_on=np.where(state.broken, np.where(state.ended_by == NONE, state.day, state.ended_on), NONE),
        meetings=state.meetings,
        rounds=state.rounds,
        package=package,
        refused_package=np.where(fails, deal, NONE).astype(PACKAGE),
        settled=settled,
        utility=value,
        gain=np.where(some, value - state.wants.reservation, np.nan),
        discounted=_discounted(scenario, state, value),
        gap=np.where(whole, 0.0, gap),
        first_gap=first_gap,
        blocks=np.where(fails, _refusers(scenario, state, deal, refused), _blocks(scenario, state) & ~whole),
        signed=signed,
        refused=refused,
        broke_silence=state.broke_silence,
        ended_by=state.ended_by,
        votes=state.votes,
    )


def _refusers(scenario: Scenario, state: State, deal: Packages, refused: Bools) -> Bools:
    """Who stands for the refusals at home, and the issue on which the deal costs it most; as `_blocks`."""
    blocks = np.zeros((len(scenario.parties), *deal.shape), dtype=bool)
    who = refusing_parties(scenario, state, deal, refused)
    package = np.maximum(deal, 0)
    places = option_places(state.wants.worth.shape, package)
    for p in np.flatnonzero(who.any(axis=1)):
        loss = state.wants.most[p] - state.wants.worth[p].reshape(-1).take(places)
        issue = _sorest(loss, state.coded.red[p], package)
        blocks[p, issue, np.arange(deal.shape[1])] = who[p]
    return blocks


def _discounted(scenario: Scenario, state: State, value: Floats) -> dict[int, Floats]:
    """What deals of these utilities (parties, worlds) are worth to those who lose by delay, when they come."""
    found: dict[int, Floats] = {}
    for p, party in enumerate(scenario.parties):
        if party.discount is None or state.memory is None:
            continue
        passed = {"offer": state.memory.offers - 1, "round": state.rounds - 1, "day": state.day}[party.discount.unit]
        factor = np.ascontiguousarray(np.clip(state.coded.settings["discount"][p], 0.0, 1.0))
        left = factor ** np.ascontiguousarray(np.maximum(passed, 0).astype(np.float64))
        found[p] = state.wants.reservation[p] + left * (value[p] - state.wants.reservation[p])
    return found


def _blocks(scenario: Scenario, state: State) -> Bools:
    """Who blocks on what: objects to the other side's last offer or, if nobody objects, holds out.

    With more than two sides the offer is the latest of another side. The issue is a red line that it crosses, else
    the one on which the party loses most against its best option. Shape (parties, issues, worlds).
    """
    shape = (len(scenario.parties), len(scenario.issues), len(state.worlds))
    blocks = np.zeros(shape, dtype=bool)
    cohort = np.arange(shape[2])
    best, least = Preparations(scenario, state).range((None, None), cohort)
    if state.memory is not None:
        demanded = np.where(np.isnan(state.memory.threshold), best, state.memory.threshold)
    else:
        demanded = aspirations(scenario, state.time, best, least, state.wants.reservation, state.coded.settings)
    offers = {s: _Facing.of(state, s) for s in range(len(scenario.sides))}
    objects, holds_out = np.zeros((shape[0], shape[2]), dtype=bool), np.zeros((shape[0], shape[2]), dtype=bool)
    issue = np.zeros((shape[0], shape[2]), dtype=np.intp)
    for p, party in enumerate(scenario.parties):
        offer, red = offers[party.side], state.coded.red[p]
        got = state.wants.worth[p].reshape(-1).take(offer.places)
        value = total(got)
        if state.wants.bonus is not None:
            value += state.wants.bonuses(offer.package, None, [p])[0]
        crossed = crosses_red_line(red[None], offer.package)[0]
        objects[p] = offer.made & (crossed | (value < state.wants.reservation[p] - TOLERANCE))
        holds_out[p] = offer.made & ~objects[p] & (value < demanded[p] - TOLERANCE)
        issue[p] = _sorest(state.wants.most[p] - got, red, offer.package)
    anybody = objects.any(axis=0)
    who = np.where(anybody, objects, holds_out)
    for p in range(shape[0]):
        blocks[p, issue[p], cohort] = who[p]
    return blocks


@dataclass(frozen=True, slots=True)
class _Facing:
    """The latest offer of another side (issues, worlds), where there is one (worlds,), and where its worth stands."""

    package: Packages
    made: Bools
    places: Ints

    @classmethod
    def of(cls, state: State, side: int) -> _Facing:
        turn = state.last_turn.copy()
        turn[side] = NONE
        latest = turn.argmax(axis=0)
        package = np.maximum(state.last_offer[latest, :, np.arange(turn.shape[1])].T, 0)
        return cls(package, turn.max(axis=0) != NONE, option_places(state.wants.worth.shape, package))


def _sorest(loss: Floats, red: Bools, package: Packages) -> Ints:
    """The issue on which a package costs a party most, a crossed red line first; shape (worlds,).

    `loss` is what its options are worth less than the party's best ones, (issues, worlds); `red` are its red lines,
    (issues, options, worlds or 1).
    """
    column = np.arange(package.shape[1]) if red.shape[2] > 1 else 0
    for j in np.flatnonzero(red.any(axis=(1, 2))):
        loss[j, red[j, package[j], column]] = np.inf
    return np.asarray((loss >= loss.max(axis=0) - TOLERANCE).argmax(axis=0))
