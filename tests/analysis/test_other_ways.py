"""Where packages are too many to look at, other ways are taken; on small scenarios they give the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from math import isclose
from unittest.mock import patch

import numpy as np
import pytest
from analysis.brute import Brute, CentralWorld
from analysis.kinds import small
from hypothesis import given
from rules.seats import side_of
from strategies import Plain, load_plain, patient

from sim.analysis import existence, optimum, survey
from sim.analysis.closest import closest
from sim.analysis.counting import census
from sim.analysis.existence import witness
from sim.analysis.game import Game, SideRule, all_packages, central_game, utilities
from sim.analysis.integer import find_deal, largest, largest_product
from sim.analysis.objective import smallest, total
from sim.analysis.solutions import NAMES, Bargaining, solutions
from sim.analysis.survey import acceptance
from sim.analysis.zone import acceptable


@contextmanager
def as_if_large() -> Iterator[None]:
    """Relaxations first, few tails, small chunks: the way through large spaces."""
    with ExitStack() as stack:
        for module, name, value in (
            (existence, "_SMALL", 0),
            (optimum, "_SMALL", 0),
            (survey, "_TAILS", 4),
            (survey, "_CHUNK", 3),
        ):
            stack.enter_context(patch.object(module, name, value))
        yield


def options(package: np.ndarray) -> tuple[int, ...]:
    return tuple(int(k) for k in package)


@given(small)
@patient(60)
def test_relaxations_and_branches_change_no_answer(plain: Plain) -> None:
    scenario = load_plain(plain)
    game, brute = central_game(scenario), Brute(CentralWorld(scenario))
    with as_if_large():
        found = witness(game)
        assert (found is None) == (not brute.zone)
        assert found is None or brute.deal(options(found))
        counted = census(game)
        assert counted is not None
        assert counted.total == len(brute.zone)
        for name, solution in solutions(game).items():
            assert (None if solution is None else options(solution.package)) == brute.solution(name), name
        assert options(closest(game).package) == brute.closest()


@given(small)
@patient(60)
def test_integer_programming_finds_packages_as_good(plain: Plain) -> None:
    scenario = load_plain(plain)
    game, brute = central_game(scenario), Brute(CentralWorld(scenario))
    package, settled = find_deal(game)
    assert settled
    assert (package is None) == (not brute.zone)
    if package is None:
        return
    assert brute.deal(options(package))
    bargaining = Bargaining(game)
    for objective in (smallest(bargaining.worth, bargaining.reservation), total(bargaining.worth)):
        best = max(float(objective.value(np.array([one]))[0]) for one in brute.zone)
        found = largest(game, acceptance(game), objective)
        assert isclose(found.value, best, abs_tol=1e-6)
        assert found.bound >= best - 1e-6
    fair, nash = bargaining.solution("egalitarian"), bargaining.solution("nash")
    assert fair is not None
    assert nash is not None
    if fair.value > 1e-3:
        product = largest_product(game, bargaining.worth, bargaining.reservation, fair.package)
        assert isclose(product.value, nash.value, abs_tol=1e-5)


def drawn_game(seed: int, parties: int, issues: int, options_each: int, lone: bool, reservation: float) -> Game:
    """Parties with ideal points: an alliance of like-minded ones against one, or each for itself."""
    random = np.random.default_rng(seed)
    salience = random.dirichlet(np.ones(issues), size=parties)
    ideal = random.random((parties, issues))
    if not lone:
        camp = random.integers(0, 2, issues)
        ideal[1:] = np.clip(camp + random.normal(0, 0.25, (parties - 1, issues)), 0, 1)
        ideal[0] = 1 - camp
    worth = salience[:, :, None] * (1 - np.abs(np.linspace(0, 1, options_each) - ideal[:, :, None]))
    sides = [(p,) for p in range(parties)] if lone else [(0,), tuple(range(1, parties))]
    return Game(
        worth=worth,
        exists=np.ones((issues, options_each), dtype=bool),
        red=random.random(worth.shape) < 0.002,
        reservation=np.full(parties, reservation),
        weight=np.ones(parties),
        status_quo=np.full(issues, -1),
        sides=tuple(SideRule.of(members, side_of("consensus", [1.0] * len(members))) for members in sides),
        needed=float(len(sides)),
    )


@pytest.mark.parametrize(("lone", "reservation"), [(True, 0.5), (False, 0.5), (False, 0.6), (True, 0.75)])
def test_hundreds_of_thousands_of_packages_for_twelve_parties(lone: bool, reservation: float) -> None:
    game = drawn_game(5, 12, 7, 6, lone, reservation)
    packages = all_packages(game.exists)
    zone = packages[acceptable(game, packages)]
    counted = census(game)
    assert counted is not None
    assert counted.total == len(zone)
    assert (witness(game) is None) == (not len(zone))
    found = solutions(game)
    worth, limit = game.side_worth(), game.side_reservation()
    surplus = utilities(worth, zone) - limit[:, None]
    if not len(zone):
        assert found == dict.fromkeys(NAMES)
        lacking = np.maximum(game.reservation[:, None] - utilities(game.worth, packages), 0.0).max(axis=0)
        free = ~np.any([game.red[:, j, packages[:, j]].any(axis=0) for j in range(7)], axis=0)
        assert isclose(closest(game).shortfalls.max(), lacking[free].min(), abs_tol=1e-9)
        return
    share = surplus / surplus.max(axis=1, keepdims=True)
    values = {
        "nash": np.log(np.maximum(surplus, 1e-300)).sum(axis=0),
        "kalai_smorodinsky": share.min(axis=0),
        "egalitarian": surplus.min(axis=0),
        "utilitarian": surplus.sum(axis=0),
    }
    for name in NAMES:
        solution = found[name]
        assert solution is not None
        assert solution.gap == 0.0
        assert options(solution.package) == options(zone[np.argmax(values[name])]), name
