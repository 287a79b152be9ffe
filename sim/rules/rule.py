"""What a decision rule is: who sets the limit, who sets the speed, how it stands in a file and how it is said.

A side passes a package if nobody stops it and enough are content. By its rule those who do not object must be enough
that nobody stops it; those who are for it must be enough that the side is content: by most rules its `pace`, a share of
its weight. So the rule says who sets the limit and the pace who sets the speed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Floats
from sim.rules.condition import Condition, Weighty


@dataclass(frozen=True, slots=True)
class Seats:
    """The members of a side who decide, and what its rule says of them, in n worlds.

    Attributes
    ----------
    weight
        Of the members, shape (members, n).
    number
        The rule's number, shape (n,); nan where it has none.
    pace
        The side's, shape (n,).
    named
        The place of the member whom the rule names among those here; None where it names none, or that one is absent.
    """

    weight: Floats
    number: Floats
    pace: Floats
    named: int | None

    @property
    def members(self) -> int:
        """How many they are."""
        return len(self.weight)


def by_pace(seats: Seats) -> Condition:
    """A side is content if those who are for it carry at least its pace, a share of its weight."""
    return Weighty.share(seats.pace, seats.weight)


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """The number that a rule has in the file.

    Attributes
    ----------
    sign
        What stands for it where the format is shown: the N of ``{NAME: N}``.
    what
        How messages call it; ``{members}`` and ``{side}`` stand for the side's members, counted, and for its id.
    says
        What it is, for the file's schema.
    low, high
        Its legal range; without a `high` it ends at the number of the side's members.
    whole
        Whether it is a whole number.
    """

    sign: str
    what: str
    says: str
    low: float
    high: float | None
    whole: bool = False

    def most(self, members: int) -> float:
        """The largest that is legal in a side of so many members."""
        return float(members) if self.high is None else self.high

    def legal(self, number: Floats, members: int) -> Floats:
        """The number as events left it, kept in its legal range."""
        rounded = np.floor(number + 0.5) if self.whole else number
        return np.clip(rounded, self.low, self.most(members))


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """A decision rule.

    Attributes
    ----------
    name
        Its name, and its key in the file where it has a number or names a member.
    summary
        What it is, in a sentence.
    manner, asks
        How it is said: in what manner a side decides ("by consensus"), and what it asks for ("consensus asks that
        nobody objects"), in which ``{number}`` stands for its number.
    counts
        Who must be counted by it, where several rules are joined ("7 of them"); ``{of}`` stands for what is weighed.
    unstopped
        What must hold of those who do not object, else they are too few and the side is stopped.
    content
        What must hold of those who are for it.
    number
        Its number in the file, None where it has none.
    names
        What the member is whom it names in the file, empty where it names none.
    absent
        Why a side can decide nothing where that member is not there, empty where it names none.
    pace
        The share of the weight that must be content where the file says nothing; None where no pace counts.
    drafts
        The share of the weight that circulates a draft in a caucus; None: as much as must be content.
    silence
        Whether silence is consent: who holds out lets a draft pass. Else all who are not for it break silence.
    by_votes
        Whether more than one set of members can carry it, so that there are coalitions to go through.
    """

    name: str
    summary: str
    manner: str
    asks: str
    unstopped: Callable[[Seats], Condition]
    content: Callable[[Seats], Condition] = by_pace
    number: RuleNumber | None = None
    names: str = ""
    counts: str = ""
    absent: str = ""
    pace: float | None = 0.5
    drafts: float | None = None
    silence: bool = True
    by_votes: bool = False

    @property
    def bare(self) -> bool:
        """Whether its name alone stands in the file."""
        return self.number is None and not self.names

    @property
    def form(self) -> str:
        """How it stands in a file: ``NAME``, ``{NAME: N}`` or ``{NAME: PARTY}``."""
        if self.bare:
            return self.name
        return f"{{{self.name}: {'PARTY' if self.number is None else self.number.sign}}}"
