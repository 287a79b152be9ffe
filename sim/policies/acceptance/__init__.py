"""Acceptance conditions: from what worth on a party is for an offer. One file each, and the list of them.

A condition is a function from a `Situation` and what the party demands now to thresholds, both of shape (parties,
worlds). It is for an offer that is worth its threshold and that it does not object to: that the offer crosses no red
line of its own and is worth its reservation value is asked besides.

Baarslag, Hindriks & Jonker, "Acceptance conditions in automated negotiation", in Complex Automated Negotiations, 2013,
95-111, sections 3 and 5, for the names; "Effective acceptance conditions in real-time automated negotiation", Decision
Support Systems 60 (2014), 68-77.
"""

from __future__ import annotations

from sim.policies.acceptance import combined, constant, next, next_offer, previous, time
from sim.policies.acceptance.policy import Acceptance

ACCEPTANCES: dict[str, Acceptance] = {
    one.POLICY.name: one.POLICY for one in (next, next_offer, previous, constant, time, combined)
}
"""By name; the first is the default."""
