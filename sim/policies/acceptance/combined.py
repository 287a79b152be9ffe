"""AC_combi(T, a): as AC_next, and late in the talks also what is as good as what the others have offered."""

from __future__ import annotations

import numpy as np

from sim.arrays.kinds import Floats
from sim.policies.acceptance.late import late
from sim.policies.acceptance.next import threshold as next_threshold
from sim.policies.acceptance.next_offer import threshold as next_offer_threshold
from sim.policies.acceptance.policy import Acceptance
from sim.policies.setting import Setting
from sim.policies.situation import Situation


def threshold(situation: Situation, demand: Floats) -> Floats:
    """As AC_next, and once the share T of the talks has passed also what is worth a.

    Setting: ``after`` T; word ``own`` for AC_next: what it would ``demand``, or its own next ``offer`` (as published);
    word ``of`` for a: ``best`` or ``mean`` of the others' offers so far (MAX^T, AVG^T),
    ``recent_best`` or ``recent_mean`` of those in the last window W, as long as what is left of the talks (MAX^W,
    AVG^W), or ``anything``. The offer that it answers counts among them.
    """
    seen = situation.seen
    enough = {
        "best": seen.most,
        "mean": seen.mean,
        "recent_best": seen.recent_most,
        "recent_mean": seen.recent_mean,
        "anything": np.full(demand.shape, -np.inf),
    }[situation.words["of"]]
    compared = next_offer_threshold if situation.words.get("own") == "offer" else next_threshold
    own = compared(situation, demand)
    return np.where(late(situation, demand), np.fmin(own, enough), own)


def phrase(situation: Situation, worth: float) -> str:
    """By the offers that it compares with."""
    of = {
        "best": "what is as good as the best of the others' offers",
        "mean": "what is as good as the mean of the others' offers",
        "recent_best": "what is as good as the best of the others' recent offers",
        "recent_mean": "what is as good as the mean of the others' recent offers",
        "anything": "whatever it does not object to",
    }[situation.words["of"]]
    now = f", {worth:.3f} now" if abs(worth) != float("inf") else ""
    after = float(situation.settings["after"][0, 0])
    what = "what is worth its own next offer to it" if situation.words.get("own") == "offer" else "what it demands"
    return f"accepts {what}, or once {after:.0%} of the talks has passed {of}{now} (AC_combi)"


POLICY = Acceptance(
    "combined",
    threshold,
    phrase,
    numbers={"after": Setting(0.0, 1.0)},
    words={"of": ("best", "mean", "recent_best", "recent_mean", "anything"), "own": ("demand", "offer")},
)
