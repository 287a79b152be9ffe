"""The analysis of a scenario at its central values, before any event and without simulation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analysis.as_json import as_json
from sim.analysis.at_home import homes
from sim.analysis.closest import Closest, closest
from sim.analysis.conflict import conflict
from sim.analysis.counting import (
    Census,
    census,
    for_all_counts,
    party_win_sets,
    ratifiable,
    side_win_sets,
    without_each_party,
    without_each_red_line,
)
from sim.analysis.existence import existing_deal
from sim.analysis.explain import explain
from sim.analysis.findings import Findings, asked_of
from sim.analysis.frontier import frontier
from sim.analysis.game import Game, Packages, game
from sim.analysis.relax import Repairs, repairs
from sim.analysis.solutions import NAMES, solutions
from sim.analysis.survey import Effort
from sim.analysis.trades import least_moves, trades
from sim.analysis.weightings import weighed
from sim.analysis.worlds import in_worlds
from sim.analysis.zone import acceptable
from sim.arrays.kinds import Bools
from sim.scenario.model import Scenario
from sim.worlds.coding import central_coding


class Analysis(Findings):
    """What can be said about a scenario without playing it, and how it is told."""

    __slots__ = ()

    @property
    def text(self) -> list[str]:
        """The findings in sentences."""
        return [finding.text for finding in explain(self)]

    def as_json(self) -> dict[str, Any]:
        """All findings, as `detente analyze --json` prints them."""
        return as_json(self)


def analyze(scenario: Scenario, worlds: int = 0, seed: int = 0) -> Analysis:
    """Analyse a scenario at its central values, and where `worlds` is given in so many drawn worlds besides.

    Parameters
    ----------
    scenario
        What to analyse.
    worlds, seed
        How many worlds to draw, and the seed; they are those of a run with this seed, before any event.
    """
    coded = central_coding(scenario)
    played = game(scenario, coded)
    at_home = homes(scenario, played)
    pool = for_all_counts()
    # At most a quarter for the win-sets; then the zone; what is left goes to the zone as it might be.
    given = pool.left // 4
    part = Effort(given)
    parties = party_win_sets(played, part)
    sides = side_win_sets(played, parties, part)
    pool.left -= given - max(part.left, 0)
    counted = census(played, pool)
    feasible, deal = _existence(played, counted)
    asked = any(home.asks for home in at_home)
    ratified = ratifiable(played, at_home, pool) if asked else None
    without_party = without_each_party(played, counted, pool)
    without_red_line = without_each_red_line(played, counted, pool)
    total = 0 if counted is None else counted.total
    nearest = closest(played)
    solved = dict.fromkeys(NAMES) if not feasible else solutions(played, deal)
    empty = feasible is False
    return Analysis(
        scenario=scenario,
        game=played,
        place=coded.place[..., 0],
        feasible=feasible,
        census=counted,
        beyond_status_quo=None if counted is None else total - _status_quo_in(played),
        reason=_reason(played, counted, feasible, [*without_party, *without_red_line.values()]),
        party_win_sets=parties,
        side_win_sets=sides,
        without_party=without_party,
        without_red_line=without_red_line,
        solutions=solved,
        frontier=frontier(played.side_worth(), played.exists, played.joint) if len(played.sides) == 2 else None,
        closest=nearest,
        conflict=conflict(played) if empty else None,
        repairs=repairs(played, nearest.package) if empty else Repairs([], complete=True, fewest=True),
        moves=least_moves(played.apart(), coded.place[..., 0], _reachable(played, counted, nearest, deal)),
        trades=trades(played, at_home),
        ratifiable=ratified,
        weighed=weighed(played.side_worth(), played.exists) if len(played.sides) > 2 and played.joint is None else None,
        worlds=in_worlds(scenario, worlds, seed, asked_of(solved, nearest)) if worlds else None,
    )


def _existence(game: Game, counted: Census | None) -> tuple[bool | None, Packages | None]:
    """Whether there is a zone, and a package in it if one is known."""
    if counted is not None and not counted.total:
        return False, None
    return existing_deal(game)


def _status_quo_in(game: Game) -> int:
    package = game.status_quo_package
    return 0 if package is None else int(acceptable(game, package[None])[0])


def _reason(game: Game, counted: Census | None, feasible: bool | None, without: Sequence[int | None]) -> str:
    if counted is not None:
        if None not in without:
            return ""
        return "It would take too long to count how large the zone of agreement is without each party and red line."
    what = "whether any is acceptable" if feasible is None else "how many are acceptable"
    return f"There are too many packages ({game.packages:.3g}) to tell exactly {what}."


def _reachable(game: Game, counted: Census | None, nearest: Closest, deal: Packages | None) -> Bools:
    """Options that some deal holds; where there is none, or all cannot be told, those of the closest package."""
    if counted is not None and counted.total:
        return np.asarray(counted.by_option > 0)
    package = nearest.package if counted is not None or deal is None else deal
    return np.asarray(np.arange(game.exists.shape[1])[None] == package[:, None])
