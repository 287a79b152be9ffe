"""One leader decides for all: no other member's objection stops the side, and the leader alone must be for it.

A side whose leader is absent can decide nothing. Bueno de Mesquita, *The War Trap*, 1981, ch. 2: one strong leader.
"""

from __future__ import annotations

from sim.rules.condition import All, Nobody
from sim.rules.rule import DecisionRule, Seats


def the_leader(seats: Seats) -> All | Nobody:
    """The leader says yes."""
    return Nobody() if seats.named is None else All((seats.named,))


RULE = DecisionRule(
    name="leader",
    summary="A side passes what its leader is for.",
    manner="by its leader",
    asks="its leader decides",
    unstopped=the_leader,
    content=the_leader,
    names="The party that decides.",
    absent="its leader is absent",
    pace=None,
)
