"""Early harvest: issues on which the sides' last offers agree are settled one by one, before the whole package is.

A documented addition to the rules of play (`early_harvest: true`). A side that insists on the package
(`package_only: true`) assents to nothing but an agreement on the whole agenda.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.parties.ladder import Packages
from sim.talks.assent import enough
from sim.talks.observer import Observer
from sim.talks.seats.sitting import Sitting
from sim.talks.state import Bools, State
from sim.worlds.draws import Floats


def settle_common_ground(
    sitting: Sitting, wholes: Sitting, state: State, unsettled: Bools, needed: Floats, observers: Sequence[Observer]
) -> None:
    """Settle issues at the end of a meeting without an agreement.

    In the order of the file, an issue on the table is settled on an option other than the status quo if it stands in
    the last offers of enough sides and these sides, as wholes, find the partial deal so far acceptable.

    Parameters
    ----------
    sitting
        The meeting that ends.
    wholes
        The same worlds with every side seated as a whole.
    state
        Is changed: `settled`.
    unsettled
        The worlds of the cohort in which the meeting ended without an agreement, shape (cohort,).
    needed
        How many sides must assent, shape (cohort,).
    observers
        Are told of every issue on common ground.
    """
    scenario, cohort = sitting.scenario, sitting.cohort
    status_quo = state.coded.status_quo
    ready = np.array([not side.package_only for side in scenario.sides])[:, None]
    possible = enough(np.broadcast_to(ready, (len(ready), len(cohort))), needed, scenario.agreement.veto)
    partial = state.standing()[:, cohort]
    offers = sitting.last_offer
    can_be = unsettled & sitting.on_table & (offers >= 0) & (offers != status_quo[:, None])
    shared = [
        can_be[s] & enough(offers == offer, needed, scenario.agreement.veto) & ~(offers[:s] == offer).any(axis=0)
        for s, offer in enumerate(offers)  # an option that several sides offer once
    ]
    for j, s in np.argwhere(np.stack(shared, axis=1).any(axis=2)):
        options = offers[:, j]
        same = options == options[s]
        common = shared[s][j] & (partial[j] == status_quo[j])
        if common.any():
            trial = partial.copy()
            trial[j] = np.where(common, options[s], partial[j])
            settled = common & possible
            if settled.any():
                assent = same & ready & _acceptable(wholes, trial)
                settled &= enough(assent, needed, scenario.agreement.veto)
            for observer in observers:
                observer.harvest(wholes, j, trial, same, common, settled)
            partial[j] = np.where(settled, trial[j], partial[j])
            state.settled[j, cohort[settled]] = trial[j, settled]
            state.version[cohort[settled]] += 1


def _acceptable(wholes: Sitting, package: Packages) -> Bools:
    result = np.zeros((len(wholes.scenario.sides), package.shape[1]), dtype=bool)
    for i, delegation in enumerate(wholes.delegations):
        result[delegation.side] = wholes.acceptable(i, package)
    return result
