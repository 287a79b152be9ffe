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
    joint = state.wants.joint
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
    quo: _Quo | None = None
    for j, s in np.argwhere(np.stack(shared, axis=1).any(axis=2)):
        common = shared[s][j] & (state.settled[j, cohort] == NONE)
        if not common.any():
            continue
        same = offers[:, j] == offers[s, j]
        trial = state.standing(cohort)
        trial[j] = np.where(common, offers[s, j], trial[j])
        if joint is not None and joint.forbidden:
            common = common & ~joint.breaks(trial)
        can_pass = common & agrees(wholes.council, same & ready, needed, asked & ~ready)
        at = np.flatnonzero(common if listeners else can_pass)
        if not len(at):
            continue
        if quo is None:
            quo = _Quo.of(wholes, state)
        judging = _for_partial_deal(wholes, state, quo, j, at)
        passes = _acceptable(judging, trial[:, at]) & ready[:, at]
        assent = same[:, at] & passes
        settled = agrees(judging.council, assent, needed[at], asked & ~passes)
        for listener in listeners:
            listener.harvest(judging, j, trial[:, at], same[:, at], settled)
        where = cohort[at[settled]]
        state.settled[j, where] = trial[j, at[settled]]
        if judging.scenario.ratified and len(where):
            sign(state, where, assent[:, settled], judging.reservation[:, settled])
        if judging.scenario.told_by_votes and len(where):
            votes = divide_on_part(judging, trial[:, at], same[:, at], settled)
            for observer in observers:
                observer.division(votes)
        state.version[where] += 1


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


def _for_partial_deal(wholes: Sitting, state: State, quo: _Quo, issue: int, at: Ints) -> Sitting:
    """The sides as they judge a deal on the issues settled so far and one more, in the worlds at these places."""
    cohort = wholes.cohort[at]
    settled = ~state.open[:, cohort]
    settled[issue] = True
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
