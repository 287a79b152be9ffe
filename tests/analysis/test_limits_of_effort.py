"""Where effort or time do not suffice, answers say what they leave open, and what they do say is true."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from threading import Event
from unittest.mock import patch

import numpy as np
import pytest
from analysis.brute import Brute, CentralWorld
from analysis.kinds import no_deal
from analysis.test_other_ways import as_if_large, drawn_game
from hypothesis import assume, given
from hypothesis import strategies as st
from rules.seats import side_of
from strategies import Plain, load_plain, patient

from sim.analysis import analyze, answers, conflict, counting, optimum, survey
from sim.analysis.closest import closest
from sim.analysis.game import SideRule, central_game
from sim.analysis.integer import Found
from sim.analysis.programme import Programme, _interruptible
from sim.analysis.relax import repairs
from sim.analysis.solutions import NAMES, solutions
from sim.analysis.survey import Effort, TooLarge, shares
from sim.analysis.zone import decision
from sim.scenario.loading import loads
from sim.scenario.model import Scenario


def crowd() -> Scenario:
    """Six lone parties with other scores for each of the four options of four issues."""
    random = np.random.default_rng(3)
    issues = {f"i{j}": {"options": [f"o{k}" for k in range(4)]} for j in range(4)}
    parties = {
        f"p{p}": {
            "reservation": 12,
            "scores": {i: {f"o{k}": int(random.integers(0, 10)) for k in range(4)} for i in issues},
        }
        for p in range(6)
    }
    return loads(json.dumps({"format": 1, "title": "Crowd", "issues": issues, "parties": parties}), "crowd.yaml")


def test_what_one_survey_does_not_need_the_next_may_use() -> None:
    given_ = []
    for effort, need in zip(shares(Effort(90), 3), (10, 60, 0), strict=True):
        given_.append(effort.left)
        if need > effort.left:
            with pytest.raises(TooLarge):
                effort.spend(need)
        else:
            effort.spend(need)
    assert given_ == [30, 40, 40]


@pytest.mark.parametrize("heads", [40, 400])
def test_all_counts_together_keep_to_one_effort(heads: int) -> None:
    spent: list[int] = []

    class Counted(Effort):
        def spend(self, heads: int) -> None:
            super().spend(heads)
            spent.append(heads)

    with (
        patch.object(counting, "_HEADS", heads),
        patch.object(counting, "for_all_counts", lambda: Counted(heads)),
        patch.object(answers, "for_all_counts", lambda: Counted(heads)),
        patch.object(answers, "Effort", Counted),
        patch.object(survey, "Effort", Counted),
        patch.object(answers, "existing_deal", lambda _: (True, np.zeros(4, dtype=np.intp))),
        patch.object(answers, "solutions", lambda *_: dict.fromkeys(NAMES)),
        as_if_large(),
    ):
        found = analyze(crowd())
    assert 0 < sum(spent) <= heads
    assert None in found.without_party


def test_an_uncounted_zone_is_null_with_its_reason() -> None:
    with patch.object(counting, "_HEADS", 2), as_if_large():
        found = analyze(crowd())
    told = found.as_json()
    assert told["feasible"] is True
    assert told["feasible_packages"] is None
    assert told["beyond_status_quo"] is None
    assert told["reason"] == "There are too many packages (256) to tell exactly how many are acceptable."
    assert told["reason"] in " ".join(found.text)
    assert set(told["without"]["parties"].values()) == {None}


def test_zones_without_somebody_that_are_too_large_are_null_with_the_reason() -> None:
    scenario = crowd()
    with as_if_large():
        counted = counting.census(central_game(scenario))
        assert counted is not None
        with patch.object(counting, "_HEADS", counted.heads):
            found = analyze(scenario)
    assert found.census is not None
    assert found.census.total == counted.total
    assert found.without_party[0] is None
    assert "It would take too long to count how large the zone of agreement is without" in " ".join(found.text)


def test_a_solution_that_is_not_proven_says_so() -> None:
    with (
        patch.object(optimum, "HEADS", 0),
        patch.object(optimum, "largest", lambda *_: Found(None, -np.inf, np.inf)),
        as_if_large(),
    ):
        found = analyze(crowd())
    unproven = [name for name, one in found.as_json()["solutions"].items() if one["gap"] != 0.0]
    assert unproven
    words = " ".join(found.text)
    for name in unproven:
        assert name.replace("_", "-").title() in words.partition("Not proven best in the time there is:")[2]


@given(no_deal)
@patient(30)
def test_without_any_effort_a_conflict_contradicts_itself_all_the_same(plain: Plain) -> None:
    scenario = load_plain(plain)
    brute = Brute(CentralWorld(scenario))
    assume(not brute.zone)
    with patch.object(conflict, "HEADS", 0):
        found = conflict.conflict(central_game(scenario))
    others = {limit for p in brute.parties for limit in brute.limits_of(p)} - {*found.parties, *found.red_lines}
    assert brute.size_without(*others) == 0


@given(no_deal)
@patient(30)
def test_where_the_solver_finds_nothing_a_minimal_set_of_changes_comes_from_the_closest_package(plain: Plain) -> None:
    scenario = load_plain(plain)
    game, brute = central_game(scenario), Brute(CentralWorld(scenario))
    assume(not brute.zone)
    with patch.object(Programme, "solve", lambda *_: (None, -np.inf, False)):
        found = repairs(game, closest(game).package)
    assert not found.fewest
    assert not found.complete
    (only,) = found.sets
    assert frozenset([*only.red_lines, *(p for p, _ in only.reservations)]) in brute.repairs()


@given(
    st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.25, 1.0, 3.0, 7.5]), min_size=1, max_size=19),
    st.sampled_from([0.0, 0.5, 0.55, 2 / 3, 0.75, 1.0]),
    st.booleans(),
    st.integers(0, 10**6),
)
def test_a_majority_by_weight_is_counted_alike_for_bits_and_for_booleans(
    weights: Sequence[float], share: float, equal: bool, seed: int
) -> None:
    weight = np.full(len(weights), weights[0]) if equal else np.array(weights)
    side = SideRule.of(tuple(range(len(weight))), side_of("majority", weight, number=share, pace=0.0))
    votes = np.random.default_rng(seed).random((len(weight), 128)) < 0.6
    expected = [sum(w for w, yes in zip(weight, own, strict=True) if yes) for own in votes.T]
    passed = np.array(expected) >= share * sum(weight) * (1 - 1e-9)
    packed = list(np.packbits(votes, axis=1, bitorder="little").view(np.uint64))
    assert (decision(side, list(votes)) == passed).all()
    bits = np.unpackbits(decision(side, packed).view(np.uint8), bitorder="little")
    assert (bits == passed).all()


def test_the_solver_can_be_interrupted() -> None:
    released = Event()

    def works_on() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        released.wait(60)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            _interruptible(works_on)
    finally:
        signal.signal(signal.SIGINT, before)
        released.set()


def test_a_survey_stops_at_its_effort() -> None:
    game = drawn_game(5, 12, 7, 6, lone=True, reservation=0.5)
    effort = Effort(100)
    assert counting.census(game, effort) is None
    assert effort.left < 0
    with pytest.raises(TooLarge):
        effort.spend(1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_thirty_one_lone_parties_with_random_scores_are_solved_and_proven(seed: int) -> None:
    random = np.random.default_rng(seed)
    worth = random.random((31, 12, 6)) * random.integers(1, 100, (31, 12))[:, :, None]
    low, mean = worth.min(axis=2).sum(axis=1), worth.mean(axis=2).sum(axis=1)
    game = drawn_game(seed, 31, 12, 6, lone=True, reservation=0.0)
    game = game.changed(worth=worth, red=np.zeros(worth.shape, dtype=bool), reservation=0.3 * low + 0.7 * mean)
    for name, found in solutions(game, names=("utilitarian", "egalitarian")).items():
        assert found is not None, name
        assert found.gap == 0.0, name
