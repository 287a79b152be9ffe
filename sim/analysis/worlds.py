"""The same questions in many worlds: in how many is there a zone of agreement, and is a given package a deal?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages
from sim.analysis.many_worlds.cases import Cases, cases
from sim.analysis.many_worlds.zones import zones
from sim.arrays.kinds import Bools
from sim.scenario.model import Scenario
from sim.worlds.coding import draw_coding
from sim.worlds.draws import Worlds, draw
from sim.worlds.preferences import preferences

_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether a zone of agreement exists in each world.

    Attributes
    ----------
    exists
        Shape (worlds,); False also where it is not known.
    settled
        Whether that is certain, shape (worlds,).
    """

    exists: Bools
    settled: Bools


def zone_exists(scenario: Scenario, seed: int, worlds: Worlds) -> Existence:
    """Whether a zone of agreement exists in the worlds with these indices, as drawn, before any event.

    The worlds are those of a run with this seed; shape (worlds,). Memory does not grow with their number but for the
    answer.
    """
    found = [zones(games) for games in _blocks(scenario, seed, worlds)]
    none = np.zeros(0, dtype=bool)
    return Existence(
        np.concatenate([none, *(one.exists for one in found)]), np.concatenate([none, *(one.settled for one in found)])
    )


def _blocks(scenario: Scenario, seed: int, worlds: Worlds) -> Iterator[Cases]:
    """The games of these worlds, block by block."""
    at_least = scenario.agreement.at_least
    for start in range(0, len(worlds), _BLOCK):
        block = worlds[start : start + _BLOCK]
        coded = draw_coding(scenario, seed, block)
        needed = None if at_least is None else draw([at_least], seed, block)[at_least.path]
        yield cases(scenario, coded, preferences(coded), needed)


@dataclass(frozen=True, slots=True)
class CountedShare:
    """A count out of a total with its 95 % interval (Wilson, 1927)."""

    count: int
    total: int

    @property
    def share(self) -> float:
        """The plain share, 0 of nothing."""
        return self.count / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high end."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959963984540054, self.total, self.share
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * float(np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)))
        return max(0.0, middle - half), min(1.0, middle + half)

    def as_json(self) -> dict[str, float]:
        """Count, share, low, high."""
        low, high = self.interval
        return {"count": self.count, "share": self.share, "low": low, "high": high}


@dataclass(frozen=True, slots=True)
class InWorlds:
    """Answers over drawn worlds, before any event.

    Attributes
    ----------
    feasible
        Worlds with a zone of agreement, of those that were settled.
    deals
        For each package asked about, the worlds in which it is a deal.
    acceptance
        For each package and party, the worlds in which the party accepts it, shape (packages, parties).
    """

    worlds: int
    seed: int
    feasible: CountedShare
    deals: tuple[CountedShare, ...]
    acceptance: tuple[tuple[CountedShare, ...], ...]


def in_worlds(scenario: Scenario, worlds: int, seed: int, packages: list[Packages]) -> InWorlds:
    """Draw worlds as `run` does with this seed and ask in each for a zone, and whether the packages are deals."""
    exists = settled = 0
    deals = np.zeros(len(packages), dtype=np.int64)
    accepted = np.zeros((len(packages), len(scenario.parties)), dtype=np.int64)
    for games in _blocks(scenario, seed, np.arange(worlds, dtype=np.int64)):
        found = zones(games)
        exists += int(found.exists.sum())
        settled += int(found.settled.sum())
        for k, package in enumerate(packages):
            votes = games.votes(np.repeat(package[:, None], games.count, axis=1), games.everywhere)
            accepted[k] += votes.sum(axis=1)
            stands = games.deal(votes, games.everywhere) & ~games.broken(package[:, None])
            deals[k] += int(stands.sum())
    return InWorlds(
        worlds,
        seed,
        CountedShare(exists, settled),
        tuple(CountedShare(int(n), worlds) for n in deals),
        tuple(tuple(CountedShare(int(n), worlds) for n in row) for row in accepted),
    )
