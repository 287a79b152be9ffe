"""Demands that fall with time, against the formulas of Faratin, Sierra & Jennings (1998), section 4."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from parties.negotiations import offers, played

from sim.policies.concession import CONCESSIONS
from sim.policies.situation import Situation

TIMES = (0.0, 0.25, 0.5, 0.9, 1.0)


def demand(name: str, time: float, words: dict[str, str] | None = None, left: int = 0, **settings: float) -> float:
    """What a party with best 0.9 and reservation value 0.3 demands."""
    one = Situation(
        time=np.array([time]),
        best=np.array([[0.9]]),
        reservation=np.array([[0.3]]),
        settings={key: np.array([[value]]) for key, value in settings.items()},
        words=words or {},
        rounds_left=np.array([left]),
        meetings_left=np.array([left]),
    )
    found = CONCESSIONS[name].demand(one)
    assert found.shape == (1, 1)
    return float(found[0, 0])


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("exponent", [0.25, 1.0, 4.0])
def test_the_polynomial_families(time: float, exponent: float) -> None:
    assert demand("time", time, exponent=exponent) == pytest.approx(0.9 - 0.6 * time**exponent)
    given = 0.2 + 0.8 * time**exponent
    assert demand("polynomial", time, exponent=exponent, start=0.2) == pytest.approx(0.9 - 0.6 * given)


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("exponent", [0.5, 1.0, 3.0])
def test_the_exponential_family(time: float, exponent: float) -> None:
    given = exp((1 - time) ** (1 / exponent) * log(0.1))
    assert demand("exponential", time, exponent=exponent, start=0.1) == pytest.approx(0.9 - 0.6 * given)


@pytest.mark.parametrize(("time", "given"), [(0.0, 0.0), (0.8, 0.0), (0.9, 0.25), (1.0, 1.0)])
def test_who_waits_for_the_deadline_gives_way_only_then(time: float, given: float) -> None:
    assert demand("deadline", time, hold=0.8, exponent=2.0) == pytest.approx(0.9 - 0.6 * given)


def test_who_waits_to_the_very_end_gives_way_at_the_end() -> None:
    assert demand("deadline", 0.999, hold=1.0, exponent=1.0) == pytest.approx(0.9)
    assert demand("deadline", 1.0, hold=1.0, exponent=1.0) == pytest.approx(0.3)


@pytest.mark.parametrize("of", ["meetings", "rounds"])
def test_a_resource_that_runs_out_brings_the_demand_down(of: str) -> None:
    for left in (0, 1, 5):
        given = 0.1 + 0.9 * exp(-left / 2)
        assert demand("resource", 0.5, {"of": of}, left, start=0.1, scale=2.0) == pytest.approx(0.9 - 0.6 * given)


def test_a_hard_liner_stays_where_it_is() -> None:
    assert [demand("hard_liner", t, share=0.75) for t in TIMES] == [pytest.approx(0.75)] * 5


def test_demands_stay_at_the_reservation_value_where_nothing_better_is_on_the_table() -> None:
    one = Situation(np.array([0.5]), np.array([[-np.inf]]), np.array([[0.4]]), {"exponent": np.array([[2.0]])})
    assert CONCESSIONS["time"].demand(one)[0, 0] == 0.4


def test_rounds_left_count_over_meetings_and_meetings_left_fall_from_one_to_the_next() -> None:
    import json

    from sim.scenario.loading import loads
    from sim.trace.recorder import trace

    scenario = {
        "format": 1,
        "title": "Three meetings",
        "issues": {"pie": {"options": [str(n) for n in range(101)], "status_quo": "0"}},
        "parties": {
            "A": {"positions": {"pie": "100"}, "concession": {"name": "resource", "of": "meetings"}},
            "B": {"positions": {"pie": "0"}, "reservation": 0, "concession": "hard_liner"},
        },
        "meetings": [{"rounds": 2, "date": {"days": day}} for day in (0, 5, 9)],
    }
    minutes = trace(loads(json.dumps(scenario)))
    found = [
        int(one.moves[0].package["pie"])
        for m in minutes.meetings
        for one in m.rounds
        if one.moves[0].package is not None
    ]
    expected = [np.ceil(100 * (1 - exp(-left)) - 1e-9) for left in (2, 1)]
    assert found[:4] == [expected[0], expected[0], expected[1], expected[1]]
    assert minutes.outcome == "agreement"


def test_an_offer_of_the_pie_stands_on_the_smallest_slice_above_the_demand() -> None:
    minutes = played(10, {"concession": "linear"}, {"concession": "hard_liner"}, rounds=4)
    assert offers(minutes, "first") == [8, 6, 4, 2]
