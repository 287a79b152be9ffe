"""Side steps: from the rung on which a side stands it takes what later steps of its ladder still pass its decision.

The ladder orders steps by what they give the others per what they cost the side. A step that the side can't take stops
it on its rung, but not on other issues: each later step is taken if the package still passes now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays.kinds import Bools, Floats, Ints
from sim.arrays.tolerance import TOLERANCE
from sim.parties.ballot import Ballot
from sim.talks.seats.delegation import Delegation
from sim.worlds.packages import Packages
from sim.worlds.preferences import red_lines_in

_FEW = 0.5
"""Up to this share of the worlds, it is quicker to ask the members in those alone."""


def take_side_steps(
    delegation: Delegation, rung: Ints, package: Packages, aspiration: Floats, where: Bools
) -> Packages:
    """The package with the later steps that still pass.

    Parameters
    ----------
    delegation
        Of a side that offers by its ladder.
    rung, package
        Where it stands, the last rung that passes, shape (cohort,), and the package of that rung, (issues, cohort).
    aspiration
        What the members demand now, shape (members, cohort).
    where
        Where its rung passes its decision now and it acts, shape (cohort,); elsewhere the package stays.

    Returns
    -------
    Shape (issues, cohort): `package` itself where no step is taken.
    """
    # The step after the last rung that passes does not, so the first to be looked at is the one after that.
    at = np.flatnonzero(where & (rung + 1 < delegation.last_rung))
    if len(at):
        at = at[delegation.may_step(rung, aspiration, at)]
    if not len(at):
        return package
    # Those with most steps left come first, so that those which still have some always stand side by side.
    at = at[np.argsort(rung[at] - delegation.last_rung[at], kind="stable")]
    stepping = _begin(delegation, rung, package, at)
    if not stepping.go(aspiration[:, at]):
        return package
    result = package.copy()
    result[:, at] = stepping.package
    return result


@dataclass(slots=True)
class _Stepping:
    """The packages of n worlds, those with most steps left first.

    Attributes
    ----------
    at
        Places of the worlds in the cohort, shape (n,).
    rung
        Where they stood, shape (n,).
    package, value
        Shape (issues, n), and its utility to the members, shape (members, n).
    left_out
        What steps that were not taken would have changed for them, by issue; shape (members, issues * n).
    red, crossed
        Red lines of the members, shape (members, issues, options, n or 1), and how many of them the package crosses,
        shape (members, n); None where no rung crosses any.
    """

    delegation: Delegation
    at: Ints
    rung: Ints
    package: Packages
    value: Floats
    left_out: Floats
    red: Bools | None
    crossed: Ints | None

    def go(self, aspiration: Floats) -> bool:
        """Take every step that passes, one after another; whether there was any. `aspiration`: (members, n)."""
        delegation, count = self.delegation, len(self.at)
        at, worlds = self.at, delegation.cohort[self.at]
        ballot = delegation.ballot.of(at)
        least, demand = delegation.reservation[:, at] - TOLERANCE, aspiration - TOLERANCE
        steps = delegation.last_rung[at] - self.rung
        issues, options = delegation.repertoire.issue, delegation.repertoire.option_to
        column = np.arange(count)
        here, moved = self.value, False
        for t, n in enumerate(_with_another(steps)):
            step = self.rung[:n] + t
            issue = issues[step, worlds[:n]]
            place = issue * count + column[:n]
            there = self._on_rung(step + 1)
            change = self.left_out.take(place, axis=1, mode="clip")
            change += there
            change -= here[:, :n]
            here = there
            if t > 0:
                option = options[step, worlds[:n]]
                value = self.value[:, :n] + change
                objects = value < least[:, :n]
                crossed = self._crossed_after(issue, option)
                if crossed is not None:
                    objects |= crossed > 0
                if len(ballot.seats.pace) > n:
                    ballot = ballot.of(slice(n))
                goes = _passing(ballot, objects, value, demand[:, :n])
                if len(goes):
                    moved = True
                    change[:, goes] = 0.0
                    self.value[:, goes] = value[:, goes]
                    self.package[issue[goes], goes] = option[goes]
                    if self.crossed is not None and crossed is not None:
                        self.crossed[:, goes] = crossed[:, goes]
            self.left_out[:, place] = change
        return moved

    def _on_rung(self, rung: Ints) -> Floats:
        """What the rungs (n,) of the first worlds are worth to the members, shape (members, n)."""
        value, worlds = self.delegation.value, self.at[: len(rung)]
        if not value.flags.c_contiguous:
            return np.asarray(value[:, rung, worlds])
        place = rung * value.shape[2] + worlds
        return np.asarray(value.reshape(len(value), -1).take(place, axis=1, mode="clip"))

    def _crossed_after(self, issue: Ints, option: Ints) -> Ints | None:
        """How many red lines of each member the packages would cross after a step, (members, n)."""
        if self.red is None or self.crossed is None:
            return None
        first = np.arange(len(issue))
        column = first if self.red.shape[3] > 1 else 0
        after = self.crossed[:, first] + self.red[:, issue, option, column]
        return np.asarray(after - self.red[:, issue, self.package[issue, first], column].astype(np.intp))


def _with_another(steps: Ints) -> list[int]:
    """How many of the worlds, those with most `steps` (n,) first, have a first step, a second, and so on."""
    return [int(n) for n in np.searchsorted(-steps, -np.arange(steps[0]))]


def _passing(ballot: Ballot, objects: Bools, value: Floats, demand: Floats) -> Ints:
    """The worlds, of n, in which a package passes; all of shape (members, n). Nobody is asked where it is stopped."""
    open_ = np.flatnonzero(~ballot.stopped(objects))
    if 0 < len(open_) < _FEW * len(objects[0]):
        favours = value[:, open_] >= demand[:, open_]
        favours &= ~objects[:, open_]
        return open_[ballot.of(open_).content(favours)]
    favours = value >= demand
    favours &= ~objects
    content = ballot.content(favours)
    return open_[content[open_]]


def _begin(delegation: Delegation, rung: Ints, package: Packages, at: Ints) -> _Stepping:
    """Stand on the rungs in some of the worlds; arguments as `take_side_steps`."""
    here, start = package[:, at], rung[at]
    crosses = delegation.crossed is not None and delegation.crossed.any()
    red = red_lines_in(delegation.red, at) if crosses else None
    return _Stepping(
        delegation=delegation,
        at=at,
        rung=start,
        package=here,
        value=delegation.value[:, start, at],
        left_out=np.zeros((len(delegation.parties), len(here) * len(at))),
        red=red,
        crossed=None if red is None else _crossed(red, here),
    )


def _crossed(red: Bools, package: Packages) -> Ints:
    """How many red lines of each member a package (issues, n) crosses; shape (members, n)."""
    found = np.zeros((len(red), package.shape[1]), dtype=np.intp)
    column = np.arange(package.shape[1]) if red.shape[3] > 1 else 0
    for j, option in enumerate(package):
        if red[:, j].any():
            found += red[:, j, option, column]
    return found
