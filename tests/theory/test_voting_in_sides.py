"""What the theory of voting says of sides: the median under majority, the least willing under unanimity.

Black, "On the rationale of group decision-making", *Journal of Political Economy* 56 (1948), 23-34: with single-peaked
preferences in one dimension the median's position beats every other by majority. Buchanan & Tullock, *The Calculus of
Consent* (1962), ch. 7, and Tsebelis, *Veto Players* (2002), ch. 2: under unanimity nothing passes that one member likes
less than what it has, so the least willing sets the limit (in talks among states: Moravcsik, "Negotiating the Single
European Act", *International Organization* 45 (1991), 26: "the lowest common denominator").
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import patient

import sim
from sim.scenario.loading import loads

OPTIONS = 41
IDEALS = st.lists(st.integers(0, 12), min_size=1, max_size=7)


def last_offer(ideals: list[int], weights: list[int], rule: Any) -> int:
    """The furthest option that a side gets to in talks with somebody at the other end who never moves."""
    parties: dict[str, Any] = {
        f"m{i}": {
            "side": "s",
            "positions": {"line": ideal / (OPTIONS - 1)},
            "weight": weight,
            "reservation": 0.5,
            "concession": "linear",
        }
        for i, (ideal, weight) in enumerate(zip(ideals, weights, strict=True))
    }
    parties["wall"] = {"positions": {"line": 1.0}, "reservation": 1.0}
    scenario = {
        "format": 1,
        "title": "A line",
        "issues": {"line": {"options": [f"o{k}" for k in range(OPTIONS)]}},
        "sides": {"s": {"decides": rule}},
        "parties": parties,
        "meetings": [{"id": "talks", "rounds": 9}],
    }
    offer = sim.trace(loads(json.dumps(scenario), "line.yaml")).last_offers["s"]["line"]
    return int(offer.removeprefix("o"))


def alone(ideal: int) -> int:
    return last_offer([ideal], [1], "unanimity")


def weighted_median(ideals: list[int], weights: list[int]) -> int:
    """The furthest ideal that still has at least half of the weight at it or beyond it."""
    return max(x for x in ideals if 2 * sum(w for y, w in zip(ideals, weights, strict=True) if y >= x) >= sum(weights))


@given(IDEALS, st.data())
@patient(25)
def test_by_majority_a_side_gives_way_as_its_median_member_would_alone(ideals: list[int], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.integers(1, 3), min_size=len(ideals), max_size=len(ideals)))
    assert last_offer(ideals, weights, {"majority": 0.5}) == alone(weighted_median(ideals, weights))


@given(IDEALS)
@patient(25)
def test_by_unanimity_a_side_gives_way_as_its_least_willing_member_would_alone(ideals: list[int]) -> None:
    assert last_offer(ideals, [1] * len(ideals), "unanimity") == alone(min(ideals))


def committee(ideals: list[int], status_quo: int) -> int:
    """What a committee that decides by majority makes of a status quo, on a text that anybody's change may replace."""
    parties = {
        f"m{i}": {"positions": {"line": ideal / (OPTIONS - 1)}, "reservation": {"status_quo": 0.001}}
        for i, ideal in enumerate(ideals)
    }
    chair = {"criterion": "closest", "final": True}
    scenario = {
        "format": 1,
        "title": "A committee",
        "issues": {"line": {"options": [f"o{k}" for k in range(OPTIONS)], "status_quo": f"o{status_quo}"}},
        "parties": parties,
        "agreement": {"at_least": len(ideals) // 2 + 1},
        "meetings": [{"id": "vote", "protocol": "single_text", "chair": chair, "rounds": 3}],
    }
    package = sim.trace(loads(json.dumps(scenario), "committee.yaml")).package
    return status_quo if package is None else int(package["line"].removeprefix("o"))


@given(st.lists(st.integers(0, OPTIONS - 1), min_size=3, max_size=7).filter(lambda x: len(x) % 2), st.data())
@patient(20)
def test_majorities_move_a_committee_to_its_medians_position_and_leave_it_there(
    ideals: list[int], data: st.DataObject
) -> None:
    median, here = sorted(ideals)[len(ideals) // 2], data.draw(st.integers(0, OPTIONS - 1))
    for _ in range(OPTIONS):
        there = committee(ideals, here)
        if there == here:
            break
        assert abs(there - median) < abs(here - median)
        here = there
    assert here == median
