"""Concession policies: what utility a party demands now. One file each, and the list of them.

A policy is a function from a `Situation` to demands of shape (parties, worlds), for the parties that follow it, with
its settings and a phrase that says in words and numbers why it demands what it demands. Policies keep nothing in mind
themselves. To add one, write its file, name it in the list here, and test it.
"""

from __future__ import annotations

from sim.policies.concession import (
    absolute_tit_for_tat,
    averaged_tit_for_tat,
    deadline,
    exponential,
    hard_liner,
    micro,
    polynomial,
    relative_tit_for_tat,
    resource,
    rubinstein,
    time,
    zeuthen,
)
from sim.policies.concession.policy import Concession

_ALL = (
    time,
    polynomial,
    exponential,
    deadline,
    resource,
    hard_liner,
    relative_tit_for_tat,
    absolute_tit_for_tat,
    averaged_tit_for_tat,
    micro,
    zeuthen,
    rubinstein,
)

CONCESSIONS: dict[str, Concession] = {one.POLICY.name: one.POLICY for one in _ALL}
"""By name; the first one's first short name is the default."""
