"""Consensus, as in the North Atlantic Council: no member objects, and with the silence procedure that is enough.

Who holds out would like more, but does not break silence; how many must be content for the side to move is its pace.
NATO, *Consensus decision-making at NATO*; Tsebelis, *Veto Players*, 2002, ch. 2: every member is a veto player.
"""

from __future__ import annotations

from sim.rules.condition import All
from sim.rules.rule import DecisionRule, Seats


def nobody_objects(seats: Seats) -> All:
    """Every member can live with it."""
    return All(tuple(range(seats.members)))


RULE = DecisionRule(
    name="consensus",
    summary="A side passes what no member objects to.",
    manner="by consensus",
    asks="consensus asks that nobody objects",
    unstopped=nobody_objects,
)
