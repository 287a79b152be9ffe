"""Scenario discovery: in which part of what was varied an outcome lies above a level, in plain conditions.

Two well-kept methods: PRIM (Friedman & Fisher, 1999; Bryant & Lempert, 2010) from the EMA Workbench, which peels boxes
off the space, and a CART tree (Breiman et al., 1984) from scikit-learn, which cuts it. *Coverage* is the share of all
points above the level that lie in a box, *density* the share of the points in the box that lie above it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools
from sim.sweeps.boxes import Box, Limit, box_of, inside_of, of_file
from sim.sweeps.extras import need
from sim.sweeps.reading import is_words, outcome_values, varied_numbers
from sim.sweeps.store import OutputError
from sim.sweeps.sweep import Sweep

BOXES = 3
"""Boxes that are looked for."""

DENSE = 0.8
"""Of the boxes on the way, the largest at least this dense is taken; else the densest."""

LEAVES = 8
_PART = 0.05


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where an outcome lies above a level.

    Attributes
    ----------
    outcome, level, above
        What was asked; `above` is False where it was: below.
    points, cases
        Points in all, and those of interest.
    boxes
        Of PRIM, each found among the points that the ones before left; None where the EMA Workbench isn't installed.
    leaves
        Of the CART tree, those in which most points are of interest, the largest coverage first; None where
        scikit-learn isn't installed.
    """

    outcome: str
    level: float
    above: bool
    points: int
    cases: int
    boxes: tuple[Box, ...] | None
    leaves: tuple[Box, ...] | None

    def as_json(self) -> dict[str, Any]:
        """What `sensitivity --discover --json` says of it."""

        def listed(boxes: tuple[Box, ...] | None) -> list[dict[str, Any]] | None:
            return None if boxes is None else [{"conditions": str(box), **asdict(box)} for box in boxes]

        kept = {name: getattr(self, name) for name in ("outcome", "level", "above", "points", "cases")}
        return {**kept, "boxes": listed(self.boxes), "leaves": listed(self.leaves)}


def discover(swept: Sweep, outcome: str = "agreement", level: float = 0.5, above: bool = True) -> Discovery:
    """Find the conditions under which an outcome lies above (or below) a level.

    Parameters
    ----------
    swept
        A finished sweep, best one that covers the space evenly (lhs, sobol).
    outcome
        See `sim.sweeps.reading.outcome_column`.
    level, above
        The points of interest are those above the level, or below it.

    Raises
    ------
    OutputError
        If no point or every point is of interest, or neither library is installed.
    """
    values = outcome_values(swept, outcome)
    wanted = values > level if above else values < level
    side = "above" if above else "below"
    if wanted.all() or not wanted.any():
        how = "every point" if wanted.all() else "no point"
        range_ = f"it goes from {values.min():.4g} to {values.max():.4g}"
        raise OutputError(f"'{outcome}' lies {side} {level:g} at {how}: {range_}")
    has_prim, has_cart = find_spec("ema_workbench") is not None, find_spec("sklearn") is not None
    if not has_cart and not has_prim:
        need("sklearn", "discovery")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        boxes = _prim(swept, wanted, values) if has_prim else None
        leaves = _cart(swept, wanted, values) if has_cart else None
    return Discovery(outcome, level, above, len(values), int(wanted.sum()), boxes, leaves)


def _prim(swept: Sweep, wanted: Bools, values: NDArray[np.float64]) -> tuple[Box, ...]:
    import pandas as pd

    logging.getLogger("ema_workbench").setLevel(logging.ERROR)
    from ema_workbench.analysis import prim

    numbers = varied_numbers(swept)
    columns: dict[str, Any] = {
        path: swept.points[path].to_numpy().astype(object) if is_words(swept, path) else numbers[:, i]
        for i, path in enumerate(swept.paths)
    }
    search = prim.Prim(pd.DataFrame(columns), wanted, threshold=float(wanted.mean()), mass_min=_PART)
    found = []
    for _ in range(BOXES):
        box = search.find_box()
        if box is None:
            break
        at = _chosen(np.asarray(box.peeling_trajectory["density"]), np.asarray(box.peeling_trajectory["coverage"]))
        box.select(at)
        limits = _prim_limits(swept, box.box_lims[at], box.qp[at])
        if not limits:
            break
        found.append(box_of(limits, inside_of(swept, numbers, limits), wanted, values))
    return tuple(found)


def _chosen(density: NDArray[np.float64], coverage: NDArray[np.float64]) -> int:
    """The box on the trajectory with the most coverage among the dense ones, else the densest."""
    dense = np.flatnonzero(density >= DENSE)
    return int(dense[coverage[dense].argmax()] if len(dense) else density.argmax())


def _prim_limits(swept: Sweep, ends: Any, p: dict[str, Any]) -> tuple[Limit, ...]:
    limits = []
    for i, path in enumerate(swept.paths):
        column = ends[path]
        known = [float(x) for x in p.get(path, ()) if x is not None and x >= 0]
        chance = min(known) if known else None
        if is_words(swept, path):
            words = {str(word) for word in column.iloc[0]}
            if words < set(swept.points[path].unique()):
                limits.append(Limit(path, words=tuple(sorted(words)), p=chance))
            continue
        numbers = varied_numbers(swept)[:, i]
        low, high = float(column.iloc[0]), float(column.iloc[1])
        if low > numbers.min() or high < numbers.max():
            least = of_file(swept, path, low if low > numbers.min() else None)
            most = of_file(swept, path, high if high < numbers.max() else None)
            limits.append(Limit(path, least, most, p=chance))
    return tuple(limits)


def _cart(swept: Sweep, wanted: Bools, values: NDArray[np.float64]) -> tuple[Box, ...]:
    from sklearn.tree import DecisionTreeClassifier

    numbers = varied_numbers(swept)
    inputs: list[NDArray[np.float64]] = []
    cuts: list[tuple[str, str | None]] = []
    for i, path in enumerate(swept.paths):
        if is_words(swept, path):
            for word in swept.points[path].unique(maintain_order=True).to_list():
                inputs.append((swept.points[path] == word).to_numpy().astype(np.float64))
                cuts.append((path, word))
        else:
            inputs.append(numbers[:, i])
            cuts.append((path, None))
    least = max(2, int(_PART * len(wanted)))
    model = DecisionTreeClassifier(max_leaf_nodes=LEAVES, min_samples_leaf=least, random_state=0)
    model.fit(np.stack(inputs, axis=1), wanted)
    tree, found = model.tree_, []
    stack: list[tuple[int, tuple[tuple[int, bool, float], ...]]] = [(0, ())]
    while stack:
        node, way = stack.pop()
        if tree.children_left[node] < 0:
            limits = _way_limits(swept, cuts, way)
            box = box_of(limits, inside_of(swept, numbers, limits), wanted, values)
            if box.density > 0.5:
                found.append(box)
            continue
        cut, at = int(tree.feature[node]), float(tree.threshold[node])
        stack.append((int(tree.children_left[node]), (*way, (cut, True, at))))
        stack.append((int(tree.children_right[node]), (*way, (cut, False, at))))
    return tuple(sorted(found, key=lambda box: -box.coverage))


def _way_limits(
    swept: Sweep, cuts: Sequence[tuple[str, str | None]], way: Sequence[tuple[int, bool, float]]
) -> tuple[Limit, ...]:
    """The conditions on the way from the root of a tree to a leaf, one for each path."""
    limits: list[Limit] = []
    for path in dict.fromkeys(cuts[cut][0] for cut, _, _ in way):
        steps = [(cuts[cut][1], below, at) for cut, below, at in way if cuts[cut][0] == path]
        if steps[0][0] is None:
            high = min((at for _, below, at in steps if below), default=None)
            low = max((at for _, below, at in steps if not below), default=None)
            limits.append(Limit(path, of_file(swept, path, low), of_file(swept, path, high)))
            continue
        words = set(swept.points[path].unique())
        for word, below, _ in steps:
            words = words - {str(word)} if below else words & {str(word)}
        limits.append(Limit(path, words=tuple(sorted(words))))
    return tuple(limits)
