"""Constraints and bonuses in a block of worlds: what is forbidden, what goes together, and the best package then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.arrays.tolerance import TOLERANCE
from sim.scenario.diagram import Layer, diagram_of
from sim.scenario.limits import MOST_JOINT_CASES
from sim.scenario.model import Box, Scenario
from sim.scenario.recent import recent
from sim.worlds.packages import PACKAGE, Packages

_NUMBERS = 1_000_000
"""Worths that are looked at together, at most (8 MB)."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins the issues of a scenario; the same in all worlds but for what bonuses are worth.

    Attributes
    ----------
    forbidden, bonuses
        Groups of packages, each by the issues that it names and their options: pairs of an issue and (options,).
    layers
        See `sim.scenario.diagram`.
    free, free_sizes
        Issues that none of them names, and how many options these have.
    """

    forbidden: tuple[tuple[tuple[int, Bools], ...], ...]
    bonuses: tuple[tuple[tuple[int, Bools], ...], ...]
    layers: tuple[_Layer, ...]
    free: tuple[int, ...]
    free_sizes: tuple[int, ...]

    def breaks(self, package: NDArray[np.integer]) -> Bools:
        """Whether packages, shape (issues, ...), are forbidden; shape (...)."""
        result = np.zeros(package.shape[1:], dtype=bool)
        for box in self.forbidden:
            result |= _inside(box, package)
        return result

    def holds(self, package: NDArray[np.integer]) -> Bools:
        """Which bonuses packages, shape (issues, ...), bring; shape (bonuses, ...)."""
        return np.array([_inside(box, package) for box in self.bonuses], dtype=bool).reshape(-1, *package.shape[1:])

    def count(self, allowed: Bools | None = None) -> int:
        """How many packages are not forbidden; of options `allowed`, shape (issues, options), where that is given."""
        following: list[int] = [1]
        for layer in reversed(self.layers):
            sizes = [int(len(k) if allowed is None else allowed[layer.issue, k].sum()) for k in layer.options]
            following = [
                sum(size * following[to] for size, to in zip(sizes, row, strict=True) if to >= 0)
                for row in layer.after.tolist()
            ]
        result = following[0]
        for j, size in zip(self.free, self.free_sizes, strict=True):
            result *= size if allowed is None else int(allowed[j].sum())
        return int(result)

    def bonus(self, amounts: Floats, package: NDArray[np.integer]) -> Floats:
        """What packages are worth beyond the sum over their options.

        Parameters
        ----------
        amounts
            What each bonus is worth to parties, shape (parties, bonuses, n) or (parties, bonuses, 1).
        package
            Shape (issues, ..., n), or (issues, ..., 1) where all worlds have the same.

        Returns
        -------
        Shape (parties, ..., n).
        """
        result = np.zeros((len(amounts), *np.broadcast_shapes(package.shape[1:], amounts.shape[2:])))
        for b, box in enumerate(self.bonuses):
            if amounts[:, b].any():
                inside = _inside(box, package)
                if inside.any():
                    for p in np.flatnonzero(amounts[:, b].any(axis=1)):
                        result[p] += np.where(inside, amounts[p, b], 0.0)
        return result

    def most(self, worth: Floats, amounts: Floats) -> Floats:
        """The most that a package is worth which is not forbidden, -inf where all are; shape (n,).

        Parameters
        ----------
        worth
            Of options, -inf where one can't be chosen; shape (issues, options, n).
        amounts
            What each bonus is worth, shape (bonuses, n).
        """
        result = total([worth[j].max(axis=0) for j in self.free]) if self.free else np.zeros(worth.shape[2])
        for first in range(0, len(result), self._stretch):
            some = slice(first, first + self._stretch)
            result[some] += self._after(worth[..., some], amounts[:, some])[0][0]
        return result

    def best(self, worth: Floats, amounts: Floats) -> tuple[Packages, Bools]:
        """The package worth most that is not forbidden, ties: the first in the file, and whether there is one.

        Arguments as `most`; shapes (issues, n) and (n,).
        """
        package = np.zeros((len(worth), worth.shape[2]), dtype=PACKAGE)
        there = np.zeros(worth.shape[2], dtype=bool)
        for first in range(0, len(there), self._stretch):
            some = slice(first, first + self._stretch)
            package[:, some], there[some] = self._best(worth[..., some], amounts[:, some])
        return package, there

    @property
    def _stretch(self) -> int:
        """So many worlds at once."""
        cases = max(sum(len(layer.after) for layer in self.layers), 1)
        return max(_NUMBERS // cases, 1)

    def _best(self, worth: Floats, amounts: Floats) -> tuple[Packages, Bools]:
        count = worth.shape[2]
        column = np.arange(count)
        package = np.zeros((len(worth), count), dtype=PACKAGE)
        there = np.ones(count, dtype=bool)
        for j in self.free:
            top = worth[j].max(axis=0)
            package[j] = (worth[j] >= top - TOLERANCE).argmax(axis=0)
            there &= top > -np.inf
        after = self._after(worth, amounts)
        goal = after[0][0].copy()
        there &= goal > -np.inf
        goal[~there] = 0.0
        case = np.zeros(count, dtype=np.intp)
        for layer, following in zip(self.layers, after[1:], strict=True):
            left = np.ones(count, dtype=bool)
            chosen, gained, to = np.zeros(count, dtype=np.intp), np.zeros(count), np.zeros(count, dtype=np.intp)
            for option, kind in enumerate(layer.kind):
                next_case = layer.after[case, kind]
                own = worth[layer.issue, option].copy()
                for b, won in layer.won:
                    own += np.where(won[case, kind], amounts[b], 0.0)
                reached = np.where(next_case >= 0, own + following[np.maximum(next_case, 0), column], -np.inf)
                takes = left & (reached >= goal - TOLERANCE)
                chosen[takes], gained[takes], to[takes] = option, own[takes], next_case[takes]
                left &= ~takes
            package[layer.issue] = chosen
            case, goal = np.maximum(to, 0), goal - gained
        return package, there

    def _after(self, worth: Floats, amounts: Floats) -> list[Floats]:
        """The most that the layers from each on can bring in each case, (cases, n) each, the last of one case: 0."""
        found = [np.zeros((1, worth.shape[2]))]
        for layer in reversed(self.layers):
            following, most = found[-1], np.full((len(layer.after), worth.shape[2]), -np.inf)
            for kind, options in enumerate(layer.options):
                to = layer.after[:, kind]
                reached = following[np.maximum(to, 0)] + worth[layer.issue, options].max(axis=0)
                reached[to < 0] = -np.inf
                for b, won in layer.won:
                    reached[won[:, kind]] += amounts[b]
                np.maximum(most, reached, out=most)
            found.append(most)
        return found[::-1]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A layer of the diagram as arrays: `kind` by option (options,), `options` by kind, `after` (cases, kinds)."""

    issue: int
    kind: Ints
    options: tuple[Ints, ...]
    after: Ints
    won: tuple[tuple[int, Bools], ...]


def _as_arrays(layer: Layer) -> _Layer:
    kind = np.zeros(sum(map(len, layer.kinds)), dtype=np.intp)
    for k, own in enumerate(layer.kinds):
        kind[list(own)] = k
    after = np.array(layer.after, dtype=np.intp)
    won: dict[int, Bools] = {}
    for case, k, bonus in layer.won:
        won.setdefault(bonus, np.zeros(after.shape, dtype=bool))[case, k] = True
    options = tuple(np.array(own, dtype=np.intp) for own in layer.kinds)
    return _Layer(layer.issue, kind, options, after, tuple(sorted(won.items(), key=lambda pair: pair[0])))


@recent
def joint_of(scenario: Scenario) -> Joint | None:
    """What joins the issues of a scenario; None where nothing does."""
    if not scenario.linked:
        return None
    sizes = [len(issue.options) for issue in scenario.issues]
    made = diagram_of(scenario, MOST_JOINT_CASES)
    assert made is not None  # told when the file was read
    layers = tuple(_as_arrays(layer) for layer in made.layers)
    named = {layer.issue for layer in layers}
    return Joint(
        tuple(_marked(box, sizes) for constraint in scenario.constraints for box in constraint.forbidden),
        tuple(_marked(bonus.when, sizes) for bonus in scenario.bonuses),
        layers,
        tuple(j for j in range(len(sizes)) if j not in named),
        tuple(size for j, size in enumerate(sizes) if j not in named),
    )


def _marked(box: Box, sizes: list[int]) -> tuple[tuple[int, Bools], ...]:
    found = []
    for issue, options in box.sets:
        marked = np.zeros(sizes[issue], dtype=bool)
        marked[list(options)] = True
        found.append((issue, marked))
    return tuple(found)


def _inside(box: tuple[tuple[int, Bools], ...], package: NDArray[np.integer]) -> Bools:
    """Which packages (issues, ...) are in a group; an issue on which nothing holds (-1) is in none."""
    result = np.ones(package.shape[1:], dtype=bool)
    for issue, marked in box:
        chosen = package[issue]
        result &= marked[np.maximum(chosen, 0)] & (chosen >= 0)
    return result
