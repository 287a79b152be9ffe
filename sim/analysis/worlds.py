"""The same questions in many worlds: in how many is there a zone of agreement, and is a given package a deal?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.analysis.existence import Experience
from sim.analysis.game import Bools, Game, Packages, accepts, game
from sim.analysis.survey import Effort, TooLarge
from sim.analysis.zone import acceptable
from sim.scenario.model import Scenario
from sim.worlds.coding import Coding, draw_coding
from sim.worlds.draws import Floats, Worlds, draw
from sim.worlds.preferences import Preferences, preferences

_BLOCK = 256
_HEADS = 300_000


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


def zone_exists(
    scenario: Scenario,
    coded: Coding,
    wants: Preferences | None = None,
    needed: Floats | None = None,
    heads: int = _HEADS,
    experience: Experience | None = None,
) -> Existence:
    """Whether a zone of agreement exists in each world of a block.

    Parameters
    ----------
    coded, wants
        The numbers of the block, events' effects and all, and what follows from them; `wants` is worked out if left
        out.
    needed
        How many sides must assent, shape (worlds,); only looked at where the agreement rule says `at_least`.
    heads
        `Effort` for one world; where it does not suffice the world is not settled.
    experience
        From blocks before; saves time, and changes no answer that is settled.
    """
    wants = preferences(coded) if wants is None else wants
    experience = Experience() if experience is None else experience
    count = wants.reservation.shape[1]
    exists, settled = np.zeros(count, dtype=bool), np.ones(count, dtype=bool)
    for world in range(count):
        played = game(scenario, coded, wants, world, None if needed is None else float(needed[world]))
        try:
            exists[world] = experience.exists(played, Effort(heads))
        except TooLarge:
            settled[world] = False
    return Existence(exists, settled)


def zones(scenario: Scenario, seed: int, worlds: Worlds) -> Existence:
    """Whether a zone of agreement exists in the worlds with these indices, as drawn, before any event.

    The worlds are those of a run with this seed; shape (worlds,). Memory does not grow with their number but for the
    answer.
    """
    experience = Experience()
    parts = [zone_exists(scenario, *block, experience=experience) for block in _blocks(scenario, seed, worlds)]
    none = np.zeros(0, dtype=bool)
    return Existence(
        np.concatenate([none, *(part.exists for part in parts)]),
        np.concatenate([none, *(part.settled for part in parts)]),
    )


def _blocks(scenario: Scenario, seed: int, worlds: Worlds) -> Iterator[tuple[Coding, Preferences, Floats | None]]:
    """Blocks of worlds with their numbers, what follows from them, and how many sides must assent."""
    at_least = scenario.agreement.at_least
    for start in range(0, len(worlds), _BLOCK):
        block = worlds[start : start + _BLOCK]
        coded = draw_coding(scenario, seed, block)
        needed = None if at_least is None else draw([at_least], seed, block)[at_least.path]
        yield coded, preferences(coded), needed


@dataclass(frozen=True, slots=True)
class Share:
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
    feasible: Share
    deals: tuple[Share, ...]
    acceptance: tuple[tuple[Share, ...], ...]


def in_worlds(scenario: Scenario, worlds: int, seed: int, packages: list[Packages]) -> InWorlds:
    """Draw worlds as `run` does with this seed and ask in each for a zone, and whether the packages are deals."""
    exists = settled = 0
    experience = Experience()
    deals = np.zeros(len(packages), dtype=np.int64)
    accepted = np.zeros((len(packages), len(scenario.parties)), dtype=np.int64)
    for coded, wants, needed in _blocks(scenario, seed, np.arange(worlds, dtype=np.int64)):
        found = zone_exists(scenario, coded, wants, needed, experience=experience)
        exists += int(found.exists.sum())
        settled += int(found.settled.sum())
        for world in range(len(found.exists)) if packages else ():
            played: Game = game(scenario, coded, wants, world, None if needed is None else float(needed[world]))
            asked = np.stack(packages)
            deals += acceptable(played, asked)
            accepted += accepts(played, asked).T
    return InWorlds(
        worlds,
        seed,
        Share(exists, settled),
        tuple(Share(int(n), worlds) for n in deals),
        tuple(tuple(Share(int(n), worlds) for n in row) for row in accepted),
    )
