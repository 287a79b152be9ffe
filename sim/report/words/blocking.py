"""Who blocks, in groups: the parties of a side that block on the same issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.report.words.plain_text import listed, plain
from sim.scenario.model import Scenario

Counts = np.ndarray[Any, np.dtype[np.int64]]

_FEW = 5
"""So many parties are named one by one."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parties of one side that block on one issue; `counts` are their worlds, in the order of `parties`."""

    side: int
    issue: int
    parties: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def most(self) -> int:
        """Worlds of the party that blocks most often."""
        return max(self.counts)


def groups(scenario: Scenario, blocks: Counts, worlds: int, least: float = 0.05) -> list[Group]:
    """Groups of blockers, the most frequent first.

    Parameters
    ----------
    scenario
        For the sides.
    blocks
        Worlds by party and issue, shape (parties, issues).
    worlds
        Worlds without an agreement.
    least
        Parties that block in a smaller share of these are left out.
    """
    found = []
    for s, side in enumerate(scenario.sides):
        for j in range(len(scenario.issues)):
            counts = {p: int(blocks[p, j]) for p in side.members}
            often = sorted(
                (p for p, count in counts.items() if count and count >= least * worlds), key=lambda p: (-counts[p], p)
            )
            if often:
                found.append(Group(s, j, tuple(often), tuple(counts[p] for p in often)))
    return sorted(found, key=lambda group: (-group.most, -len(group.parties), group.side, group.issue))


def who(scenario: Scenario, group: Group) -> str:
    """The group in words: "Russia", "all 30 members of NATO", "27 of the 30 members of NATO"."""
    side = scenario.sides[group.side]
    of, all_of = len(group.parties), len(side.members)
    if all_of == 1 or of <= min(_FEW, all_of - 1):
        return listed([plain(scenario.parties[p].title) for p in group.parties], _FEW)
    name = plain(side.title)
    return (
        f"both members of {name}"
        if of == all_of == 2
        else (f"all {of} members of {name}" if of == all_of else f"{of} of the {all_of} members of {name}")
    )
