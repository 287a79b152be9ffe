"""Whether a zone of agreement exists in each of many cases.

Tried in turn, from cheap to dear: steps towards a deal from a package that is good on average; bounds on what pairs of
parties can have, which tell who cannot be part of any deal; what follows from that for who is needed then; at last a
walk through all packages with these bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.many_worlds.ascent import climbed
from sim.analysis.many_worlds.branches import search
from sim.analysis.many_worlds.cases import Bools, Cases, Ints, Packages
from sim.analysis.many_worlds.narrowing import narrowed, reach, reach_but_for_one
from sim.analysis.many_worlds.pairs import Pairs, pairs
from sim.worlds.draws import Floats

_FEW = 3
"""So many steps lead to a deal in most cases that have one."""
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


def zones(cases: Cases) -> Zones:
    """Find a deal in each case, or prove that there is none; neither where that takes too long."""
    reached = reach(cases)
    package = np.zeros((len(cases.exists), cases.count), dtype=np.intp)
    exists, settled, by_pairs = np.zeros((3, cases.count), dtype=bool)
    known, tension = Pairs.nothing(cases), np.full(cases.least.shape, np.inf)
    left = np.flatnonzero(reached.possible)
    package[:, left], exists[left] = climbed(cases.of(left), reached.of(left), _FEW)
    settled |= exists
    left = np.flatnonzero(~exists)
    if len(left):
        here = cases.of(left)
        found = pairs(here, reach_but_for_one(here), _NOT_TOGETHER)
        none = ~here.deal(found.compatible, here.everywhere)
        known.put(left, found)
        _tighten(tension, left, found)
        by_pairs[left] = settled[left] = none
    settled[~reached.possible] = True
    left = np.flatnonzero(~settled)
    if len(left):
        _insist(cases, left, known, tension, exists, settled, package)
    return Zones(exists, settled, package, known, by_pairs, tension)


def _tighten(tension: Floats, places: Ints, found: Pairs) -> None:
    """Take over what is known now of pairs in the cases at these places."""
    bound = found.bound.copy()
    bound[found.hub, np.arange(len(places))] = -np.inf
    tension[:, places] = np.minimum(tension[:, places], bound)


def _insist(
    cases: Cases, left: Ints, known: Pairs, tension: Floats, exists: Bools, settled: Bools, package: Packages
) -> None:
    """Settle the cases at these places as far as that can be done, and write down what is found."""
    here = cases.of(left)
    may = known.of(left).compatible
    for _ in range(_ROUNDS):
        here = here.among(may & ~np.isposinf(here.least))
        reached = narrowed(here, reach(here))
        settled[left] = ~reached.possible
        rest = np.flatnonzero(reached.possible)
        left, here, reached = left[rest], here.of(rest), reached.of(rest)
        package[:, left], found = climbed(here, reached)
        exists[left] = found
        pair = pairs(here, reached)
        _tighten(tension, left, pair)
        none = ~here.deal(pair.compatible, here.everywhere)
        settled[left] = found | none
        again = np.asarray((~pair.compatible & ~np.isposinf(here.least)).any(axis=0))
        rest = np.flatnonzero(~found & ~none)
        left, here, reached, pair = left[rest], here.of(rest), reached.of(rest), pair.of(rest)
        may = pair.compatible
        if not again[rest].any():
            break
    if len(left):
        result = search(here, reached, pair)
        package[:, left], exists[left], settled[left] = result.package, result.found, result.settled
