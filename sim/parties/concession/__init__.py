"""Concession policies: what utility a party demands now.

A policy is a function from a `Situation` to demands of shape (parties, worlds), for the parties that follow it, and a
phrase that says in words and numbers why it demands what it demands. Policies keep nothing in mind themselves.
"""

from __future__ import annotations

from sim.parties.concession.registry import CONCESSIONS, Concession, concession
from sim.parties.concession.together import Group, aspirations, demands, groups

__all__ = ["CONCESSIONS", "Concession", "Group", "aspirations", "concession", "demands", "groups"]
