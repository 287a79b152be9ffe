"""The analysis of scenarios with constraints and bonuses gives what looking at every package gives."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from analysis import test_against_brute_force as apart
from analysis.brute import Brute, CentralWorld
from analysis.kinds import NO_TALKS
from analysis.test_prospects import Pivots, asked
from hypothesis import assume, given
from plain import PlainWorld
from strategies import WHOLE_FORMAT, Plain, joined, load_plain, patient

from sim.analysis import zone_exists
from sim.analysis.counting import census
from sim.analysis.existence import witness
from sim.analysis.game import all_packages, central_game
from sim.analysis.integer import find_deal, largest
from sim.analysis.many_worlds.pivots import NONE
from sim.analysis.objective import total
from sim.analysis.solutions import solutions
from sim.analysis.survey import acceptance
from sim.analysis.zone import acceptable

small = joined(WHOLE_FORMAT.but(**NO_TALKS))


@given(small)
@patient(15)
def test_zones_are_counted_and_solutions_found(plain: Plain) -> None:
    for same in (
        apart.test_the_zone_and_the_win_sets_are_counted,
        apart.test_solutions_and_their_ties,
        apart.test_the_frontier_of_two_sides,
        apart.test_the_closest_package_and_its_shortfalls,
    ):
        same.hypothesis.inner_test(plain)  # type: ignore[attr-defined]


@given(small)
@patient(15)
def test_where_there_is_no_deal_it_is_told_why_and_what_would_open_one(plain: Plain) -> None:
    assume(not Brute(CentralWorld(load_plain(plain))).zone)
    apart.test_repairs_are_all_the_minimal_ones_smallest_first.hypothesis.inner_test(plain)  # type: ignore[attr-defined]
    apart.test_a_conflict_contradicts_itself_and_nothing_of_it_could_go.hypothesis.inner_test(plain)  # type: ignore[attr-defined]


@given(small)
@patient(10)
def test_integer_programming_finds_the_same(plain: Plain) -> None:
    scenario = load_plain(plain)
    game, brute = central_game(scenario), Brute(CentralWorld(scenario))
    package, settled = find_deal(game)
    assert settled
    assert (package is None) == (not brute.zone) == (witness(game) is None)
    if package is None:
        return
    assert tuple(package.tolist()) in brute.zone
    sides = list(range(len(game.sides)))
    best = largest(game, acceptance(game), total(game.side_worth(), joint=game.joint))
    most = max(sum(brute.side_utility(s, one) for s in sides) for one in brute.zone)
    assert np.isclose(best.value, most, rtol=0.0, atol=1e-6)


@given(small)
@patient(15)
def test_zones_and_pivotal_parties_of_drawn_worlds(plain: Plain) -> None:
    scenario = load_plain(plain)
    zones = zone_exists(scenario, 3, np.arange(3, dtype=np.int64))
    found = asked(scenario, [0, 1, 2])
    assert zones.settled.all()
    assert found.told.all()
    for k in range(3):
        brute = Pivots(PlainWorld(scenario, k, 3))
        assert zones.exists[k] == found.exists[k] == bool(brute.zone)
        pivotal = [p for p in brute.parties if brute.pivotal(p) and brute.heard(p)]
        assert [p for p in brute.parties if found.issue[p, k] != NONE] == pivotal


@pytest.mark.slow
def test_hundreds_of_thousands_of_packages_with_many_bonuses_are_counted_exactly() -> None:
    random = Random(1)
    issues = {f"i{j}": {"options": [f"o{k}" for k in range(5)]} for j in range(8)}

    def bonus() -> Plain:
        when = {}
        for j in random.sample(range(8), 3):
            first = random.randint(0, 3)
            when[f"i{j}"] = {"from": f"o{first}", "to": f"o{min(4, first + random.randint(1, 2))}"}
        return {"when": when, "worth": round(random.uniform(0.1, 0.5), 3)}

    def party() -> Plain:
        scores = {i: {o: round(random.random() / 8, 4) for o in one["options"]} for i, one in issues.items()}
        return {"scores": scores, "reservation": 1.1, "bonuses": [bonus() for _ in range(6)]}

    never = {"never": {"i0": "o0", "i1": ["o0", "o1"]}}
    plain = {"format": 1, "title": "Many", "issues": issues, "parties": {"A": party(), "B": party()}}
    game = central_game(load_plain({**plain, "constraints": [never]}))
    packages = all_packages(game.exists[:8])
    deals, utilities = acceptable(game, packages), game.utilities(packages)
    counted, solved = census(game), solutions(game)
    assert game.packages == 23 * 5**6
    assert counted is not None
    assert counted.total == deals.sum() > 0
    fair, most = solved["egalitarian"], solved["utilitarian"]
    assert fair is not None
    assert most is not None
    assert np.isclose(fair.value, (utilities - 1.1).min(axis=0)[deals].max(), rtol=0.0, atol=1e-9)
    assert np.isclose(most.value, utilities.sum(axis=0)[deals].max(), rtol=0.0, atol=1e-9)
