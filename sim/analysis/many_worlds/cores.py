"""Between whom a conflict is: few parties whose limits leave no deal, whatever the others would accept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.cases import Cases
from sim.arrays.kinds import Bools, Floats

_CORE, _MORE, _LARGE = 3, 2, 12
"""So many parties are tried at first, so many are added at a time, up to that."""


class Answer(Protocol):
    """Whether a zone exists in each of many cases, where that is certain, and a package in it."""

    @property
    def exists(self) -> Bools:
        """Shape (cases,)."""

    @property
    def settled(self) -> Bools:
        """Shape (cases,)."""

    @property
    def package(self) -> Packages:
        """Shape (issues, cases)."""


@dataclass(frozen=True, slots=True)
class Core:
    """The parties of a conflict in each case.

    Attributes
    ----------
    parties
        Shape (parties, cases); all of them where it is not known between which.
    proven
        Where it is known that these leave no deal, shape (cases,).
    agreed
        Where a package turned up that is a deal for all, shape (cases,).
    package
        That package, shape (issues, cases).
    """

    parties: Bools
    proven: Bools
    agreed: Bools
    package: Packages


def between(games: Cases, tension: Floats, solve: Callable[[Cases], Answer]) -> Core:
    """Look for a deal between a few, add those who lack most in it, and so on until there is none.

    Parameters
    ----------
    tension
        Who is tried first: the lowest, shape (parties, cases).
    solve
        Answers whether there is a zone of agreement.
    """
    rank = np.argsort(np.argsort(tension, axis=0, kind="stable"), axis=0)
    core = rank < _CORE
    parties, agreed = np.ones(core.shape, dtype=bool), np.zeros(games.count, dtype=bool)
    proven, packages = agreed.copy(), np.zeros((len(games.exists), games.count), dtype=np.intp)
    left, here = games.everywhere, games
    while len(left):
        found = solve(here.without(~core))
        none = found.settled & ~found.exists
        parties[:, left[none]], proven[left[none]] = core[:, none], True
        votes = here.votes(found.package, here.everywhere)
        done = found.exists & here.deal(votes, here.everywhere)
        agreed[left[done]], packages[:, left[done]] = True, found.package[:, done]
        more = np.flatnonzero(found.exists & ~done & (core.sum(axis=0) < _LARGE))
        lacks = here.least - here.values(found.package, here.everywhere)
        lacks[votes | core | ~np.isfinite(lacks)] = -np.inf
        worst = np.argsort(-lacks, axis=0, kind="stable")[:_MORE]
        grown = core.copy()
        grown[worst, here.everywhere] |= np.take_along_axis(lacks, worst, axis=0) > -np.inf
        more = more[(grown & ~core)[:, more].any(axis=0)]
        left, here, core = left[more], here.of(more), grown[:, more]
    return Core(parties, proven, agreed, packages)
