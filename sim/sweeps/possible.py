"""What was possible: in which worlds there was a deal to be had, and whose limits alone stood in the way of one.

A run asks this of its first worlds as they are drawn, before any event, whether or not anything is drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.many_worlds.pivots import NONE, Prospects, prospects
from sim.arrays.kinds import Counts
from sim.rules import rule_named
from sim.scenario.model import Scenario
from sim.scenario.quantities import quantities
from sim.sweeps.intervals import wilson
from sim.talks.observer import Observer
from sim.talks.record.endings import OUTCOMES, Endings
from sim.talks.state import State, begin
from sim.worlds.coding import coding
from sim.worlds.draws import draw
from sim.worlds.preferences import preferences

ASKED, ASKED_OF_VOTES = 2000, 500
"""The worlds that are asked: the first so many of a run; fewer where votes may be lost and packages are many."""
_MANY = 100_000
WITHOUT_DEAL = ("talks_continue", "impasse", "breakdown")
"""Outcomes in which nothing was settled."""


def asked_of(scenario: Scenario) -> int:
    """How many of the first worlds of a run are asked: all that matters is the form of the scenario."""
    packages = prod(len(issue.options) for issue in scenario.issues)
    votes = scenario.agreement.by_votes or any(
        rule_named(side.decides.rule).by_votes and len(side.members) > 1 for side in scenario.sides
    )
    return ASKED_OF_VOTES if votes and packages > _MANY else ASKED


@dataclass(slots=True)
class Asking(Observer):
    """Asks the worlds of a block at their beginning; `found` is by the worlds' indices in `worlds`."""

    scenario: Scenario
    worlds: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    found: Prospects | None = None

    def begins(self, state: State) -> None:
        """Ask those that are among the first of the run."""
        places = np.flatnonzero(state.worlds < asked_of(self.scenario))
        self.worlds = state.worlds[places]
        at_least = self.scenario.agreement.at_least
        needed = None if at_least is None else draw([at_least], state.seed, state.worlds)[at_least.path]
        self.found = prospects(self.scenario, state.coded, state.wants, needed, places)


def ask(scenario: Scenario, seed: int, first: int, last: int) -> Asking:
    """Ask the worlds from `first` up to, not including, `last`, without playing them."""
    asking = Asking(scenario)
    index = np.arange(first, min(last, asked_of(scenario)), dtype=np.int64)
    if len(index):
        coded = coding(scenario, draw(quantities(scenario).values(), seed, index), len(index))
        asking.begins(begin(scenario, index, coded, preferences(coded), seed))
    return asking


@dataclass(slots=True)
class Possible:
    """Counts over the worlds that were asked.

    Attributes
    ----------
    zones
        Worlds asked, worlds in which it is certain whether there is a zone of agreement, and worlds in which there is
        one, each by outcome; shape (3, outcomes).
    pivots
        Worlds without an agreement and without a zone in which there would be one but for the limits of a party, by
        that party and the issue on which it loses most; shape (parties, issues).
    pivots_of
        Worlds without an agreement that were asked and told whose limits these are.
    without_zone, by_one
        Of these, worlds without a zone, and worlds in which the limits of at least one party alone prevent it.
    """

    zones: Counts
    pivots: Counts
    pivots_of: int
    without_zone: int
    by_one: int

    @property
    def by_party(self) -> Counts:
        """Worlds in which a party is pivotal, shape (parties,)."""
        return np.asarray(self.pivots.sum(axis=1))

    def merge(self, other: Possible) -> None:
        """Add the counts of other worlds."""
        self.zones += other.zones
        self.pivots += other.pivots
        self.pivots_of += other.pivots_of
        self.without_zone += other.without_zone
        self.by_one += other.by_one

    def zone(self) -> dict[str, float | None]:
        """In how many worlds there is a zone of agreement: counts, and the share of the settled with its interval."""
        asked, settled, exists = (int(row.sum()) for row in self.zones)
        return _counted(asked, settled, exists)

    def missed(self, outcomes: Counts) -> MissedDeals:
        """Missed deals of a run with so many worlds by outcome."""
        without = [OUTCOMES.index(name) for name in WITHOUT_DEAL]
        asked, settled, exists = (int(row[without].sum()) for row in self.zones)
        return MissedDeals(int(outcomes[without].sum()), asked, settled, exists)

    def blockers(self, scenario: Scenario) -> list[dict[str, Any]]:
        """Pivotal parties and their issues by the share of the worlds without an agreement, the largest first."""
        return ranked(scenario, self.pivots, self.pivots_of)


@dataclass(frozen=True, slots=True)
class MissedDeals:
    """In how many of the worlds without a deal a zone of agreement existed at the values drawn, before any event.

    Attributes
    ----------
    without_deal
        Worlds of the run that ended without a deal, nor a partial one.
    asked
        Of these, so many were asked.
    settled
        Of these, so many gave a certain answer.
    missed
        Of these, in so many a zone existed.
    """

    without_deal: int
    asked: int
    settled: int
    missed: int

    def as_json(self) -> dict[str, float | None]:
        """Counts, and the share of the settled worlds with its 95 % interval; null where there are none."""
        return {"without_deal": self.without_deal, **_counted(self.asked, self.settled, self.missed)}


def count_possible(scenario: Scenario, ended: Endings, asking: Asking) -> Possible:
    """Count what a block of worlds was told, by how the worlds ended."""
    zones = np.zeros((3, len(OUTCOMES)), dtype=np.int64)
    pivots = np.zeros((len(scenario.parties), len(scenario.issues)), dtype=np.int64)
    found = asking.found
    if found is None or not len(asking.worlds):
        return Possible(zones, pivots, 0, 0, 0)
    order = np.argsort(ended.worlds, kind="stable")
    outcome = ended.outcome[order[np.searchsorted(ended.worlds[order], asking.worlds)]]
    for row, where in enumerate((np.ones(len(outcome), dtype=bool), found.settled, found.exists)):
        zones[row] = np.bincount(outcome[where], minlength=len(OUTCOMES))
    without = found.told & (outcome != OUTCOMES.index("agreement"))
    for p, issue in enumerate(found.issue):
        pivots[p] = np.bincount(issue[without & (issue != NONE)], minlength=len(scenario.issues))
    by_one = without & (found.issue != NONE).any(axis=0)
    return Possible(zones, pivots, int(without.sum()), int((without & ~found.exists).sum()), int(by_one.sum()))


def zone_of(ended: Endings, asking: Asking) -> NDArray[np.int8]:
    """Whether there was a zone of agreement in each world before any event: 1 or 0, -1 where that is not known."""
    zone = np.full(len(ended.worlds), -1, dtype=np.int8)
    if asking.found is not None and len(asking.worlds):
        order = np.argsort(ended.worlds, kind="stable")
        places = order[np.searchsorted(ended.worlds[order], asking.worlds)]
        zone[places] = np.where(asking.found.settled, asking.found.exists, -1)
    return zone


def ranked(scenario: Scenario, counts: Counts, worlds: int) -> list[dict[str, Any]]:
    """Counts by party and issue as shares of so many worlds, the largest first."""
    order = sorted((-int(counts[p, j]), p, j) for p, j in zip(*np.nonzero(counts), strict=True))
    return [
        {"party": scenario.parties[p].id, "issue": scenario.issues[j].id, "share": -count / worlds}
        for count, p, j in order
    ]


def _counted(asked: int, settled: int, count: int) -> dict[str, float | None]:
    low, high = wilson(count, settled)
    known = bool(settled)
    return {
        "asked": asked,
        "settled": settled,
        "count": count,
        "share": count / settled if known else None,
        "low": low if known else None,
        "high": high if known else None,
    }
