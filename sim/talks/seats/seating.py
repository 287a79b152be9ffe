"""Who sits down to a meeting, and with what."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Ints
from sim.parties.ballot import ballot_of
from sim.parties.conceding import groups
from sim.parties.council import council
from sim.talks.seats.ahead import nothing_ahead
from sim.talks.seats.delegation import delegate
from sim.talks.seats.preparation import MeetingKind, Preparations, worst_on_table
from sim.talks.seats.sitting import Sitting
from sim.talks.state import taken
from sim.worlds.preferences import red_lines_in


def sit_down(preparations: Preparations, kind: MeetingKind, cohort: Ints, turn: int = 0) -> Sitting:
    """Seat the sides for a meeting of this kind in the worlds of the cohort, after so many turns."""
    scenario, state = preparations.scenario, preparations.state
    coded = state.coded
    prepared = preparations.of(kind, cohort)
    on_table, base = preparations.table(kind, cohort)
    best, least = preparations.range(kind, cohort)
    reservation = taken(state.wants.reservation, cohort)
    delegations = []
    for s, parties, repertoire in zip(prepared.sides, prepared.parties, prepared.repertoires, strict=True):
        at = list(parties)
        delegations.append(
            delegate(
                side=s,
                parties=parties,
                ballot=ballot_of(scenario.sides[s], s, coded, cohort, parties),
                red=red_lines_in(coded.red[at], cohort),
                reservation=reservation[at],
                repertoire=repertoire,
                cohort=cohort,
            )
        )
    last_offer = state.last_offer.take(cohort, axis=2)
    counts = bool(np.isfinite(coded.walk_out).any())
    return Sitting(
        scenario=scenario,
        state=state,
        cohort=cohort,
        delegations=delegations,
        on_table=on_table,
        base=base,
        best=best,
        least=least,
        reservation=reservation,
        settings={name: taken(values, cohort) for name, values in coded.settings.items()},
        first_offer=state.first_offer.take(cohort, axis=2),
        last_offer=last_offer,
        last_turn=state.last_turn.take(cohort, axis=1),
        adopted=state.adopted.take(cohort, axis=3),
        valued=state.offer_value.take(cohort, axis=2),
        unvalued=state.unvalued.take(cohort, axis=1),
        offered=np.tile(-1 - np.arange(len(scenario.sides))[:, None], len(cohort)),
        heard=np.full(reservation.shape, -np.inf) if counts else None,
        accepted=np.ones(last_offer.shape[::2], dtype=bool),
        preparations=preparations,
        kind=kind,
        policies=groups(scenario) if state.memory is not None else [],
        worst=worst_on_table(preparations, on_table, base, cohort) if state.memory is not None else reservation,
        ahead=nothing_ahead(len(cohort)),
        council=council(scenario, coded, cohort, tuple(prepared.sides)),
        turn=turn,
    )
