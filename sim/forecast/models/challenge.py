"""The expected utility model: parties challenge each other's positions, and those who expect to lose give way.

Bueno de Mesquita's model as reconstructed by Scholz, Calbert & Smith, "Unravelling Bueno De Mesquita's Group Decision
Model", Journal of Theoretical Politics 23, 2011, 510-531. In a round, with d_ij the distance of two positions as a
share of their range and r_i a party's risk exponent, a challenge of i to j is worth to i

    E_ij = s_j (P_ij S_ij + (1 - P_ij) F_ij) + (1 - s_j) S_ij - Q N_i - (1 - Q) M_ij
    S_ij = 2 - 4 (0.5 - 0.5 d_ij)^r_i        success
    F_ij = 2 - 4 (0.5 + 0.5 d_ij)^r_i        failure
    N_i  = 2 - 4 (0.5 + 0.5 d_i0)^r_i        nothing changes; d_i0 is 0 or, in one reading, how far the status quo is
    M_ij = 2 - 4 (0.5 -+ 0.25 (d_im + d_ij))^r_i    the other goes to the median m: better (-) if d_im < d_ij

with P_ij the share of the votes, c_k s_k (d_kj - d_ki) each, that go to i. The exponents follow from how much each has
to fear: with r = 1, R_i = (2 D_i - max D - min D) / (max D - min D) over D_i, what the others expect of challenging
i, and r_i = (1 - R_i / 3) / (1 + R_i / 3). Then i compares a, what it expects of challenging j, with b, what j
expects of challenging i: where b > a > 0 it loses a confrontation and goes to j; where b > 0 > a it goes part of the
way, the share |a / b|, if b > |a| (compromise), else all of it. All move at once, and the forecast is the weighted
median.

The article leaves points open, and its authors' program fills them otherwise than its equations would. Both are here:
`PROGRAM`, which gives the figures of the replication (median 8.4 after the first round for the standards of car
emissions, then 9.6, 10.0, ...), and `EQUATIONS`, with the choices of the reconstruction that was held against the DEU
data. The model has no rule that says when to stop; `PROGRAM` is read off after one round, `EQUATIONS` when the median
rests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats
from sim.forecast.case import Case
from sim.forecast.models.mean import weighted_mean
from sim.forecast.models.median import weighted_median
from sim.forecast.prediction import Prediction, over_parties

_NUMBERS = 200_000
"""Of pairs of parties times columns that are worked on at once."""

RESTS = 0.005
"""A median that moves by less than this in two rounds running rests."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the open points are read.

    Attributes
    ----------
    all_pairs
        The votes of a pair are a share of those in all pairs together, the voters' risk exponents applied to their
        distances (as the program counts); else of its own (equation 31), and exponents are left out.
    own_view
        A party works out with its own exponent what the other expects; else each works out its own.
    confrontation
        Where both expect to gain, the weaker goes over to the stronger; else nobody moves.
    choice
        Which offer a party takes: of confrontations, compromises and capitulations the first kind that there is, and of
        it the one that moves it ``least``, or by the rule of the ``program``, in which of compromises the one with the
        lowest mean of the two positions by |a| and |b| is taken; or that of the ``strongest``, by b.
    status_quo
        Nothing changes means that the status quo holds, on issues that have one; else that each keeps its position.
    patience
        Q: how likely it is that a party that is not challenged stays where it is.
    range_now
        Distances are shares of the range of the positions of the round; else of those at the start.
    rounds
        At most.
    until_rest
        Stop where the median rests.
    """

    all_pairs: bool
    own_view: bool
    confrontation: bool
    choice: str
    status_quo: bool
    patience: float
    range_now: bool
    rounds: int
    until_rest: bool


PROGRAM = Reading(
    all_pairs=True,
    own_view=True,
    confrontation=True,
    choice="program",
    status_quo=False,
    patience=1.0,
    range_now=False,
    rounds=1,
    until_rest=False,
)
"""As the program of the replication computes."""

EQUATIONS = Reading(
    all_pairs=False,
    own_view=False,
    confrontation=False,
    choice="strongest",
    status_quo=True,
    patience=0.7,
    range_now=True,
    rounds=20,
    until_rest=True,
)
"""As the equations say, and where these are silent as fits what is reported for the DEU data (docs/backtest.md)."""


def forecast(case: Case, reading: Reading = PROGRAM) -> Prediction:
    """The weighted median after the rounds; as distribution influence over the positions then held."""
    return trajectory(case, reading)[-1]


def trajectory(case: Case, reading: Reading = PROGRAM) -> list[Prediction]:
    """The forecast after each round, the positions as they stand at first."""
    parties, issues, worlds = case.shape
    columns = issues * worlds
    influence = case.influence()
    position, salience, share, quo = (
        array.reshape(*array.shape[:-2], columns)
        for array in (case.position, np.where(case.present, case.salience, 0.0), influence, case.status_quo)
    )
    weight = np.where(case.present, case.power * case.salience, 0.0).reshape(parties, columns)
    weight = np.where(weight.sum(axis=0) > 0.0, weight, np.nan_to_num(share))
    held = _rounds(position, salience, weight, share, quo, reading)
    shaped = [places.reshape(parties, issues, worlds) for places in held]
    return [over_parties(weighted_median(places, influence), places, influence) for places in shaped]


def mean_position(case: Case, prediction: Prediction) -> Floats:
    """The weighted mean of the positions that a round left, shape (issues, worlds)."""
    held = np.where(case.present, prediction.place, np.nan)
    return weighted_mean(held, case.influence())


def _rounds(
    position: Floats, salience: Floats, weight: Floats, share: Floats, quo: Floats, reading: Reading
) -> list[Floats]:
    """Positions at the start and after each round, each of shape (parties, columns).

    Columns with as many parties are played together, and only the parties that are there.
    """
    there = ~np.isnan(position)
    count = there.sum(axis=0)
    order = np.argsort(~there, axis=0, kind="stable")
    by_count = np.argsort(count, kind="stable")
    history = [position]
    start = 0
    while start < len(by_count):
        last = start + 1
        while last < len(by_count) and count[by_count[last]] ** 2 * (last + 1 - start) <= _NUMBERS:
            last += 1
        at = by_count[start:last]
        who = order[: max(int(count[at].max(initial=0)), 1), at]
        held, cares, votes, influence = (array[who, at] for array in (position, salience, weight, share))
        for t, moved in enumerate(_play(held, cares, votes, influence, quo[at], reading)):
            if t == len(history):
                history.append(history[-1].copy())
            history[t][who, at] = moved
        for later in history[t + 1 :]:
            later[:, at] = history[t][:, at]
        start = last
    return history


def _play(
    position: Floats, salience: Floats, weight: Floats, share: Floats, quo: Floats, reading: Reading
) -> Iterator[Floats]:
    """Positions at the start and after each round, each of shape (parties, columns)."""
    there = ~np.isnan(position)
    held = position.copy()
    first = _range(held, there)
    median = weighted_median(held, share)
    resting = np.zeros(position.shape[1], dtype=np.int64)
    yield held
    for _ in range(reading.rounds):
        width = _range(held, there) if reading.range_now else first
        active = np.flatnonzero((width > 0.0) & ~(reading.until_rest & (resting >= 2)))
        if not len(active):
            return
        moved = _round(
            np.where(there, held, 0.0)[:, active],
            there[:, active],
            salience[:, active],
            weight[:, active],
            quo[active],
            median[active],
            width[active],
            reading,
        )
        held = held.copy()
        held[:, active] = np.where(there[:, active], moved, np.nan)
        yield held
        now = weighted_median(held, share)
        resting = np.where(np.abs(now - median) < RESTS, resting + 1, 0)
        median = now


def _range(held: Floats, there: Bools) -> Floats:
    high = np.where(there, held, -np.inf).max(axis=0)
    low = np.where(there, held, np.inf).min(axis=0)
    return np.asarray(np.where(there.any(axis=0), high - low, 0.0))


def _round(
    held: Floats,
    there: Bools,
    salience: Floats,
    weight: Floats,
    quo: Floats,
    median: Floats,
    width: Floats,
    reading: Reading,
) -> Floats:
    """Where the parties stand after one round, shape (parties, columns)."""
    apart = np.abs(held[:, None] - held[None]) / width
    other = there[:, None] & there[None] & ~np.eye(len(held), dtype=bool)[..., None]
    to_median = np.abs(held - median) / width
    to_quo = np.minimum(np.abs(held - quo) / width, 1.0)
    quiet = np.where(np.isnan(to_quo), 0.0, to_quo) if reading.status_quo else np.zeros(held.shape)

    def expected(risk: Floats) -> tuple[Floats, Floats]:
        chance = _chances(apart, other, weight, risk if reading.all_pairs else None)
        power = risk[:, None]
        success = 2.0 - 4.0 * np.maximum(0.5 - 0.5 * apart, 0.0) ** power
        failure = 2.0 - 4.0 * (0.5 + 0.5 * apart) ** power
        nothing = reading.patience * (2.0 - 4.0 * (0.5 + 0.5 * quiet) ** risk)[:, None]
        if reading.patience < 1.0:
            way = 0.25 * (to_median[:, None] + apart)
            better = np.where(to_median[:, None] < apart, -way, way)
            nothing = nothing + (1.0 - reading.patience) * (2.0 - 4.0 * np.maximum(0.5 + better, 0.0) ** power)
        resists, back = salience[None], chance.swapaxes(0, 1)
        own = resists * (chance * success + (1.0 - chance) * failure) + (1.0 - resists) * success - nothing
        if not reading.own_view:
            return own, own.swapaxes(0, 1)
        resists = salience[:, None]
        theirs = resists * (back * success + (1.0 - back) * failure) + (1.0 - resists) * success - nothing
        return own, theirs

    ones = np.ones(held.shape)
    _, feared = expected(ones)
    own, theirs = expected(_exponents(np.where(other, feared, 0.0).sum(axis=1), there))
    return _moves(held, own, theirs, other & (held[:, None] != held[None]), reading)


def _chances(apart: Floats, other: Bools, weight: Floats, risk: Floats | None) -> Floats:
    """How likely i prevails over j: the votes for i as a share of all; shape (parties, parties, columns)."""
    votes, cast = np.zeros(apart.shape), np.zeros(apart.shape)
    for k, own in enumerate(apart):
        distance = own if risk is None else own ** risk[k]
        vote = weight[k] * (distance[None] - distance[:, None])
        votes += np.maximum(vote, 0.0)
        cast += np.abs(vote)
    if risk is not None:
        every = np.where(other, cast, 0.0).sum(axis=(0, 1))
        return np.where(apart > 0.0, votes / np.where(every > 0.0, every, 1.0), 0.0)
    return np.where(cast > 0.0, votes / np.where(cast > 0.0, cast, 1.0), 0.5)


def _exponents(danger: Floats, there: Bools) -> Floats:
    """Risk exponents, 0.5 (averse) to 2, of those who have most and least to fear; 1 where all fear the same."""
    most = np.where(there, danger, -np.inf).max(axis=0)
    least = np.where(there, danger, np.inf).min(axis=0)
    spread = np.where(most > least, most - least, 1.0)
    basis = np.where(there & (most > least), (2.0 * danger - most - least) / spread, 0.0)
    return np.asarray((1.0 - basis / 3.0) / (1.0 + basis / 3.0))


def _moves(held: Floats, own: Floats, theirs: Floats, meets: Bools, reading: Reading) -> Floats:
    confronts = meets & (theirs > own) & (own > 0.0) & reading.confrontation
    loses = meets & (theirs > 0.0) & (own < 0.0)
    part = loses & (theirs > -own)
    whole = loses & ~part
    here, target = held[:, None], np.broadcast_to(held[None], own.shape)
    ratio = np.abs(own) / np.where(theirs > 0.0, theirs, 1.0)
    between = here + (target - here) * np.minimum(ratio, 1.0)
    goal = np.where(part, between, target)
    if reading.choice == "strongest":
        offered = confronts | loses
        strength = np.where(offered, theirs, -np.inf)
        best = offered & (strength >= strength.max(axis=1, keepdims=True))
        return _taken(held, goal, [(best, np.abs(goal - here))])
    way = np.abs(goal - here)
    compromise = way
    if reading.choice == "program":
        both = np.abs(own) + np.abs(theirs)
        compromise = (np.abs(own) * here + np.abs(theirs) * target) / np.where(both > 0.0, both, 1.0)
    return _taken(held, goal, [(confronts, way), (part, compromise), (whole, way)])


def _taken(held: Floats, goal: Floats, kinds: list[tuple[Bools, Floats]]) -> Floats:
    """Where each goes: to the goal with the lowest key, of the first kind of which there is one."""
    result = held.copy()
    done = np.zeros(held.shape, dtype=bool)
    for offered, key in kinds:
        choice: NDArray[np.intp] = np.argmin(np.where(offered, key, np.inf), axis=1)
        some = offered.any(axis=1) & ~done
        result = np.where(some, np.take_along_axis(goal, choice[:, None], axis=1)[:, 0], result)
        done |= some
    return result
