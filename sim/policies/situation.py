"""What a party knows when it decides what to demand and what to accept. Worlds are the last axis of every array."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Floats, Ints


@dataclass(frozen=True, slots=True)
class History:
    """What has been offered so far, as it is worth to the parties.

    Attributes
    ----------
    own, received
        Utility of its side's and of the others' latest offers, the latest first, nan where there were not so many;
        (depth, parties, worlds). Of several other sides the mean; noted whenever its side has its turn.
    first, most, mean
        Of what was received so far: the first, the best and the mean, nan where there is none; (parties, worlds).
    recent_most, recent_mean
        The same of what was received in the last share of the talks, as long as what is left of them; (parties,
        worlds). Nan where no party's acceptance condition asks for it.
    own_packages, others_packages
        How many different packages its side has offered, and each other side has offered at least; (parties, worlds).
    risk, others_risk
        Willingness to risk a failure (see `sim.policies.concession.zeuthen`), its own and the least among the parties
        of other sides; 1 where a side has made no offer; (parties, worlds).
    """

    own: Floats
    received: Floats
    first: Floats
    most: Floats
    mean: Floats
    recent_most: Floats
    recent_mean: Floats
    own_packages: Ints
    others_packages: Ints
    risk: Floats
    others_risk: Floats


LONGEST_MEMORY = 10
"""How many of the others' offers back a policy can look."""


def _no_step(level: Floats) -> Floats:
    return np.full(level.shape, -np.inf)


@dataclass(frozen=True, slots=True)
class Situation:
    """The situation of the parties that follow a policy.

    Attributes
    ----------
    time
        Share of the time that has passed for each, in [0, 1], shape (parties, worlds).
    best, reservation
        The most on the table for a party without crossing its own red lines (-inf where nothing is), and its
        reservation value; (parties, worlds).
    settings, words
        The policy's numeric settings by name, each (parties, worlds), and its words.
    worst
        The least that a package on the table is worth to it, (parties, worlds).
    least
        The least that it demands, (parties, worlds): the worst on the table for it without crossing its own red lines,
        if that is more than its reservation value; None: the reservation value.
    round, rounds_left
        The round of this meeting, from 0, and how many scheduled ones are to come after it; (worlds,).
    meetings, meetings_left
        How many meetings were held before this one, and how many scheduled ones are to come after it; (worlds,).
    patience, others_patience
        Share of its gain that is left if it turns an offer down and its own next offer is accepted, and the mean of
        that over the parties of other sides; (parties, worlds).
    last
        What it demanded at its last turn; at the first, the most that is on the table for it; (parties, worlds).
    history
        What has been offered; None for policies that do not ask for it.
    most_below
        The most that a package which its side could offer is worth to it among those worth less than a level,
        (parties, worlds) to the same; -inf where there is none.
    reach
        The most that a package which its side could offer and all others could sign too is worth to each party,
        (parties, worlds); -inf where there is none.
    nth_best
        What the so-many-th best package that it could put (parties, worlds), from 1, is worth to each party, the last
        where there are fewer; nan for a party that does not itself look at all packages. Of packages worth the same the
        first in the file is the better.
    next_offer
        What its side's own next offer, at what its members demand now, is worth to each party, (parties, worlds); nan
        where it has none to make. For acceptance conditions.
    """

    time: Floats
    best: Floats
    reservation: Floats
    settings: Mapping[str, Floats]
    words: Mapping[str, str] = field(default_factory=dict)
    worst: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    least: Floats | None = None
    round: int = 0
    rounds_left: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    meetings: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    meetings_left: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    patience: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    others_patience: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    last: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    history: History | None = None
    most_below: Callable[[Floats], Floats] = _no_step
    reach: Callable[[], Floats] = lambda: np.full((1, 1), -np.inf)
    nth_best: Callable[[Ints], Floats] = lambda number: np.full(number.shape, np.nan)
    next_offer: Callable[[], Floats] = lambda: np.full((1, 1), np.nan)

    @property
    def top(self) -> Floats:
        """The most that it can get, at least its reservation value; (parties, worlds)."""
        return np.maximum(self.best, self.reservation)

    @property
    def floor(self) -> Floats:
        """Where its demand ends: at its reservation value, or at the least that it can get if that is more."""
        return self.reservation if self.least is None else np.maximum(self.reservation, self.least)

    @property
    def seen(self) -> History:
        """What has been offered, for a policy that reacts to it."""
        if self.history is None:
            raise ValueError("this policy reacts to offers, so it must be declared with reacts=True")
        return self.history

    def between(self, conceded: Floats) -> Floats:
        """The demand that gives up this share of what lies between the best and the floor."""
        floor = self.floor
        return np.asarray(np.maximum(self.reservation, self.top - (self.top - floor) * conceded))

    def within(self, demand: Floats) -> Floats:
        """A demand kept between the floor and the best."""
        return np.asarray(np.clip(demand, self.floor, self.top))
