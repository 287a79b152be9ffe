"""Who turns down offers over what, in groups of parties of one side."""

from __future__ import annotations

from dataclasses import dataclass

from sim.arrays.kinds import Counts
from sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class BlockingGroup:
    """Parties of one side that turn down an offer over one issue; `counts` are their worlds, in the same order."""

    side: int
    issue: int
    parties: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def most(self) -> int:
        """Worlds of the party that does so most often."""
        return max(self.counts)


def groups(scenario: Scenario, counted: Counts, worlds: int, least: float = 0.05) -> list[BlockingGroup]:
    """Groups of parties that turn down offers, the most frequent first.

    Parameters
    ----------
    scenario
        For the sides.
    counted
        Worlds by party and issue, shape (parties, issues).
    worlds
        Worlds without an agreement.
    least
        Parties that do so in a smaller share of these are left out.
    """
    found = []
    for s, side in enumerate(scenario.sides):
        for j in range(len(scenario.issues)):
            counts = {p: int(counted[p, j]) for p in side.members}
            often = sorted(
                (p for p, count in counts.items() if count and count >= least * worlds), key=lambda p: (-counts[p], p)
            )
            if often:
                found.append(BlockingGroup(s, j, tuple(often), tuple(counts[p] for p in often)))
    return sorted(found, key=lambda group: (-group.most, -len(group.parties), group.side, group.issue))
