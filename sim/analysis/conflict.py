"""Who and what stands in the way where no deal exists: an irreducible conflict, and the issues it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.existence import party_ranges, witness
from sim.analysis.game import Game
from sim.analysis.relax import RedLine, lifted
from sim.analysis.relaxation import relaxed
from sim.analysis.survey import HEADS, Effort, Rows, TooLarge, shares
from sim.arrays.kinds import Floats
from sim.arrays.tolerance import TOLERANCE


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limits that no package meets together, of which none could be left out.

    Attributes
    ----------
    parties
        Whose reservation values are part of it.
    red_lines
        Red lines that are part of it.
    by_issue
        Share of each issue in it, shape (issues,).
    alike
        For a party of it, the other parties who could stand in its place: with all their limits the rest would
        contradict itself just as well.
    irreducible
        Whether it is proven of each of the limits that it could not be left out.
    """

    parties: tuple[int, ...]
    red_lines: tuple[RedLine, ...]
    by_issue: Floats
    alike: dict[int, tuple[int, ...]]
    irreducible: bool

    @property
    def everyone(self) -> tuple[int, ...]:
        """All parties with a limit in it."""
        return tuple(sorted({*self.parties, *(p for p, _, _ in self.red_lines)}))


def conflict(game: Game, alike: bool = True) -> Conflict:
    """Leave out one limit after another as long as the rest still contradicts itself (Chinneck & Dravnieks, 1991).

    Whole parties are tried first, those last on whom the linear relaxation puts most weight; then the red lines, and
    then the reservation values, of those that are left. What cannot be told in the effort there is stays. The zone of
    agreement must be empty. Who could stand in whose place is asked only with `alike`.

    An issue's share: with weights on the parties, the best package is worth less in their weighted sum than each
    party's own best would be; what of the difference arises on the issue.
    """
    whole = game
    asked = shares(Effort(HEADS), 3 * game.parties + int(game.red.sum()))
    irreducible = True

    def contradicts(rest: Game) -> bool:
        nonlocal irreducible
        try:
            return witness(rest, next(asked)) is None
        except TooLarge:
            irreducible = False
            return False

    parties = list(range(game.parties))
    weights = _weights(game)
    idle = [p for p in parties if weights[p] <= TOLERANCE] if game.parties > 2 else []
    if len(idle) > 1 and contradicts(
        _only(game, [p for p in parties if p not in idle])
    ):  # then so without each of them
        parties = [p for p in parties if p not in idle]
        game = _only(game, parties)
    for p in sorted(parties, key=lambda p: weights[p]) if game.parties > 2 else ():
        without = lifted(game, _red_lines(game, p), [p])
        if contradicts(without):
            game = without
            parties.remove(p)
    for p in parties:
        lines = _red_lines(game, p)
        if len(lines) and contradicts(lifted(game, lines, [])):
            game = lifted(game, lines, [])
    red_lines = [line for p in parties for line in _red_lines(game, p)]
    worth = _weights(game) / party_ranges(game) if red_lines else weights
    for line in sorted(red_lines, key=lambda line: _temptation(game, worth, line)):
        without = lifted(game, [line], [])
        if contradicts(without):
            game = without
            red_lines.remove(line)
    for p in list(parties):
        without = lifted(game, [], [p])
        if contradicts(without):
            game = without
            parties.remove(p)
    found = Conflict(tuple(parties), tuple(red_lines), _by_issue(game), {}, irreducible)
    return replace(found, alike=_alike(whole, found.everyone)) if alike else found


def _alike(game: Game, members: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
    """Who could stand in whose place, as far as that can be told."""
    if len(members) == 1:
        return {}
    others = [p for p in range(game.parties) if p not in members]
    asked = shares(Effort(HEADS), len(members) * len(others))

    def contradicts(rest: Game) -> bool:
        try:
            return witness(rest, next(asked)) is None
        except TooLarge:
            return False

    return {
        member: tuple(p for p in others if contradicts(_only(game, [*(q for q in members if q != member), p])))
        for member in members
    }


def _only(game: Game, parties: list[int]) -> Game:
    """The game in which all other parties object to nothing."""
    rest = [p for p in range(game.parties) if p not in parties]
    return lifted(game, [line for p in rest for line in _red_lines(game, p)], rest)


def _temptation(game: Game, weights: Floats, line: RedLine) -> float:
    """How much the others would gain, by their weight in the conflict, from what a red line rules out."""
    p, j, k = line
    others = np.where(np.arange(game.parties) == p, 0.0, weights)
    worth = others @ game.worth[:, j]
    return float(worth[k] - np.max(worth, where=_rows(game).allowed[j], initial=-np.inf))


def _red_lines(game: Game, p: int) -> list[RedLine]:
    return [(p, int(j), int(k)) for j, k in np.argwhere(game.red[p])]


def _rows(game: Game) -> Rows:
    """Every party's reservation value over the options that nobody rules out, where there are any."""
    free = game.exists & ~game.red.any(axis=0)
    allowed = np.where(free.any(axis=1, keepdims=True), free, game.exists)
    worst = np.min(game.worth, axis=2, where=game.exists, initial=np.inf).sum(axis=1)
    return Rows(game.worth, game.reservation - TOLERANCE, game.reservation > worst + TOLERANCE, allowed, game.joint)


def _weights(game: Game) -> Floats:
    """What the linear relaxation puts on each party's reservation value, per its range; shape (parties,)."""
    found = relaxed(_rows(game), party_ranges(game))
    return np.zeros(game.parties) if found is None else found.multipliers * party_ranges(game)


def _by_issue(game: Game) -> Floats:
    rows = _rows(game)
    found = relaxed(rows, party_ranges(game))
    weights = np.zeros(game.parties) if found is None else found.multipliers
    weights = np.where(rows.must, weights, 0.0)
    own_best = np.max(game.worth, axis=2, where=game.exists, initial=-np.inf)
    together = np.einsum("p,pjk->jk", weights, game.worth)
    lost = weights @ own_best - np.max(together, axis=1, where=rows.allowed, initial=-np.inf)
    lost = np.maximum(lost, 0.0)
    lost = lost[: game.issues]
    return lost / lost.sum() if lost.sum() > TOLERANCE else np.zeros(len(lost))
