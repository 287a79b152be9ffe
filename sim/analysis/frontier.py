"""The Pareto frontier between two sides with additive utilities, merged issue by issue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.analysis.game import Packages
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.joint import Joint

_EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class Frontier:
    """Points of the frontier, from the first side's best to the second's.

    Attributes
    ----------
    packages
        One package a point, the first in the order of the file; shape (points, issues).
    utilities
        Of the two sides, shape (2, points).
    """

    packages: Packages
    utilities: Floats


def frontier(worth: Floats, exists: Bools, joint: Joint | None = None) -> Frontier:
    """All packages that no other package beats for one side without costing the other.

    A partial package that another one with the same issues beats stays beaten whatever is added to both. So the
    frontier of the first j + 1 issues lies among the sums of the frontier of the first j and the options of the next
    (Nemhauser & Ullmann, 1969, for the knapsack): it suffices to merge and to prune, issue by issue. Where some options
    are forbidden together, or bring a bonus, that holds of partial packages that can still be in the same groups of
    packages. Red lines and reservation values play no part.

    Parameters
    ----------
    worth
        Worth of options to the two sides, shape (2, issues and bonuses, options).
    exists
        Shape (issues and bonuses, options).
    joint
        What is forbidden and what brings a bonus.
    """
    if joint is not None:
        return _joint_frontier(worth, exists, joint)
    points = np.zeros((2, 1))
    packages = np.zeros((1, 0), dtype=np.int16)
    scale = max(1.0, float(np.abs(worth).max()))
    for j in range(len(exists)):
        options = np.flatnonzero(exists[j])
        grown = (points[:, :, None] + worth[:, j, options][:, None]).reshape(2, -1)
        keep = _undominated(grown, _EXACT * scale)
        parent, option = np.divmod(keep, len(options))
        packages = np.concatenate([packages[parent], options[option][:, None].astype(np.int16)], axis=1)
        points = grown[:, keep]
    keep = _undominated(points, TOLERANCE)
    keep = keep[np.lexsort((keep, -points[0, keep]))]
    return Frontier(packages[keep].astype(np.intp), points[:, keep])


def _joint_frontier(worth: Floats, exists: Bools, joint: Joint) -> Frontier:
    """The frontier where issues are joined; arguments and answer as `frontier`."""
    issues = len(exists) - len(joint.bonuses)
    boxes = [dict(box) for box in (*joint.forbidden, *joint.bonuses)]
    extra = worth[:, issues:, 1]
    scale = max(1.0, float(np.abs(worth).max()))
    points, packages = np.zeros((2, 1)), np.zeros((1, 0), dtype=np.int16)
    can_be = np.ones((1, len(boxes)), dtype=bool)  # in each group, as far as a partial package says
    for j in range(issues):
        options = np.flatnonzero(exists[j])
        grown = (points[:, :, None] + worth[:, j, options][:, None]).reshape(2, -1)
        parent, option = np.divmod(np.arange(grown.shape[1]), len(options))
        inside = can_be[parent]
        for g, box in enumerate(boxes):
            if j in box:
                inside[:, g] &= box[j][options[option]]
            if j == max(box):
                if g < len(joint.forbidden):
                    grown[:, inside[:, g]] = -np.inf
                else:
                    grown += np.where(inside[:, g], extra[:, g - len(joint.forbidden), None], 0.0)
                inside[:, g] = False  # that is settled
        there = np.flatnonzero(grown[0] > -np.inf)
        kinds, which = np.unique(inside[there], axis=0, return_inverse=True)
        kept = []
        for k in range(len(kinds)):
            alike = there[which.reshape(-1) == k]
            kept.append(alike[_undominated(grown[:, alike], _EXACT * scale)])
        keep = np.sort(np.concatenate(kept))
        packages = np.concatenate([packages[parent[keep]], options[option[keep]][:, None].astype(np.int16)], axis=1)
        points, can_be = grown[:, keep], inside[keep]
    keep = _undominated(points, TOLERANCE)
    keep = keep[np.lexsort((keep, -points[0, keep]))]
    return Frontier(packages[keep].astype(np.intp), points[:, keep])


def _undominated(points: Floats, tolerance: float) -> Packages:
    """Indices of the points that no other beats, in rising order; of equal ones the first.

    Equal up to `tolerance` on one side counts as equal there. `points` has shape (2, points).
    """
    kept = np.arange(points.shape[1])
    for first, second in ((0, 1), (1, 0)):
        order = kept[np.lexsort((kept, -points[second, kept], -points[first, kept]))]
        ranked = points[second, order]
        before = np.concatenate([[-np.inf], np.maximum.accumulate(ranked)[:-1]])
        kept = np.sort(order[ranked > before + tolerance])
    return _first_of_equals(points, kept, tolerance)


def _first_of_equals(points: Floats, kept: Packages, tolerance: float) -> Packages:
    """Replace every kept point by the first of all points that equal it."""
    by_first = kept[np.argsort(points[0, kept])]
    place = np.searchsorted(points[0, by_first], points[0] - tolerance)
    earliest = np.full(len(by_first), points.shape[1])
    for shift in (0, 1):
        near = np.minimum(place + shift, len(by_first) - 1)
        same = (np.abs(points - points[:, by_first[near]]) <= tolerance).all(axis=0)
        np.minimum.at(earliest, near[same], np.flatnonzero(same))
    return np.sort(earliest)
