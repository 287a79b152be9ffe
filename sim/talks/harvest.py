"""Early harvest: issues on which the sides' last offers agree are settled one by one, before the whole package is.

A documented addition to the rules of play (`early_harvest: true`). A side that insists on the package
(`package_only`, for certain or in some worlds) assents to nothing but an agreement on the whole agenda.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.parties.partial_deals import partial_reservation
from sim.talks.assent import agrees, having_veto, sign
from sim.talks.division import divide_on_part
from sim.talks.observer import Observer
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE, State
from sim.worlds.packages import Packages


def settle_common_ground(
    sitting: Sitting, wholes: Sitting, state: State, unsettled: Bools, needed: Floats, observers: Sequence[Observer]
) -> None:
    """Settle issues at the end of a meeting without an agreement.

    In the order of the file, an issue on the table is settled on an option other than the status quo if it stands in
    the last offers of enough sides and these sides, as wholes, pass the partial deal so far.

    Parameters
    ----------
    sitting
        The meeting that ends.
    wholes
        The same worlds with every side seated as a whole.
    state
        Is changed: `settled`, and by whom.
    unsettled
        The worlds of the cohort in which the meeting ended without an agreement, shape (cohort,).
    needed
        How many sides must assent, shape (cohort,).
    observers
        Are told of every issue on common ground.
    """
    cohort, status_quo, offers = sitting.cohort, state.coded.status_quo, sitting.last_offer
    ready = ~state.insists[:, cohort]
    listeners = [one for one in observers if type(one).harvest is not Observer.harvest]
    asked = np.zeros((len(offers), 1), dtype=bool)  # whose objection counts
    asked[[side for _, side in having_veto(wholes)]] = True
    nobody = np.zeros((len(offers), len(cohort)), dtype=bool)
    can_be = unsettled & sitting.on_table & (offers >= 0) & (offers != status_quo[:, None])
    shared = [
        can_be[s]
        & agrees(wholes.council, offers == offer, needed, nobody[:, None])
        & ~(offers[:s] == offer).any(axis=0)
        for s, offer in enumerate(offers)  # an option that several sides offer once
    ]
    found = []
    for j, s in np.argwhere(np.stack(shared, axis=1).any(axis=2)):
        at = shared[s][j]
        if not listeners:  # what can't pass need not be told of
            same = offers[:, j] == offers[s, j]
            at = at & agrees(wholes.council, same & ready, needed, asked & ~ready)
        found.append(_Trials.on(int(j), int(s), np.flatnonzero(at)))
    judges = _Judges(wholes, state, offers, ready, needed, asked, listeners, observers)
    if listeners or wholes.scenario.told_by_votes:
        for trials in found:
            judges.settle(trials)
        return
    # All at once, as if nothing were settled on the way; where something is, what comes after it is judged anew.
    left = _Trials.joined(found)
    while len(left.at):
        left = judges.settle(left)


@dataclass(frozen=True, slots=True)
class _Trials:
    """Issues to settle: which, on the offer of which side, and in which worlds of the cohort; each of shape (n,)."""

    issue: Ints
    side: Ints
    at: Ints

    @classmethod
    def on(cls, issue: int, side: int, at: Ints) -> _Trials:
        """One issue in several worlds."""
        return cls(np.full(len(at), issue), np.full(len(at), side), at)

    @classmethod
    def joined(cls, some: Sequence[_Trials]) -> _Trials:
        """One after another."""
        none = np.zeros(0, dtype=np.intp)
        return cls(
            np.concatenate([none, *(one.issue for one in some)]),
            np.concatenate([none, *(one.side for one in some)]),
            np.concatenate([none, *(one.at for one in some)]),
        )

    def of(self, some: Bools) -> _Trials:
        """Some of them."""
        return _Trials(self.issue[some], self.side[some], self.at[some])


class _Judges:
    """The sides as wholes, asked at the end of a meeting; arguments as their names in `settle_common_ground`."""

    def __init__(
        self,
        wholes: Sitting,
        state: State,
        offers: Packages,
        ready: Bools,
        needed: Floats,
        asked: Bools,
        listeners: Sequence[Observer],
        observers: Sequence[Observer],
    ) -> None:
        self.wholes, self.state, self.offers, self.ready = wholes, state, offers, ready
        self.needed, self.asked, self.listeners, self.observers = needed, asked, listeners, observers
        self._quo: _Quo | None = None

    def settle(self, trials: _Trials) -> _Trials:
        """Settle the first issue of every world that passes; what comes after it in the same world is left."""
        state, wholes = self.state, self.wholes
        trials = trials.of(state.settled[trials.issue, wholes.cohort[trials.at]] == NONE)
        trial, trials = self._packages(trials)
        at, issue = trials.at, trials.issue
        if not len(at):
            return trials
        if self._quo is None:
            self._quo = _Quo.of(wholes, state)
        judging = _for_partial_deal(wholes, state, self._quo, issue, at)
        passes = _acceptable(judging, trial) & self.ready[:, at]
        same = self.offers[:, issue, at] == self.offers[trials.side, issue, at]
        assent = same & passes
        settled = agrees(judging.council, assent, self.needed[at], self.asked & ~passes)
        for listener in self.listeners:
            listener.harvest(judging, int(issue[0]), trial, same, settled)
        place = np.flatnonzero(settled)
        world, first = np.unique(at[place], return_index=True)
        place = place[first]
        where = wholes.cohort[world]
        state.settled[issue[place], where] = trial[issue[place], place]
        if judging.scenario.ratified and len(where):
            sign(state, where, assent[:, place], judging.reservation[:, place])
        if judging.scenario.told_by_votes and len(where):
            votes = divide_on_part(judging, trial, same, settled)
            for observer in self.observers:
                observer.division(votes)
        state.version[where] += 1
        after = np.full(len(wholes.cohort), len(at))
        after[world] = place
        return trials.of(np.arange(len(at)) > after[at])

    def _packages(self, trials: _Trials) -> tuple[Packages, _Trials]:
        """What would hold, (issues, n), of those that no constraint forbids."""
        joint, issue = self.state.wants.joint, trials.issue
        trial = self.state.standing(self.wholes.cohort[trials.at])
        trial[issue, np.arange(len(issue))] = self.offers[trials.side, issue, trials.at]
        if joint is None or not joint.forbidden or not len(issue):
            return trial, trials
        legal = ~joint.breaks(trial)
        return trial[:, legal], trials.of(legal)


@dataclass(frozen=True, slots=True)
class _Quo:
    """What partial deals are held against in a cohort, whichever issues they settle.

    Attributes
    ----------
    value
        Utility of the status quo, shape (parties, cohort).
    stakes, whole
        What the best option of an issue is worth more than its worst, (parties, issues, cohort), and over all issues.
    """

    value: Floats
    stakes: Floats
    whole: Floats

    @classmethod
    def of(cls, wholes: Sitting, state: State) -> _Quo:
        """Work it out for the worlds of a meeting."""
        cohort, wants = wholes.cohort, state.wants
        package = np.broadcast_to(state.coded.status_quo[:, None], (len(state.coded.status_quo), len(cohort)))
        stakes = wants.stakes(cohort)
        return cls(wants.utility(package, cohort), stakes, total(stakes.transpose(1, 0, 2)))


def _for_partial_deal(wholes: Sitting, state: State, quo: _Quo, issue: Ints, at: Ints) -> Sitting:
    """The sides as they judge a deal on the issues settled so far and one more (n,), in the worlds at these places."""
    cohort = wholes.cohort[at]
    settled = ~state.open[:, cohort]
    settled[issue, np.arange(len(at))] = True
    reservation = state.wants.reservation.take(cohort, axis=1)
    here = np.flatnonzero(settled.any(axis=1))  # the others add nothing
    least = partial_reservation(
        reservation,
        quo.value.take(at, axis=1),
        np.stack([quo.stakes[:, j].take(at, axis=1) for j in here], axis=1),
        settled[here],
        quo.whole.take(at, axis=1),
    )
    return replace(
        wholes,
        cohort=cohort,
        reservation=least,
        council=None if wholes.council is None else wholes.council.of(at),
        delegations=[one.judging(at, least[list(one.parties)]) for one in wholes.delegations],
    )


def _acceptable(wholes: Sitting, package: Packages) -> Bools:
    result = np.zeros((len(wholes.scenario.sides), package.shape[1]), dtype=bool)
    for i, delegation in enumerate(wholes.delegations):
        result[delegation.side] = wholes.acceptable(i, package)
    return result
