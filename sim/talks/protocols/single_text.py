"""A single negotiating text: a chair amends it from round to round, the sides accept it or say what they want instead.

See `sim.talks.protocols.chair` for the chair and the sources. A side accepts the text if it passes its decision; else
it states the offer that it would make itself. Nobody's statement binds it. With a `final` text the chair puts that of
the last round for a yes or no, and a side that could live with it says yes (Raiffa, 1982, ch. 14). The text, amended
once more, is where the next meeting on a text begins.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.talks.assent import agrees, vetoes
from sim.talks.observer import Observer, Occasion, Turn
from sim.talks.protocols.chair import amend, draft
from sim.talks.seats.appraisal import appraise
from sim.talks.seats.choices import choose
from sim.talks.seats.demands import demand
from sim.talks.seats.sitting import Sitting
from sim.talks.state import NONE
from sim.worlds.packages import PACKAGE, Packages


def amend_text(
    sitting: Sitting, occasion: Occasion, rounds: Ints, times: Floats, needed: Floats, observers: Sequence[Observer]
) -> tuple[Bools, Packages, Ints]:
    """Hold the rounds on a single text; arguments and answers as `sim.talks.protocols.alternating.negotiate`."""
    chair = occasion.procedure.chair
    appraisal = appraise(sitting, needed)
    asked = np.minimum(needed, len(sitting.delegations))
    text = draft(appraisal, chair)
    agreed, held = np.zeros(len(rounds), dtype=bool), np.zeros(len(rounds), dtype=np.intp)
    before = np.full(text.shape, NONE, dtype=PACKAGE)
    done = np.zeros_like(agreed)  # where no amendment helps, none will: shortfalls stay as they are within a meeting
    for k in range(int(rounds.max(initial=0))):
        active = ~agreed & (k < rounds)
        if not active.any():
            break
        held += active
        final = active & (k == rounds - 1) if chair.final else np.zeros_like(active)
        for observer in observers:
            observer.round_begins(sitting, k, times[k])
            observer.text(appraisal, chair, before, text, final)
        assent = _answers(sitting, times[k], k, text, active, final, observers)
        sitting.accepted[:, active] = assent[:, active]
        agreed |= active & agrees(sitting.council, assent, asked, vetoes(sitting, text))
        for observer in observers:
            observer.round_ends(occasion, sitting, k, active, agreed)
        before = text.copy()
        works = active & ~agreed & ~done
        done |= works & ~amend(appraisal, chair, text, works)
    drafted = sitting.state.text[:, sitting.cohort]
    sitting.state.text[:, sitting.cohort] = np.where(sitting.on_table, text, drafted)
    return agreed, text, held


def _answers(
    sitting: Sitting,
    time: Floats,
    k: int,
    text: Packages,
    active: Bools,
    final: Bools,
    observers: Sequence[Observer],
) -> Bools:
    """Each side accepts the text or states what it would put instead; answers who accepts, (sides, cohort)."""
    aspirations, thresholds = demand(sitting, time, k, active)
    assent = np.zeros((len(sitting.scenario.sides), len(active)), dtype=bool)
    no_owner, nobody = np.full(len(active), NONE, dtype=np.intp), np.zeros_like(active)
    choices = [choose(sitting, i, aspirations) for i in range(len(sitting.delegations))]
    value = sitting.state.wants.utility(text, sitting.cohort)
    for i, (delegation, (candidate, has, package)) in enumerate(zip(sitting.delegations, choices, strict=True)):
        at = list(delegation.parties)
        threshold = np.where(final, delegation.reservation, thresholds[at])
        objects = sitting.objecting(i, text, value[at])
        accepts = active & delegation.passes(objects, ~objects & (value[at] >= threshold - TOLERANCE))
        assent[delegation.side] = accepts
        sitting.adopt(delegation.side, text, accepts)
        states = active & ~accepts & has
        turn = Turn(
            i, text, no_owner, active, accepts, nobody, states, package, candidate, active, aspirations[at], threshold
        )
        for observer in observers:
            observer.turn(sitting, turn)
        if states.any():
            sitting.put(delegation.side, package, states)
    if sitting.heard is not None:
        np.maximum(sitting.heard, value, out=sitting.heard, where=active)
    return assent
