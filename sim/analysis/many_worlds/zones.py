"""Whether a zone of agreement exists in each of many cases.

Tried in turn, from cheap to dear: steps towards a deal from a package that is good on average; bounds on what pairs of
parties can have, which tell who cannot be part of any deal; what follows from that for who is needed then; at last a
walk through all packages with these bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.ascent import climbed
from sim.analysis.many_worlds.branches import WIDTHS, Search, search
from sim.analysis.many_worlds.cases import Cases
from sim.analysis.many_worlds.cores import between
from sim.analysis.many_worlds.narrowing import Reach, narrowed, reach, reach_but_for_one
from sim.analysis.many_worlds.pairs import Pairs, pairs
from sim.arrays.kinds import Bools, Floats, Ints

_FEW = 3
"""So many steps lead to a deal in most cases that have one."""
_DEPTH = 3
"""So many votes are given up for lost one after another."""
_ROUNDS = 4
"""How often what is known of pairs may tell that more parties are needed."""
_NOT_TOGETHER = 2
"""So many parties whom the hub cannot be had with are enough to know: whoever of them gave way, there is another."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Answers for many cases.

    Attributes
    ----------
    exists
        Where there is a zone of agreement, shape (cases,).
    settled
        Where that is certain, shape (cases,).
    package
        A package in it, shape (issues, cases); any where there is none.
    pairs
        What is known of pairs without what the red lines of one party alone rule out.
    by_pairs
        Where that proves that there is none, shape (cases,).
    tension
        How little each party can have together with another, -inf for the tightest; shape (parties, cases).
    """

    exists: Bools
    settled: Bools
    package: Packages
    pairs: Pairs
    by_pairs: Bools
    tension: Floats


def zones(cases: Cases, depth: int = 0) -> Zones:
    """Find a deal in each case, or prove that there is none; neither where that takes too long.

    `depth` counts the votes that have been given up for lost before.
    """
    reached = reach(cases)
    answer = Search.nothing(cases)
    known, tension = Pairs.nothing(cases), np.full(cases.least.shape, np.inf)
    left = np.flatnonzero(reached.possible)
    answer.package[:, left], answer.found[left] = climbed(cases.of(left), reached.of(left), _FEW)
    answer.settled[:] = answer.found
    by_pairs = np.zeros(cases.count, dtype=bool)
    left = np.flatnonzero(~answer.found)
    if len(left):
        here = cases.of(left)
        found = pairs(here, reach_but_for_one(here), _NOT_TOGETHER)
        none = ~here.deal(found.compatible, here.everywhere)
        known.put(left, found)
        _tighten(tension, left, found)
        by_pairs[left] = answer.settled[left] = none
    answer.settled[~reached.possible] = True
    left = np.flatnonzero(~answer.settled)
    if len(left):
        _insist(cases, left, known.compatible[:, left], tension, depth, answer)
    return Zones(answer.found, answer.settled, answer.package, known, by_pairs, tension)


def _tighten(tension: Floats, places: Ints, found: Pairs) -> None:
    """Take over what is known now of pairs in the cases at these places."""
    bound = found.bound.copy()
    bound[found.hub, np.arange(len(places))] = -np.inf
    tension[:, places] = np.minimum(tension[:, places], bound)


def _insist(cases: Cases, left: Ints, may: Bools, tension: Floats, depth: int, answer: Search) -> None:
    """Settle the cases at these places as far as that can be done, and write down what is found.

    `may` (parties, n) are those who are not known to accept no deal.
    """
    here = cases.of(left)
    for _ in range(_ROUNDS):
        here = here.among(may & ~np.isposinf(here.least))
        reached = narrowed(here, reach(here))
        answer.settled[left] = ~reached.possible
        rest = np.flatnonzero(reached.possible)
        left, here, reached = left[rest], here.of(rest), reached.of(rest)
        answer.package[:, left], found = climbed(here, reached)
        answer.found[left] = found
        pair = pairs(here, reached)
        _tighten(tension, left, pair)
        none = ~here.deal(pair.compatible, here.everywhere)
        answer.settled[left] = found | none
        again = np.asarray((~pair.compatible & ~np.isposinf(here.least)).any(axis=0))
        rest = np.flatnonzero(~found & ~none)
        left, here, reached, pair = left[rest], here.of(rest), reached.of(rest), pair.of(rest)
        may = pair.compatible
        if not again[rest].any():
            break
    some = np.flatnonzero(here.unanimous)
    if len(some):
        answer.put(left[some], search(here.of(some), reached.of(some), pair.of(some)))
    some = np.flatnonzero(~here.unanimous)
    if len(some):
        places = left[some]
        answer.put(places, _lose_votes(here.of(some), reached.of(some), pair.of(some), tension[:, places], depth))


def _lose_votes(cases: Cases, reached: Reach, known: Pairs, tension: Floats, depth: int) -> Search:
    """Where some votes may be lost: were all to agree, between whom would the conflict be? One of these is lost."""
    if depth >= _DEPTH:
        return search(cases, reached, known, WIDTHS[:1])
    core = between(cases.together(), tension, lambda games: zones(games, depth + 1))
    found, settled = core.agreed.copy(), core.agreed | core.proven
    package = core.package.copy()
    lost, parent = np.nonzero(core.parties & core.proven & ~cases.must & ~np.isposinf(cases.least))
    if len(parent):
        games = cases.of(parent)
        may = ~np.isposinf(games.least)
        may[lost, games.everywhere] = False
        answer = zones(games.among(may), depth + 1)
        open_ = np.flatnonzero(answer.exists)
        found[parent[open_]], package[:, parent[open_]] = True, answer.package[:, open_]
        settled[parent[~answer.settled]] = False
        settled |= found
    return Search(found, settled, package)
