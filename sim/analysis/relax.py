"""What would have to change for a deal to exist: the smallest sets of red lines and reservation values to give up."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import numpy as np

from sim.analysis.existence import witness
from sim.analysis.game import Game, Packages
from sim.analysis.objective import smallest
from sim.analysis.optimum import first, maximise
from sim.analysis.programme import deals
from sim.analysis.survey import Effort, Rows, TooLarge, acceptance
from sim.analysis.ties import as_good
from sim.analysis.zone import acceptable
from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE

_HEADS = 300_000
_SECONDS = 5.0
"""`Effort` and time for one question."""

RedLine = tuple[int, int, int]
"""Party, issue, option."""
Change = RedLine | int
"""A red line, or the party whose reservation value it is."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of changes without any of which there is no deal, and the deal that they make possible.

    Attributes
    ----------
    red_lines
        Red lines to be given up.
    reservations
        Parties whose reservation value has to fall, with the new value: what the package is worth to them.
    package
        Shape (issues,).
    """

    red_lines: tuple[RedLine, ...]
    reservations: tuple[tuple[int, float], ...]
    package: Packages

    @property
    def size(self) -> int:
        """How many changes there are."""
        return len(self.red_lines) + len(self.reservations)


@dataclass(frozen=True, slots=True)
class Repairs:
    """Sets of changes any of which opens the zone.

    Attributes
    ----------
    sets
        Fewest changes first.
    complete
        Whether these are all minimal sets.
    fewest
        Whether it is proven that no other set has fewer changes than these.
    """

    sets: list[Repair]
    complete: bool
    fewest: bool


def repairs(game: Game, near: Packages, most: int = 8, seconds: float = 20.0) -> Repairs:
    """Minimal sets of changes that open an empty zone of agreement, smallest first.

    A set of fewest changes is found by integer programming; then one of fewest that does not contain it, and so on.
    So every set is minimal: what it contains would have been found before. Of the packages that a set opens the one
    with the smallest largest fall of a reservation value is given, then the first in the file. Sets of one size come
    in the order of that largest fall. Where the time is up, the best set so far, or what a given package needs, is
    shrunk until nothing can be left out: still minimal, but there may be one with fewer changes.

    Parameters
    ----------
    game
        Its zone of agreement is empty.
    near
        A package that comes close to a deal, shape (issues,).
    most
        How many sets at most.
    seconds
        For all sets together.

    """
    model = deals(game, relaxing=True)
    changes: dict[int, Change] = {variable: red for red, variable in model.crosses.items()}
    changes |= {variable: party for party, variable in model.fails.items()}
    cost = dict.fromkeys(changes, 1.0)
    result: list[Repair] = []
    complete, fewest = False, True
    end = monotonic() + seconds
    while len(result) < most and (left := end - monotonic()) > 0.0:
        values, _, settled = model.programme.solve(cost, left)
        if values is None:
            complete = settled
            break
        fewest = settled
        chosen = _shrunk(game, [change for variable, change in changes.items() if values[variable] > 0.5])
        repair = _repair(game, *_sorted_out(chosen))
        if repair is None:
            break
        result.append(repair)
        if not chosen or not settled:
            break
        again = {variable: 1.0 for variable, change in changes.items() if change in chosen}
        model.programme.require(again, high=len(chosen) - 1.0)
    if not result and not complete:
        repair = _repair(game, *_sorted_out(_shrunk(game, _violated(game, near))))
        result, fewest = [] if repair is None else [repair], False
    return Repairs(sorted(result, key=lambda repair: _order(game, repair)), complete, fewest)


def _shrunk(game: Game, chosen: list[Change]) -> list[Change]:
    """Leave out what the set does not need: where the solver ran out of time, or its tolerance misled it."""
    for change in list(chosen):
        rest = [other for other in chosen if other != change]
        try:
            if witness(lifted(game, *_sorted_out(rest)), Effort(_HEADS)) is not None:
                chosen = rest
        except TooLarge:
            continue
    return chosen


def _violated(game: Game, package: Packages) -> list[Change]:
    """All limits that a package violates."""
    issues = np.arange(len(package))
    crossed = np.argwhere(game.red[:, issues, package]).tolist()
    lines: list[Change] = [(p, j, int(package[j])) for p, j in crossed]
    worth = game.utilities(package[None])[:, 0]
    return [*lines, *np.flatnonzero(worth < game.reservation - TOLERANCE).tolist()]


def _sorted_out(changes: list[Change]) -> tuple[list[RedLine], list[int]]:
    """Red lines and parties."""
    return [c for c in changes if isinstance(c, tuple)], [c for c in changes if isinstance(c, int)]


def _order(game: Game, repair: Repair) -> tuple[int, float, tuple[RedLine, ...], tuple[int, ...]]:
    falls = [game.reservation[p] - value for p, value in repair.reservations]
    return repair.size, round(max(falls, default=0.0), 9), repair.red_lines, tuple(p for p, _ in repair.reservations)


def lifted(game: Game, red_lines: list[RedLine], parties: list[int]) -> Game:
    """The game without these red lines, and with these parties' reservation values at their worst package."""
    red, reservation = game.red.copy(), game.reservation.copy()
    for p, j, k in red_lines:
        red[p, j, k] = False
    worst = np.min(game.worth, axis=2, where=game.exists, initial=np.inf).sum(axis=1)
    reservation[parties] = np.minimum(worst, reservation)[parties]
    return game.changed(red=red, reservation=reservation)


def _repair(game: Game, red_lines: list[RedLine], parties: list[int]) -> Repair | None:
    opened = lifted(game, red_lines, parties)
    rows = acceptance(opened)
    package = _least_fall(game, opened, rows, parties)
    if package is None or not acceptable(opened, package[None])[0]:
        return None
    worth: Floats = game.utilities(package[None])[:, 0]
    return Repair(tuple(red_lines), tuple((p, float(worth[p])) for p in parties), package)


def _least_fall(game: Game, opened: Game, rows: Rows, parties: list[int]) -> Packages | None:
    try:
        package = witness(opened, Effort(_HEADS))
        if package is None:
            return None
    except TooLarge:
        return None
    try:
        if parties:
            objective = smallest(game.worth[parties], game.reservation[parties], joint=game.joint)
            found = maximise(opened, rows, objective, package, effort=Effort(_HEADS), seconds=_SECONDS)
            assert found is not None
            package = found.package
            if found.gap > TOLERANCE:
                return package
            rows = as_good(rows, objective, found)
        earliest = first(opened, rows)
    except TooLarge:
        return package
    return package if earliest is None else earliest
