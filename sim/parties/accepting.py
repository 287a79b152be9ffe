"""The acceptance condition that a party has chosen, those of users among them."""

from __future__ import annotations

from collections.abc import Sequence

from sim.parties.own import own
from sim.policies.acceptance import ACCEPTANCES
from sim.policies.acceptance.policy import Acceptance
from sim.policies.situation import Situation
from sim.scenario.model import Code


def acceptance(name: str, code: Sequence[Code] = ()) -> Acceptance:
    """The condition with this name; `code` holds the files of users' policies."""
    if name in ACCEPTANCES:
        return ACCEPTANCES[name]
    shown = name.rpartition(":")[2]

    def phrase(situation: Situation, threshold: float) -> str:  # noqa: ARG001
        return f"accepts what its condition {shown} says, {threshold:.3f} now"

    return Acceptance(name, own("acceptance", name, code).threshold, phrase)
