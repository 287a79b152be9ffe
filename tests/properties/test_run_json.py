"""What `run --json` says is what the table of worlds says, counted again."""

from __future__ import annotations

import math
from collections import Counter
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import Plain, load_plain, patient, scenarios

import sim
from sim.talks.record.endings import OUTCOMES

WORLDS = 25
FIVE = {"agreement", "partial", "talks_continue", "impasse", "breakdown"}
CONTRACT = [
    "scenario",
    "worlds",
    "seed",
    "out",
    "outcomes",
    "gap",
    "settlements",
    "blockers",
    "blockers_of",
    "refusals",
]


def by_test_inversion(count: int, total: int) -> tuple[float, float]:
    """The shares that a two-sided score test at 5 % does not reject: Wilson's interval, found by bisection."""
    z = NormalDist().inv_cdf(0.975)

    def rejects(share: float) -> bool:
        return abs(count / total - share) > z * math.sqrt(share * (1 - share) / total)

    bounds = []
    for outer in (0.0, 1.0):
        inner = count / total
        if inner == outer:
            bounds.append(outer)
            continue
        for _ in range(60):
            middle = (outer + inner) / 2
            outer, inner = (middle, inner) if rejects(middle) else (outer, middle)
        bounds.append(inner)
    return bounds[0], bounds[1]


def mean(numbers: list[float]) -> Any:
    return pytest.approx(sum(numbers) / len(numbers), abs=1e-9) if numbers else None


@given(scenarios(), st.integers(0, 2**40))
@patient(80)
def test_the_json_of_a_run_counts_its_worlds(plain: Plain, seed: int) -> None:
    scenario = load_plain(plain)
    results = sim.run(scenario, worlds=WORLDS, seed=seed)
    told, worlds = results.as_json(), results.worlds
    assert list(told)[: len(CONTRACT)] == CONTRACT
    assert (told["scenario"], told["worlds"], told["seed"], told["out"]) == ("Generated", WORLDS, seed, None)

    counted = Counter(worlds["outcome"])
    assert set(counted) <= set(told["outcomes"])
    assert FIVE <= set(told["outcomes"]) <= set(OUTCOMES)
    for outcome, one in told["outcomes"].items():
        assert one["count"] == counted[outcome]
        assert one["share"] == pytest.approx(counted[outcome] / WORLDS)
        assert (one["low"], one["high"]) == pytest.approx(by_test_inversion(counted[outcome], WORLDS), abs=1e-9)

    assert told["gap"]["last"] == mean([gap for gap in worlds["gap"] if gap is not None])
    first = told["gap"]["first"]
    assert first is None or 0 <= first <= 1

    assert list(told["settlements"]) == [issue.id for issue in scenario.issues]
    for issue in scenario.issues:
        shares = told["settlements"][issue.id]
        assert set(shares) <= {option.id for option in issue.options}
        deals = Counter(option for option in worlds[f"package.{issue.id}"] if option is not None)
        assert shares == pytest.approx({option: n / deals.total() for option, n in deals.items()})

    without = WORLDS - counted["agreement"]
    assert told["blockers_of"] == without
    for name in ("blockers", "refusals"):
        shares = [one["share"] for one in told[name]]
        assert shares == sorted(shares, reverse=True)
        assert len({(one["party"], one["issue"]) for one in told[name]}) == len(shares)
        for one in told[name]:
            assert list(one) == ["party", "issue", "share"]
            assert one["party"] in {party.id for party in scenario.parties}
            assert one["issue"] in {issue.id for issue in scenario.issues}
            assert 0 < one["share"] <= 1
            assert one["share"] * without == pytest.approx(round(one["share"] * without))
    zone, missed = told["zone"], told["missed_deals"]
    assert zone["asked"] == zone["settled"] == WORLDS
    assert missed["asked"] == missed["settled"] == missed["without_deal"]
    assert missed["count"] <= zone["count"] <= WORLDS


@given(scenarios())
@patient(60)
def test_the_table_of_worlds_has_the_columns_of_the_contract(plain: Plain) -> None:
    scenario = load_plain(plain)
    worlds = sim.run(scenario, worlds=9).worlds
    issues = [f"package.{issue.id}" for issue in scenario.issues]
    parties = [f"utility.{party.id}" for party in scenario.parties]
    order = [*issues, *parties, "gap"]
    assert worlds.columns[:5] == ["world", "outcome", "day", "meetings", "rounds"]
    assert [column for column in worlds.columns if column in order] == order
    for row in worlds.iter_rows(named=True):
        assert (row["day"] is None) == (row["meetings"] == 0)
        assert (row["rounds"] == 0) == (row["meetings"] == 0)
        assert len({row[issue] is None for issue in issues}) == 1
        assert all(row[party] is not None for party in parties)
        if row["outcome"] == "agreement":
            assert row["gap"] == 0
        if row["outcome"] in ("agreement", "partial"):
            assert row[issues[0]] is not None
        if row["outcome"] in ("impasse", "talks_continue"):
            assert row[issues[0]] is None
        assert row["gap"] is None or 0 <= row["gap"] <= 1


def test_the_table_of_rounds_has_its_columns_also_where_no_meeting_is_held() -> None:
    plain: Plain = {
        "format": 1,
        "title": "Two sides",
        "issues": {"I0": {"options": ["I0o0", "I0o1"], "status_quo": "I0o0"}},
        "parties": {"P0": {"positions": {"I0": "I0o0"}}, "P1": {"positions": {"I0": "I0o1"}}},
    }
    held = sim.run(load_plain(plain), worlds=2).rounds
    none = sim.run(load_plain({**plain, "meetings": []}), worlds=2).rounds
    assert none.is_empty()
    assert none.schema == held.schema
