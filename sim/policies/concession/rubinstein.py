"""The equilibrium of alternating offers with discounting, for reference."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.concession.policy import Concession
from sim.policies.situation import Situation


def demand(situation: Situation) -> Floats:
    """Demands the share (1 - d_other) / (1 - d_own d_other) of the pie throughout, half where nobody loses by delay.

    d is the share of a party's gain that is left after it turned an offer down and had its own accepted. The pie is
    what lies between its reservation value and the most that it can get in a package which the others could sign too,
    so this is an equilibrium on one issue of linear worth that two parties share, with ``discount: {offer: d}``. Of the
    packages it demands the next one below, as the other would not accept the next one above. What it accepts follows
    from its discount (see `sim.policies.acceptance.next`): d_own times its own share. It knows the others' utilities
    and reservation values, as the theory has it.

    Rubinstein, "Perfect equilibrium in a bargaining model", Econometrica 50 (1982), 97-109, conclusion I.
    """
    reach = situation.reach()
    pie = np.where(np.isfinite(reach), reach, situation.top) - situation.reservation
    asked = situation.reservation + pie * share(situation)
    below = situation.most_below(asked + 2e-9 * np.maximum(np.abs(asked), 1.0))
    return situation.within(np.where(np.isfinite(below), below, asked))


def share(situation: Situation) -> Floats:
    """Its share of the pie in the equilibrium, (parties, worlds)."""
    own, other = np.clip(situation.patience, 0.0, 1.0), np.clip(situation.others_patience, 0.0, 1.0)
    lost = 1.0 - own * other
    return np.asarray(np.divide(1.0 - other, lost, out=np.full(lost.shape, 0.5), where=lost > 0.0))


def phrase(situation: Situation, demanded: float) -> str:  # noqa: ARG001
    """By what delay leaves."""
    own, other = float(situation.patience[0, 0]), float(situation.others_patience[0, 0])
    asks = f"{float(share(situation)[0, 0]):.1%} of what the others could grant it"
    return f"it plays Rubinstein's equilibrium: {asks}, as delay leaves it {own:g} of its gain and the others {other:g}"


POLICY = Concession("rubinstein", demand, phrase, reacts=True)
