"""Rules joined, as in the Council of the Union: all must hold, and fewer than a blocking minority stop nothing.

By the Treaty of Lisbon 55 % of the members with 65 % of the population carry a proposal, and a blocking minority must
include at least four members (Treaty on European Union, art. 16(4)). Where who holds out abstains, as in the Security
Council (Charter of the United Nations, art. 27), the votes for a package must be enough by themselves: an abstention is
no vote for it, and no veto either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.arrays.kinds import Floats
from sim.arrays.sums import share, total
from sim.rules.condition import Condition, Either, SoMany, together
from sim.rules.rule import DecisionRule, Seats, by_pace


@dataclass(frozen=True, slots=True)
class Part:
    """One of the rules.

    Attributes
    ----------
    rule
        The rule itself.
    number
        Its number as events left it, shape (n,); nan where it has none.
    weight
        What each member's vote weighs by it, shape (members, n).
    absolute
        Whether the number is so much of the weight, not a share of it.
    most
        The largest number that is legal.
    """

    rule: DecisionRule
    number: Floats
    weight: Floats
    absolute: bool
    most: int

    def holds_of(self, seats: Seats) -> Condition:
        """What must hold by it."""
        number = share(self.number, total(self.weight)) if self.absolute else self.number
        if self.rule.number is not None:
            number = self.rule.number.legal(number, self.most)
        return self.rule.unstopped(replace(seats, number=number, weight=self.weight))


@dataclass(frozen=True, slots=True)
class Terms:
    """What joined rules ask for in n worlds.

    Attributes
    ----------
    parts
        The rules.
    blocking
        Fewer than so many stop nothing, shape (n,); None where nothing is said.
    abstains
        Whether who holds out abstains, so that the parts must hold of those who are for a package.
    """

    parts: tuple[Part, ...]
    blocking: Floats | None
    abstains: bool

    def carry(self, seats: Seats) -> Condition:
        """What must hold of those who do not object; of those who are for it, where holding out is no consent."""
        asked = together([part.holds_of(seats) for part in self.parts])
        if self.blocking is None:
            return asked
        few = np.clip(np.floor(self.blocking + 0.5), 1.0, float(seats.members))
        return Either((asked, SoMany(seats.members - few + 1.0)))

    def content(self, seats: Seats) -> Condition:
        """What must hold of those who are for it."""
        return together([self.carry(seats), by_pace(seats)]) if self.abstains else by_pace(seats)


def _not_by_name(seats: Seats) -> Condition:  # noqa: ARG001
    raise ValueError("joined rules are asked by their terms")


RULE = DecisionRule(
    name="joined",
    summary="A side passes what all of several rules let pass.",
    manner="by vote",
    asks="the vote asks for more",
    unstopped=_not_by_name,
    by_votes=True,
)
