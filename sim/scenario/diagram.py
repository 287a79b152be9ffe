"""Which constraints and bonuses apply to a package, told issue by issue: a decision diagram over the issues.

Packages are told apart only as far as that matters. On the way through the issues a case is which boxes a package can
still lie in; packages with the same case are alike from there on. So the best package under all constraints is found by
going through the cases once, whatever the number of packages is (Bryant, "Graph-based algorithms for Boolean function
manipulation", 1986, of functions of many-valued variables here).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.model import Box, Scenario


@dataclass(frozen=True, slots=True)
class Layer:
    """What one issue decides.

    Attributes
    ----------
    issue
        Its index.
    kinds
        Its options, those that no box tells apart together.
    after
        By case and kind the case that follows, -1 where the package would be forbidden.
    won
        Bonuses that are certain then: (case, kind, bonus).
    """

    issue: int
    kinds: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    won: tuple[tuple[int, int, int], ...]

    @property
    def size(self) -> int:
        """How many cases it tells apart."""
        return len(self.after) * len(self.kinds)


@dataclass(frozen=True, slots=True)
class Diagram:
    """One layer for each issue that a box names; before the first layer and after the last there is one case."""

    layers: tuple[Layer, ...]

    def leaves_any(self) -> bool:
        """Whether some package is not forbidden."""
        open_ = [True]
        for layer in reversed(self.layers):
            open_ = [any(to >= 0 and open_[to] for to in row) for row in layer.after]
        return open_[0]


def diagram(options: Sequence[int], forbidden: Sequence[Box], bonuses: Sequence[Box], most: int) -> Diagram | None:
    """Make the diagram; None where it would tell more than `most` cases apart.

    Parameters
    ----------
    options
        How many options each issue has.
    forbidden, bonuses
        The boxes.
    """
    boxes = [dict(box.sets) for box in (*forbidden, *bonuses)]
    left = most
    layers: list[Layer] = []
    for issues in _groups(boxes):
        cases: dict[frozenset[int], int] = {frozenset(): 0}
        mine = [b for b, box in enumerate(boxes) if box and next(iter(box)) in issues]
        first = {b: min(boxes[b]) for b in mine}
        last = {b: max(boxes[b]) for b in mine}
        for issue in issues:
            layer, cases = _layer(issue, options[issue], boxes, mine, (first, last), cases, len(forbidden))
            layers.append(layer)
            left -= layer.size
            if left < 0:
                return None
    return Diagram(tuple(layers))


def diagram_of(scenario: Scenario, most: int) -> Diagram | None:
    """That of a scenario; see `diagram`."""
    forbidden = [box for constraint in scenario.constraints for box in constraint.forbidden]
    bonuses = [bonus.when for bonus in scenario.bonuses]
    return diagram([len(issue.options) for issue in scenario.issues], forbidden, bonuses, most)


def _groups(boxes: Sequence[dict[int, tuple[int, ...]]]) -> list[list[int]]:
    """Issues that boxes join, group by group, each in the order of the file."""
    groups: list[set[int]] = []
    for box in boxes:
        joined = set(box)
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined] if joined else apart
    return sorted(sorted(group) for group in groups)


def _layer(
    issue: int,
    options: int,
    boxes: Sequence[dict[int, tuple[int, ...]]],
    mine: Sequence[int],
    ends: tuple[dict[int, int], dict[int, int]],
    cases: dict[frozenset[int], int],
    forbidden: int,
) -> tuple[Layer, dict[frozenset[int], int]]:
    """The layer of an issue, and the cases after it."""
    first, last = ends
    naming = [b for b in mine if issue in boxes[b]]
    kinds: dict[tuple[bool, ...], list[int]] = {}
    for option in range(options):
        kinds.setdefault(tuple(option in boxes[b][issue] for b in naming), []).append(option)
    following: dict[frozenset[int], int] = {}
    after, won = [], []
    for case, number in cases.items():
        row = []
        for k, inside in enumerate(kinds):
            alive = set(case)
            for b, holds in zip(naming, inside, strict=True):
                if not holds:
                    alive.discard(b)
                elif first[b] == issue:
                    alive.add(b)
            done = sorted(b for b in alive if last[b] == issue)
            if any(b < forbidden for b in done):
                row.append(-1)
                continue
            won += [(number, k, b - forbidden) for b in done]
            row.append(following.setdefault(frozenset(alive.difference(done)), len(following)))
        after.append(tuple(row))
    return Layer(issue, tuple(map(tuple, kinds.values())), tuple(after), tuple(won)), following
