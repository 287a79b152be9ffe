"""A side as it sits in a meeting of a cohort of worlds: its members present, and what it may put there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import Ballot
from sim.parties.descent import Descent
from sim.parties.ranking import Ranking
from sim.parties.repertoire import Repertoire
from sim.talks.state import taken
from sim.worlds.packages import Packages

_FEW, _PATIENCE = 4, 2
"""Members of whom it pays at once to work out what side steps could bring them; times after which it pays of more."""

_DIGITS = 9
"""Utilities that are the same to so many digits are ties."""


@dataclass(slots=True)
class Delegation:
    """The members of a side who are in a meeting, and what the side may put there.

    Attributes
    ----------
    side, parties, ballot
        The side, its members present, and how they decide.
    red, reservation
        Of the members, shape (members, issues, options, cohort or 1) and (members, cohort).
    repertoire, cohort
        The side's repertoire in the block, and the places of the cohort's worlds in it.
    value, crossed
        Of all candidates in the cohort, shape (members, candidates, cohort); `crossed` may be None.
    valid, blocked
        Which of the candidates up to the last acceptable one there are, and which are stopped by who objects to them,
        or forbidden; shape (fewer candidates, cohort).
    last_rung
        The last candidate that a world has, shape (cohort,).
    acceptable
        Which of these pass with every aspiration down at the reservation value, same shape.
    mandate, uninstructed
        What a caucus binds it to: the last candidate that it may offer, and where it may accept nothing; shape
        (cohort,), None without a caucus.
    descent
        Where a lone party stands on its ladder, None before it first chooses.
    """

    side: int
    parties: tuple[int, ...]
    ballot: Ballot
    red: Bools
    reservation: Floats
    repertoire: Repertoire
    cohort: Ints
    value: Floats
    crossed: Bools | None
    valid: Bools
    blocked: Bools
    acceptable: Bools
    last_rung: Ints
    mandate: Ints | None = None
    uninstructed: Bools | None = None
    descent: Descent | None = None
    _ranking: Ranking | None = None
    _descending: Ints | None = None
    _steps_asked: int = 0
    _packages: tuple[Ints, Packages] | None = None

    @property
    def at(self) -> list[int] | slice:
        """Its parties as an index: a stretch where they stand side by side, so that nothing is copied."""
        first, count = self.parties[0], len(self.parties)
        together = self.parties == tuple(range(first, first + count))
        return slice(first, first + count) if together else list(self.parties)

    def passes(self, objects: Bools, favours: Bools) -> Bools:
        """Decide on packages from judgements of shape (members, ..., cohort)."""
        decision = self.decides(objects, favours)
        return decision if self.uninstructed is None else decision & ~self.uninstructed

    def decides(self, objects: Bools, favours: Bools) -> Bools:
        """The decision by the side's rule alone, whatever a caucus bound it to; as `passes`."""
        return self.ballot.passes(objects, favours)

    def judging(self, at: Ints, reservation: Floats) -> Delegation:
        """The same members in the worlds at these places (n,), who judge by other reservation values (members, n).

        It may be asked what it `decides`, not what it could put.
        """
        everywhere = self.red.shape[-1] == 1
        return replace(
            self,
            red=self.red if everywhere else self.red.take(at, axis=3),
            reservation=reservation,
            ballot=self.ballot.of(at),
            cohort=self.cohort[at],
        )

    def passing(self, aspiration: Floats) -> Bools:
        """Which candidates pass now; `aspiration` has shape (members, cohort), the answer (candidates, cohort)."""
        count = len(self.acceptable)
        favours = self.value[:, :count] >= (aspiration - TOLERANCE)[:, None]
        if self.crossed is not None:
            favours &= ~self.crossed[:, :count]
        passing = self.ballot.content(favours)
        passing &= self.valid & ~self.blocked
        if self.mandate is not None:
            passing &= np.arange(len(passing))[:, None] <= self.mandate
        return passing

    def choose(self, aspiration: Floats, acting: Bools | None = None) -> tuple[Ints, Bools, Bools]:
        """The candidate to offer now, whether it passes now, and whether there is one to offer.

        Where none passes a side on its ladder offers the first rung that is acceptable to it. `aspiration` has shape
        (members, cohort); the answers (cohort,), of use where the side is `acting` (None: everywhere).
        """
        if self._alone():
            demand = aspiration[0] - TOLERANCE
            if self.repertoire.rank is not None:
                if self._ranking is None:
                    self._ranking = Ranking.of(self.value[0], taken(self.repertoire.rank, self.cohort), self.acceptable)
                candidate, there = np.zeros(len(demand), dtype=np.intp), np.zeros(len(demand), dtype=bool)
                at = np.arange(len(demand)) if acting is None else np.flatnonzero(acting)
                candidate[at], there[at] = self._ranking.least(demand, at)
                return candidate, there, there
            if self.descent is None:
                self.descent = Descent.of(self.value[0, : len(self.acceptable)], self.acceptable)
            return self._or_acceptable(*self.descent.last(demand))
        passing = self.passing(aspiration)
        some = np.logical_or.reduce(passing, axis=0)
        if self.repertoire.rank is not None:
            worth = np.where(passing, self.repertoire.rank[:, self.cohort], np.inf)
            return np.argmax(worth <= np.minimum.reduce(worth, axis=0) + TOLERANCE, axis=0), some, some
        last = len(passing) - 1 - np.argmax(passing[::-1], axis=0)
        return self._or_acceptable(last, some)

    def _or_acceptable(self, rung: Ints, passes: Bools) -> tuple[Ints, Bools, Bools]:
        """The rung where it passes, else the first that is acceptable; as `choose`."""
        if passes.all():
            return rung, passes, passes
        able = np.logical_or.reduce(self.acceptable, axis=0)
        return np.where(passes, rung, self.acceptable.argmax(axis=0)), passes, passes | able

    @property
    def looks_at_all(self) -> bool:
        """Whether it is a lone party that puts any package that it is for."""
        return self.repertoire.rank is not None and self._alone()

    def nth_best(self, number: Ints) -> tuple[Ints, Bools]:
        """The so-many-th best candidate (cohort,), from 1, the last where there are fewer, and whether there is any.

        Of a lone party; of candidates worth the same to it the first comes first.
        """
        if self._descending is None:
            worth = np.where(self.acceptable, -np.round(self.value[0, : len(self.acceptable)], _DIGITS), np.inf)
            self._descending = np.argsort(worth, axis=0, kind="stable")
        count = np.add.reduce(self.acceptable, axis=0, dtype=np.intp)
        place = np.clip(np.minimum(number, count) - 1, 0, None)
        return self._descending[place, np.arange(len(place))], count > 0

    def may_step(self, rung: Ints, aspiration: Floats, at: Ints) -> Bools:
        """Whether a side step from these rungs may pass at all, in the worlds at these places (n,).

        `rung` has shape (cohort,), `aspiration` (members, cohort). What tells is worked out once it pays: members'
        prospects say little of large sides, and nothing is gained where they are asked but once or twice.
        """
        self._steps_asked += 1
        if len(self.parties) > _FEW and self._steps_asked <= _PATIENCE:
            return np.ones(len(at), dtype=bool)
        best = self.repertoire.prospects(rung[at], self.cohort[at])
        enough = aspiration[:, at]
        enough -= 2.0 * TOLERANCE * np.maximum(np.abs(enough), 1.0)
        return self.ballot.enough.of(at).holds(best >= enough)

    def _alone(self) -> bool:
        """Whether the side puts whatever its one member is for."""
        return self.mandate is None and self.ballot.one_decides

    def package(self, candidate: Ints) -> Packages:
        """Packages by candidate (cohort,), shape (issues, cohort); looked up only where it is another than before."""
        if self._packages is None:
            self._packages = candidate, self.repertoire.package(candidate, self.cohort)
        before, package = self._packages
        if candidate is not before:
            other = np.flatnonzero(candidate != before)
            if len(other):
                package = package.copy()
                package[:, other] = self.repertoire.package(candidate[other], self.cohort[other])
            self._packages = candidate, package
        return package


def with_repertoire(delegation: Delegation, repertoire: Repertoire) -> Delegation:
    """The same delegation with another repertoire."""
    made = delegate(
        side=delegation.side,
        parties=delegation.parties,
        ballot=delegation.ballot,
        red=delegation.red,
        reservation=delegation.reservation,
        repertoire=repertoire,
        cohort=delegation.cohort,
    )
    made.mandate, made.uninstructed = delegation.mandate, delegation.uninstructed
    return made


def delegate(
    side: int,
    parties: tuple[int, ...],
    ballot: Ballot,
    red: Bools,
    reservation: Floats,
    repertoire: Repertoire,
    cohort: Ints,
) -> Delegation:
    """Send a side to a meeting: fields as those of `Delegation`, the repertoire of the whole block."""
    value, valid, crossed = taken(repertoire.value, cohort), taken(repertoire.valid, cohort), repertoire.crossed
    if crossed is not None and crossed.shape[2] > 1:
        crossed = taken(crossed, cohort)
    objects = value < (reservation - TOLERANCE)[:, None]
    if crossed is not None:
        objects |= crossed
    blocked = ballot.stopped(objects)
    if repertoire.forbidden is not None:
        everywhere = repertoire.forbidden.shape[1] == 1
        blocked |= repertoire.forbidden if everywhere else taken(repertoire.forbidden, cohort)
    acceptable = valid & ~blocked
    if not ballot.everybody_counts:  # else all are for it at the least demand where nobody objects
        acceptable &= ballot.content(~objects)
    # What passes is acceptable, so the candidates after the last acceptable one need no further look.
    count = len(valid)
    if repertoire.rank is None:
        count = 1 + int(np.flatnonzero(np.logical_or.reduce(acceptable, axis=1)).max(initial=0))
    return Delegation(
        side=side,
        parties=parties,
        ballot=ballot,
        red=red,
        reservation=reservation,
        repertoire=repertoire,
        cohort=cohort,
        value=value,
        crossed=crossed,
        valid=valid[:count],
        blocked=blocked[:count],
        acceptable=acceptable[:count],
        last_rung=np.add.reduce(valid, axis=0, dtype=np.intp) - 1,
    )
