"""What joins the issues as linear clauses over the options of a package, each 1 where the package has it, else 0."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.worlds.joint import Joint

Clause = tuple[Mapping[tuple[int, int], float], float]
"""Factors by issue and option, and the most that their sum may be."""


def clauses(joint: Joint, issues: int) -> Iterator[Clause]:
    """The clauses of a scenario with so many issues; bonuses are issues after them, with the options no and yes.

    A package is in a group where it has one of its options on all issues that it names. If that is forbidden, on one of
    them it must have another; a bonus is a yes only if it has one on each, and must be if it has one on all. (Williams,
    *Model Building in Mathematical Programming*, 1999, ch. 9, on logical conditions as linear constraints.)
    """
    for box in joint.forbidden:
        inside = {(issue, int(k)): 1.0 for issue, marked in box for k in np.flatnonzero(marked)}
        yield inside, len(box) - 1.0
    for b, box in enumerate(joint.bonuses):
        yes = (issues + b, 1)
        for issue, marked in box:
            yield {yes: 1.0, **{(issue, int(k)): -1.0 for k in np.flatnonzero(marked)}}, 0.0
        inside = {(issue, int(k)): 1.0 for issue, marked in box for k in np.flatnonzero(marked)}
        yield {**inside, yes: -1.0}, len(box) - 1.0
