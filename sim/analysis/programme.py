"""The game as a mixed-integer programme, for HiGHS (Huangfu & Hall, 2018) by way of `scipy.optimize.milp`.

Variables: one for each option (1 where the package has it), one for each party (1 where it accepts the package), one
for each side (1 where it assents), and what a question adds.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from threading import Thread
from typing import Any

import numpy as np

from sim.analysis.clauses import clauses
from sim.analysis.game import Game, Packages, SideRule
from sim.arrays.kinds import Bools, Floats
from sim.arrays.tolerance import TOLERANCE
from sim.worlds.joint import Joint

SOLVER_THREAD = "solver"
"""Name of the thread in which HiGHS works."""
_PATIENCE = 0.5
"""Seconds."""

Terms = Mapping[int, float]
"""A linear expression: factor by variable."""


@dataclass(slots=True)
class Programme:
    """Variables in [low, high] and rows low <= terms <= high."""

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def variable(self, low: float = 0.0, high: float = 1.0, whole: bool = True) -> int:
        """Add a variable; its number."""
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(whole)
        return len(self.lows) - 1

    def require(self, terms: Terms, low: float = -np.inf, high: float = np.inf) -> None:
        """Add a row."""
        self.rows.append((terms, low, high))

    def solve(self, cost: Terms, seconds: float) -> tuple[Floats | None, float, bool]:
        """Minimise; the variables (None if nothing was found), a lower bound of the cost, and whether it is settled."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        number: list[int] = []
        factor: list[float] = []
        start = [0]
        for terms, _, _ in self.rows:
            number.extend(terms.keys())
            factor.extend(terms.values())
            start.append(len(number))
        matrix = csr_array((factor, number, start), shape=(len(self.rows), len(self.lows)))
        costs = np.zeros(len(self.lows))
        for variable, value in cost.items():
            costs[variable] = value
        rows = LinearConstraint(matrix, [low for _, low, _ in self.rows], [high for _, _, high in self.rows])

        def solve() -> Any:
            return milp(
                costs,
                integrality=np.array(self.whole, dtype=int),
                bounds=Bounds(np.array(self.lows), np.array(self.highs)),
                constraints=rows,
                options={"time_limit": seconds, "mip_rel_gap": 0.0},
            )

        with _quiet():
            found = _interruptible(solve)
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return found.x, bound, found.status in (0, 2)


def _interruptible(job: Callable[[], Any]) -> Any:
    """The result of a job that listens to no Ctrl-C itself; whoever waits for its thread does."""
    result: Future[Any] = Future()

    def work() -> None:
        try:
            result.set_result(job())
        except Exception as error:
            result.set_exception(error)

    Thread(target=work, name=SOLVER_THREAD, daemon=True).start()
    while not wait([result], _PATIENCE).done:
        pass  # a Ctrl-C that another thread was told of is heard between two waits
    return result.result()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep off standard output what HiGHS now and then prints there whatever its options say."""
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output
        yield
        return
    flush = getattr(ctypes.CDLL(None), "fflush", None) if os.name == "posix" else None
    sys.stdout.flush()
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        if flush is not None:
            flush(None)
        os.dup2(kept, 1)
        os.close(kept)


@dataclass(slots=True)
class Model:
    """A programme whose solutions are deals.

    Attributes
    ----------
    option
        Variable of each option by (issue, option).
    fails
        By party, a variable that lifts its reservation value where it is 1; empty unless asked for.
    crosses
        By (party, issue, option), a variable that is 1 where a package with the option needs the red line lifted.
    """

    programme: Programme
    option: dict[tuple[int, int], int]
    fails: dict[int, int] = field(default_factory=dict)
    crosses: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def package(self, values: Floats, issues: int) -> Packages:
        """The package that the variables say, shape (issues,)."""
        result = np.zeros(issues, dtype=np.intp)
        for (j, k), variable in self.option.items():
            if values[variable] > 0.5 and j < issues:
                result[j] = k
        return result

    def worth(self, worth: Floats) -> dict[int, float]:
        """The sum of worths of shape (issues, options) over the package, as an expression."""
        return {variable: float(worth[j, k]) for (j, k), variable in self.option.items()}


def packages(exists: Bools, joint: Joint | None = None) -> Model:
    """All packages that are not forbidden: an option that there is (issues and bonuses, options) on each."""
    programme = Programme()
    model = Model(programme, {(int(j), int(k)): programme.variable() for j, k in np.argwhere(exists)})
    for j in range(len(exists)):
        programme.require({model.option[j, int(k)]: 1.0 for k in np.flatnonzero(exists[j])}, 1.0, 1.0)
    if joint is not None:
        for factors, most in clauses(joint, len(exists) - len(joint.bonuses)):
            terms = {model.option[pair]: factor for pair, factor in factors.items() if pair in model.option}
            programme.require(terms, high=most)
    return model


def deals(game: Game, relaxing: bool = False) -> Model:
    """The deals of a game; with `relaxing`, of all games that lifting red lines and reservation values makes of it."""
    model = packages(game.exists, game.joint)
    programme = model.programme
    accepts = [_party(game, model, p, relaxing) for p in range(game.parties)]
    assents = []
    for side in game.sides:
        assent = programme.variable()
        assents.append(assent)
        _passes(programme, assent, side, [accepts[p] for p in side.members])
    if game.council is not None:
        _passes(programme, programme.variable(low=1.0), game.council, assents)
        return model
    programme.require(dict.fromkeys(assents, 1.0), low=float(ceil(game.needed)))
    for side_number in game.side_veto:
        programme.require({assents[side_number]: 1.0}, low=1.0)
    return model


def _passes(programme: Programme, assent: int, rule: SideRule, votes: Sequence[int]) -> None:
    """Where `assent` is 1, these votes carry one of the rule's ways."""
    chosen = [assent] if len(rule.ways) == 1 else [programme.variable() for _ in rule.ways]
    for way, variable in zip(rule.ways, chosen, strict=True):
        for counts, needed in way:
            _needs(programme, variable, votes, counts, needed)
    if len(chosen) > 1:
        programme.require({assent: -1.0, **dict.fromkeys(chosen, 1.0)}, low=0.0)


def _needs(programme: Programme, assent: int, votes: Sequence[int], weights: Sequence[float], needed: float) -> None:
    terms = dict(zip(votes, weights, strict=True))
    terms[assent] = -needed
    programme.require(terms, low=0.0)


def _party(game: Game, model: Model, p: int, relaxing: bool) -> int:
    """Variable of a party's acceptance and what it takes."""
    programme = model.programme
    accept = programme.variable()
    own = model.worth(game.worth[p])
    least = float(np.min(game.worth[p], axis=1, where=game.exists, initial=np.inf).sum())
    short = float(game.reservation[p]) - TOLERANCE - least
    if short > 0.0:
        # Worth at least the reservation value where the party accepts, unless that is lifted.
        terms = {**own, accept: -short}
        if relaxing:
            model.fails[p] = programme.variable()
            terms[model.fails[p]] = short
        programme.require(terms, low=least)
    for j, k in np.argwhere(game.red[p]).tolist():
        crossing = {model.option[j, k]: 1.0, accept: 1.0}
        if relaxing:
            model.crosses[p, j, k] = programme.variable()
            crossing[model.crosses[p, j, k]] = -1.0
        programme.require(crossing, high=1.0)
    return accept
