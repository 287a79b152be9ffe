"""The analysis of random small scenarios of every kind gives what looking at every package gives."""

from __future__ import annotations

from math import isclose, log, prod

import numpy as np
from analysis.brute import Brute, CentralWorld
from analysis.kinds import NO_TALKS, no_deal, small
from hypothesis import assume, given
from plain import TOLERANCE, PlainWorld
from strategies import WHOLE_FORMAT, Plain, load_plain, patient, scenarios

from sim.analysis import zone_exists
from sim.analysis.closest import closest
from sim.analysis.conflict import conflict
from sim.analysis.counting import census, party_win_sets, side_win_sets, without_each_party, without_each_red_line
from sim.analysis.existence import witness
from sim.analysis.frontier import frontier
from sim.analysis.game import Game, central_game
from sim.analysis.relax import repairs
from sim.analysis.solutions import NAMES, solutions


def both(plain: Plain) -> tuple[Game, Brute]:
    scenario = load_plain(plain)
    return central_game(scenario), Brute(CentralWorld(scenario))


def options(package: np.ndarray) -> tuple[int, ...]:
    return tuple(int(k) for k in package)


@given(small)
@patient(100)
def test_the_zone_and_the_win_sets_are_counted(plain: Plain) -> None:
    game, brute = both(plain)
    total = len(brute.zone)
    assert game.packages == len(brute.packages)
    found = witness(game)
    assert (found is None) == (not total)
    if found is not None:
        assert brute.deal(options(found))
    counted = census(game)
    assert counted is not None
    assert counted.total == total
    for j, issue in enumerate(brute.scenario.issues):
        for k in range(len(issue.options)):
            assert counted.by_option[j, k] == sum(package[j] == k for package in brute.zone)
    parties = party_win_sets(game)
    assert parties == [sum(p in brute.accepting(package) for package in brute.packages) for p in brute.parties]
    assert without_each_party(game, counted) == [brute.size_without(*brute.limits_of(p)) for p in brute.parties]
    assert side_win_sets(game, parties) == [
        sum(brute.world.acceptable(s, package) for package in brute.packages) for s in brute.sides
    ]
    lines = {(p, j, k) for p in brute.parties for j, k in brute.world.red_lines(p)}
    assert without_each_red_line(game, counted) == {line: brute.size_without(line) for line in lines}


@given(small)
@patient(100)
def test_solutions_and_their_ties(plain: Plain) -> None:
    game, brute = both(plain)
    found = solutions(game)
    for name in NAMES:
        own, expected = found[name], brute.solution(name)
        assert (None if own is None else options(own.package)) == expected, name
        assert own is None or own.gap == 0.0
    fair, nash = found["egalitarian"], found["nash"]
    if fair is not None and nash is not None and fair.value > TOLERANCE:
        surplus = [brute.surplus(s, options(nash.package)) for s in brute.concerned()]
        assert isclose(nash.value, log(prod(surplus)), abs_tol=1e-8)


@given(small)
@patient(100)
def test_the_frontier_of_two_sides(plain: Plain) -> None:
    game, brute = both(plain)
    if len(brute.sides) != 2:
        return
    found = frontier(game.side_worth(), game.exists, game.joint)
    expected = sorted(brute.frontier())
    merged = [
        point
        for i, point in enumerate(expected)
        if i == 0 or max(abs(x - y) for x, y in zip(point, expected[i - 1], strict=True)) > TOLERANCE
    ]
    packages = [options(package) for package in found.packages]
    own = [(brute.side_utility(0, package), brute.side_utility(1, package)) for package in packages]
    assert np.allclose(found.utilities.T, own, rtol=0.0, atol=TOLERANCE)
    assert own == sorted(own, reverse=True)
    assert np.allclose(sorted(own), merged, rtol=0.0, atol=2 * TOLERANCE)


@given(small)
@patient(100)
def test_the_closest_package_and_its_shortfalls(plain: Plain) -> None:
    game, brute = both(plain)
    found = closest(game)
    package = options(found.package)
    assert package == brute.closest()
    assert np.allclose(found.shortfalls, [brute.shortfall(p, package) for p in brute.parties], rtol=0.0, atol=TOLERANCE)
    assert len(found.crossings) == brute.crossings(package)


@given(no_deal)
@patient(60)
def test_repairs_are_all_the_minimal_ones_smallest_first(plain: Plain) -> None:
    game, brute = both(plain)
    assume(not brute.zone)
    expected = brute.repairs()
    found = repairs(game, closest(game).package)
    own = [frozenset([*repair.red_lines, *(p for p, _ in repair.reservations)]) for repair in found.sets]
    assert len(set(own)) == len(own) == min(len(expected), 8)
    assert set(own) <= expected
    assert found.fewest
    assert found.complete == (len(own) == len(expected)) or len(own) == 8
    assert [len(changes) for changes in own] == sorted(map(len, expected))[: len(own)]
    for repair, changes in zip(found.sets, own, strict=True):
        package = options(repair.package)
        assert brute.deal(package, changes)
        falls = [brute.world.reservation(p) - value for p, value in repair.reservations]
        assert isclose(max(falls, default=-np.inf), brute.least_fall(changes), abs_tol=1e-8)
        for p, value in repair.reservations:
            assert isclose(value, brute.world.utility(p, package), abs_tol=TOLERANCE)


@given(no_deal)
@patient(60)
def test_a_conflict_contradicts_itself_and_nothing_of_it_could_go(plain: Plain) -> None:
    game, brute = both(plain)
    assume(not brute.zone)
    found = conflict(game)
    limits = {*found.parties, *found.red_lines}
    others = [limit for p in brute.parties for limit in brute.limits_of(p) if limit not in limits]
    assert brute.size_without(*others) == 0
    for limit in limits:
        assert brute.size_without(*others, limit) > 0


@given(scenarios(WHOLE_FORMAT.but(**NO_TALKS)))
@patient(60)
def test_zones_of_drawn_worlds(plain: Plain) -> None:
    scenario = load_plain(plain)
    found = zone_exists(scenario, 3, np.arange(5, dtype=np.int64))
    assert found.settled.all()
    assert found.exists.tolist() == [bool(PlainWorld(scenario, k, 3).zone()) for k in range(5)]
