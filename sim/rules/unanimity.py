"""Unanimity: no member objects, and if nothing else is said every member must be for it: a consensus at pace 1.

Buchanan & Tullock, *The Calculus of Consent*, 1962, ch. 7.
"""

from __future__ import annotations

from sim.rules.consensus import nobody_objects
from sim.rules.rule import DecisionRule

RULE = DecisionRule(
    name="unanimity",
    summary="A side passes what no member objects to and, unless its pace says otherwise, all are for.",
    manner="unanimously",
    asks="unanimity asks that nobody objects",
    unstopped=nobody_objects,
    pace=1.0,
    drafts=0.5,
    silence=False,
)
