"""A weighted majority: those who can live with it carry a share of the weight, as in the Council of the Union.

Felsenthal & Machover, *The Measurement of Voting Power*, 1998, ch. 2, on weighted voting games.
"""

from __future__ import annotations

from sim.rules.condition import Weighty
from sim.rules.rule import DecisionRule, RuleNumber, Seats


def share_does_not_object(seats: Seats) -> Weighty:
    """Those who do not object carry the share."""
    return Weighty.share(seats.number, seats.weight)


RULE = DecisionRule(
    name="majority",
    summary="A side passes what members with at least this share of the weight do not object to.",
    manner="by weighted majority",
    asks="the majority asks that members with {number:.4g} of the weight do not object",
    counts="members with {number:.4g} of the {of}",
    unstopped=share_does_not_object,
    by_votes=True,
    number=RuleNumber(
        sign="share",
        what="the majority",
        says="The share of the weight, 0 to 1, that must not object.",
        low=0.0,
        high=1.0,
    ),
)
