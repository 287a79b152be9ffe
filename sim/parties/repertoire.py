"""The packages that a side may put in a meeting, from its own best to the most yielding, in a block of worlds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.sums import total
from sim.parties.ladder import ladder
from sim.parties.prospects import prospects
from sim.worlds.packages import PACKAGE, Packages
from sim.worlds.preferences import crosses_red_line, option_places


@dataclass(slots=True)
class Repertoire:
    """Candidate packages of a side.

    Attributes
    ----------
    options
        Shape (candidates, issues, worlds), or (candidates, issues, 1) where all worlds have the same.
    value
        Utility of each candidate to the members, shape (members, candidates, worlds).
    crossed
        Whether it crosses a member's red line, same shape (or 1 for worlds); None if no member has any.
    valid
        Which candidates a world has, shape (candidates, worlds).
    rank
        None where the last candidate that passes is offered (ladder); else the candidates' worth to the side, of which
        the least that passes is offered (exhaustive); shape (candidates, worlds).
    issue, option_to
        Of a ladder, the step that leads to candidate c + 1: the issue and the option that it is set to; shape
        (candidates - 1, worlds), and without rows elsewhere.
    forbidden
        Candidates that no deal may be, shape (candidates, worlds or 1); None where there are none.
    """

    options: Packages
    value: Floats
    crossed: Bools | None
    valid: Bools
    rank: Floats | None
    issue: Ints
    option_to: Ints
    forbidden: Bools | None = None
    _prospects: Floats = field(default_factory=lambda: np.empty((0, 0, 0)))
    _known: Bools = field(default_factory=lambda: np.empty(0, dtype=bool))

    def prospects(self, candidate: Ints, worlds: Ints) -> Floats:
        """How far a side step could take the members of a side on its ladder, see `sim.parties.prospects`.

        By candidate and world, both of shape (n,); shape (members, n). Worked out once a world, when first asked for.
        """
        if not len(self._known):
            self._prospects, self._known = np.empty(self.value.shape), np.zeros(self.valid.shape[1], dtype=bool)
        fresh = worlds[~self._known.take(worlds)]
        if len(fresh):
            everywhere = len(fresh) == len(self._known)
            pick = slice(None) if everywhere else fresh
            value, valid, issue = self.value[..., pick], self.valid[:, pick], self.issue[:, pick]
            self._prospects[..., pick] = prospects(value, valid, issue, self.options.shape[1])
            self._known[pick] = True
        place = candidate * len(self._known) + worlds
        return np.asarray(self._prospects.reshape(len(self.value), -1).take(place, axis=1, mode="clip"))

    def write(self, worlds: Ints, fresh: Repertoire) -> None:
        """Take over a fresh repertoire in these worlds; it may have fewer candidates."""
        count = len(fresh.valid)
        if len(self._known):
            self._known[worlds] = False
        self.valid[:, worlds] = False
        self.valid[:count, worlds] = fresh.valid
        self.value[:, :count, worlds] = fresh.value
        self._write_crossed(worlds, fresh.crossed)
        self._write_forbidden(worlds, fresh.forbidden)
        if fresh.rank is not None and self.rank is not None:
            self.rank[:, worlds] = fresh.rank
            return
        self.options[:count, :, worlds] = fresh.options
        self.issue[: count - 1, worlds] = fresh.issue
        self.option_to[: count - 1, worlds] = fresh.option_to

    def _write_crossed(self, worlds: Ints, fresh: Bools | None) -> None:
        """Take over which candidates cross red lines; events may have drawn the first one, or lifted the last."""
        everywhere = self.valid.shape[1]
        if self.crossed is None:
            if fresh is None:
                return
            self.crossed = np.zeros((*self.value.shape[:2], everywhere), dtype=bool)
        if self.crossed.shape[2] < everywhere:  # all worlds have the same, and keep it
            return
        self.crossed[:, :, worlds] = False
        if fresh is not None:
            self.crossed[:, : fresh.shape[1], worlds] = fresh

    def _write_forbidden(self, worlds: Ints, fresh: Bools | None) -> None:
        """Take over which candidates are forbidden: of all packages always the same, of rungs each world its own."""
        if self.forbidden is None and fresh is not None:
            self.forbidden = np.zeros(self.valid.shape, dtype=bool)
        if self.forbidden is None or self.forbidden.shape[1] < self.valid.shape[1]:
            return
        self.forbidden[:, worlds] = False
        if fresh is not None:
            self.forbidden[: len(fresh), worlds] = fresh

    def widened(self, candidates: int) -> Repertoire:
        """The same with room for so many candidates."""
        more = candidates - len(self.valid)
        if self.rank is not None or more <= 0:
            return self
        return Repertoire(
            np.pad(self.options, ((0, more), (0, 0), (0, 0))),
            np.pad(self.value, ((0, 0), (0, more), (0, 0))),
            None if self.crossed is None else np.pad(self.crossed, ((0, 0), (0, more), (0, 0))),
            np.pad(self.valid, ((0, more), (0, 0))),
            None,
            np.pad(self.issue, ((0, more), (0, 0))),
            np.pad(self.option_to, ((0, more), (0, 0))),
            None if self.forbidden is None else np.pad(self.forbidden, ((0, more), (0, 0))),
        )

    def package(self, candidate: Ints, worlds: Ints) -> Packages:
        """Packages by candidate and world, both of shape (n,); shape (issues, n)."""
        column = worlds if self.options.shape[2] > 1 else 0
        return np.ascontiguousarray(self.options[candidate, :, column].T)


def climb(worth: list[Floats], red: Bools, barred: Bools, own: Floats, others: Floats, allowed: Bools) -> Repertoire:
    """The repertoire of the ladder.

    Parameters
    ----------
    worth, red
        Of the members, each (issues, options, worlds), and (members, issues, options, worlds or 1).
    barred
        Options that the side can never carry, shape (issues, options, worlds).
    own, others, allowed
        As in `sim.parties.ladder.ladder`, (issues, options, worlds).
    """
    rungs = ladder(own, others, allowed & ~barred)
    worlds, count = own.shape[2], len(rungs.options)
    value = np.empty((len(worth), count, worlds))
    column = np.arange(worlds)
    start = option_places(own.shape, rungs.options[0])
    to = np.ravel_multi_index((rungs.issue, rungs.option_to, column), own.shape)
    came_from = np.ravel_multi_index((rungs.issue, rungs.option_from, column), own.shape)
    for m, member in enumerate(worth):
        flat = member.reshape(-1)
        value[m, 0] = total(flat.take(start))
        change = flat.take(to)
        change -= flat.take(came_from)
        for r in range(1, count):
            np.add(value[m, r - 1], change[r - 1], out=value[m, r])
    crossed = None
    if (np.logical_or.reduce(red, axis=0) & allowed & ~barred).any():  # else no rung crosses one
        crossed = np.stack([crosses_red_line(red, package) for package in rungs.options], axis=1)
    valid = np.arange(count)[:, None] < rungs.length
    return Repertoire(rungs.options, value, crossed, valid, None, rungs.issue, rungs.option_to)


def enumerate_all(worth: list[Floats], red: Bools, exists: Bools, own: Floats, allowed: Bools) -> Repertoire:
    """The repertoire of all packages, counting up with the last issue fastest (small package spaces).

    `exists` has shape (issues, options); the other arguments as `climb`.
    """
    issues, _, worlds = own.shape
    choices = [np.flatnonzero(row) for row in exists]
    grid = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1).reshape(-1, issues)
    crossed = np.zeros((len(worth), len(grid), red.shape[3]), dtype=bool)
    for j in range(issues):
        crossed |= red[:, j, grid[:, j]]
    value = np.empty((len(worth), len(grid), worlds))
    for m, member in enumerate(worth):
        value[m] = _over_packages(np.add, member, choices)
    return Repertoire(
        options=grid.astype(PACKAGE)[:, :, None],
        value=value,
        crossed=crossed if red.any() else None,
        valid=_over_packages(np.logical_and, allowed, choices),
        rank=_over_packages(np.add, own, choices),
        issue=np.zeros((0, worlds), dtype=np.intp),
        option_to=np.zeros((0, worlds), dtype=np.intp),
    )


def _over_packages(join: np.ufunc, options: NDArray[Any], choices: list[Ints]) -> NDArray[Any]:
    """What joins the options (issues, options, worlds) of every package, issue after issue; (packages, worlds)."""
    found: NDArray[Any] = options[0, choices[0]]
    for of_issue, choice in zip(options[1:], choices[1:], strict=True):
        found = join(found[:, None], of_issue[choice]).reshape(-1, found.shape[1])
    return found
