"""What has been offered and demanded in a block of worlds, for policies that react to it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.parties.conceding import groups
from sim.policies.situation import LONGEST_MEMORY
from sim.scenario.model import Scenario
from sim.worlds.packages import Packages

_RECENT = {"recent_best", "recent_mean"}
"""Words of acceptance conditions that ask for what was received of late."""

_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(slots=True)
class Memory:
    """What is kept for every party or side of a block of worlds.

    Attributes
    ----------
    demanded, threshold
        What each party demanded at its last turn, and from what worth on it accepted; nan before; (parties, worlds).
    own, received
        Utility of its side's and the others' latest offers, the latest first, nan where there were not so many;
        (depth, parties, worlds).
    first, most, sum, count
        Of what it received: the first, the best, the sum and number; (parties, worlds).
    packages
        How many different packages each side has offered, shape (sides, worlds).
    offers
        How many offers have been put in all, shape (worlds,).
    log
        All that was received, each with the share of the time that had passed for the party then (inf where nothing was
        received): pairs of (parties, worlds); None where nobody asks for it.
    """

    demanded: Floats
    threshold: Floats
    own: Floats
    received: Floats
    first: Floats
    most: Floats
    sum: Floats
    count: Ints
    packages: Ints
    offers: Ints
    log: list[tuple[Floats, Floats]] | None = None
    _codes: list[list[np.ndarray[tuple[int, ...], np.dtype[np.uint64]]]] = field(default_factory=list)

    def hear(self, parties: list[int], value: Floats, time: Floats, cohort: Ints) -> None:
        """Note what the others' latest offers are worth to some parties; nan where there are none; (parties, n).

        `time` is the share of the time that has passed for each of them, the same shape.
        """
        at = (np.array(parties)[:, None], cohort)
        heard = ~np.isnan(value)
        rows = self.received[:, at[0], at[1]]
        rows[1:] = np.where(heard, rows[:-1], rows[1:])
        rows[0] = np.where(heard, value, rows[0])
        self.received[:, at[0], at[1]] = rows
        self.first[at] = np.where(np.isnan(self.first[at]), value, self.first[at])
        self.most[at] = np.fmax(self.most[at], value)
        self.sum[at] += np.where(heard, value, 0.0)
        self.count[at] += heard
        if self.log is not None and heard.any():
            when, what = np.full(self.most.shape, np.inf), np.zeros(self.most.shape)
            when[at], what[at] = np.where(heard, time, np.inf), np.where(heard, value, 0.0)
            self.log.append((when, what))

    def recent(self, time: Floats, cohort: Ints) -> tuple[Floats, Floats]:
        """The best and the mean of what was received in the last share of the talks as long as what is left of them.

        `time` is the share of the time that has passed for each party; it and both answers have shape (parties, n), nan
        where there was none.
        """
        shape = (len(self.most), len(cohort))
        most, total, count = np.full(shape, np.nan), np.zeros(shape), np.zeros(shape)
        since = 2.0 * time - 1.0 - 1e-12
        for when, what in self.log or ():
            inside = (when[:, cohort] >= since) & np.isfinite(when[:, cohort])
            most = np.where(inside, np.fmax(most, what[:, cohort]), most)
            total += np.where(inside, what[:, cohort], 0.0)
            count += inside
        return most, np.divide(total, count, out=np.full(shape, np.nan), where=count > 0)

    def offer(self, side: int, parties: list[int], package: Packages, value: Floats, cohort: Ints) -> None:
        """Note an offer by a side (issues, n), and what it is worth to its members (members, n)."""
        self.offers[cohort] += 1
        at = (np.array(parties)[:, None], cohort)
        rows = self.own[:, at[0], at[1]]
        rows[1:] = rows[:-1].copy()
        rows[0] = value
        self.own[:, at[0], at[1]] = rows
        code = np.zeros(package.shape[1], dtype=np.uint64)
        for option in package:
            code = code * _MIX + option.astype(np.uint64) + np.uint64(1)
        known = np.zeros(len(cohort), dtype=bool)
        for earlier in self._codes[side]:
            known |= earlier[cohort] == code
        if not known.all():
            row = np.zeros(self.packages.shape[1], dtype=np.uint64)
            row[cohort] = code
            self._codes[side].append(row)
            self.packages[side, cohort] += ~known


def remember(scenario: Scenario, worlds: int) -> Memory | None:
    """An empty memory; None where no party's policy needs one."""
    plain = all(party.acceptance.name == "next" and party.discount is None for party in scenario.parties)
    if plain and not any(group.policy.reacts for group in groups(scenario)):
        return None
    parties, sides = len(scenario.parties), len(scenario.sides)

    def unknown(*shape: int) -> Floats:
        return np.full((*shape, parties, worlds), np.nan)

    return Memory(
        demanded=unknown(),
        threshold=unknown(),
        own=unknown(LONGEST_MEMORY + 1),
        received=unknown(LONGEST_MEMORY + 1),
        first=unknown(),
        most=unknown(),
        sum=np.zeros((parties, worlds)),
        count=np.zeros((parties, worlds), dtype=np.intp),
        packages=np.zeros((sides, worlds), dtype=np.intp),
        offers=np.zeros(worlds, dtype=np.intp),
        log=[] if any(_RECENT & set(dict(party.acceptance.words).values()) for party in scenario.parties) else None,
        _codes=[[] for _ in range(sides)],
    )


def heard_now(offer_value: Floats, made: Bools, side: int, parties: list[int]) -> Floats:
    """What the others' latest offers are worth to the members of a side: their mean, nan without any; (parties, n).

    `offer_value` has shape (sides, parties, n), `made` (sides, n).
    """
    total = np.zeros((len(parties), offer_value.shape[2]))
    count = np.zeros(offer_value.shape[2])
    for other in range(len(offer_value)):
        if other != side:
            total += np.where(made[other], offer_value[other][parties], 0.0)
            count += made[other]
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
