"""Pivotal parties: where there is no zone of agreement, those whose limits alone prevent one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.analysis.many_worlds.cases import Cases, cases
from sim.analysis.many_worlds.cores import between
from sim.analysis.many_worlds.nearest import nearest
from sim.analysis.many_worlds.zones import Zones, zones
from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding
from sim.worlds.preferences import Preferences

NONE = -1
"""No issue: the party is not pivotal."""
_NUMBERS = 8_400_000
"""Worths that are looked at together, at most (67 MB)."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """What was possible in the worlds of a block.

    Attributes
    ----------
    exists
        Where there is a zone of agreement, shape (worlds,).
    settled
        Where that is certain, shape (worlds,).
    issue
        On which a pivotal party loses most, `NONE` where a party is not pivotal; shape (parties, worlds).
    told
        Where it is certain who is pivotal, shape (worlds,); nobody is where there is a zone.
    """

    exists: Bools
    settled: Bools
    issue: Ints
    told: Bools


def prospects(
    scenario: Scenario, coded: Coding, wants: Preferences, needed: Floats | None = None, places: Ints | None = None
) -> Prospects:
    """Ask in each world of a block whether there is a zone of agreement, and whose limits alone prevent one.

    Parameters
    ----------
    coded, wants
        The numbers of the block, and what follows from them.
    needed
        How many sides must assent, shape (worlds,), where the agreement rule says `at_least`.
    places
        Ask only the worlds at these places.
    """
    games = cases(scenario, coded, wants, needed)
    if places is not None and len(places) < games.count:
        games = games.of(places)
    found = zones(games)
    issue = np.full(games.least.shape, NONE, dtype=np.intp)
    told = found.settled.copy()
    asked = np.flatnonzero(found.settled & ~found.exists)
    parties, places_of = np.nonzero(_candidates(games, found, asked))
    for part in _parts(games, len(parties)):
        party, places = parties[part], asked[places_of[part]]
        lifted = games.of(places).without(np.arange(len(games.least))[:, None] == party)
        open_ = zones(lifted)
        told[places[~open_.settled]] = False
        pivotal = np.flatnonzero(open_.exists)
        if len(pivotal):
            who = party[pivotal]
            issue[who, places[pivotal]] = _sorest(games.of(places[pivotal]), lifted.of(pivotal), who)
    return Prospects(found.exists, found.settled, issue, told)


def _candidates(games: Cases, found: Zones, places: Ints) -> Bools:
    """Who may be pivotal in the cases at these places, where there is no zone; shape (parties, n)."""
    result = np.zeros((len(games.least), len(places)), dtype=bool)
    simple = np.flatnonzero(found.by_pairs[places])
    if len(simple):
        where = places[simple]
        known = found.pairs.of(where)
        votes = known.compatible.copy()
        for p in range(len(votes)):
            votes[p] = True
            result[p, simple] = (known.hub == p) | games.deal(votes, where)
            votes[p] = known.compatible[p]
    left = np.flatnonzero(~found.by_pairs[places])
    for part in _parts(games, len(left)):
        result[:, left[part]] = between(
            games.of(places[left[part]]), found.tension[:, places[left[part]]], zones
        ).parties
    return result & heard(games, places)


def heard(games: Cases, places: Ints) -> Bools:
    """Whose acceptance can matter in the cases at these places, as far as that follows from the form of the rules.

    Not that of a side which need not be among those that assent since the others with a veto are enough, nor that of
    those who follow a leader. Shape (parties, n).
    """
    scenario = games.scenario
    vetoes = scenario.agreement.veto
    optional = np.ceil(games.needed[places]) <= len(vetoes)
    result = np.ones((len(scenario.parties), len(places)), dtype=bool)
    for s, (side, ballot) in enumerate(zip(scenario.sides, games.ballots, strict=True)):
        if games.council is not None:
            result[list(side.members)] &= games.council.heeds(s)
        elif s not in vetoes:
            result[list(side.members)] &= ~optional
        result[[p for i, p in enumerate(side.members) if not ballot.heeds(i)]] = False
    return result


def _sorest(games: Cases, lifted: Cases, who: Ints) -> Ints:
    """The issue on which a pivotal party loses most in the package that comes closest to all others; shape (cases,).

    A red line that it crosses comes first; else it is that on which the package is worth least against the best option.
    """
    here = games.everywhere
    others = heard(games, here) & (np.arange(len(games.least))[:, None] != who)
    package = nearest(lifted, others, who)
    issues = np.arange(len(package))[:, None]
    own = games.worth[who, :, :, here].transpose(1, 2, 0)
    best = np.max(own, axis=1, where=games.exists[..., None], initial=-np.inf)
    loss = best - own[issues, package, here]
    lines = here if games.red.shape[3] > 1 else np.zeros_like(here)
    loss[games.red[who, issues, package, lines]] = np.inf
    return np.asarray((loss >= loss.max(axis=0) - TOLERANCE).argmax(axis=0))


def _parts(games: Cases, count: int) -> Iterator[slice]:
    """So many cases in parts that are not too large."""
    size = max(_NUMBERS // (games.worth.shape[0] * games.worth.shape[1] * games.worth.shape[2]), 1)
    for first in range(0, count, size):
        yield slice(first, min(first + size, count))
