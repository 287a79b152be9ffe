"""Several policies at once: a party's demand is the mean of theirs by weight."""

from __future__ import annotations

import json

import pytest
from parties.negotiations import offers, pie, played

import sim
from sim.scenario.loading import loads
from sim.scenario.quantities import quantities

STAYS = {"concession": "hard_liner"}


def test_the_demand_is_the_weighted_mean() -> None:
    mixed = {"concession": {"name": "mix", "of": {"linear": 1, "hard_liner": 3}}}
    # Linear alone gives up 1/5 of the pie a round in four rounds; three quarters of the mix give up nothing.
    assert offers(played(100, mixed, STAYS, rounds=4), "first") == [95, 90, 85, 80]


def test_a_mix_of_one_is_that_policy() -> None:
    for name in ("boulware", "micro", "absolute_tit_for_tat", "zeuthen", "deadline"):
        alone = played(20, {"concession": name}, {"concession": "linear"}, rounds=30)
        mixed = played(20, {"concession": {"name": "mix", "of": {name: 2}}}, {"concession": "linear"}, rounds=30)
        assert offers(mixed, "first") == offers(alone, "first"), name
        assert mixed.utilities == alone.utilities


def test_weights_and_settings_are_numbers_that_can_be_uncertain_changed_and_moved_by_events() -> None:
    of = {"linear": {"uniform": [0.5, 1]}, "time": {"weight": 1, "exponent": {"normal": [3, 0.5]}}}
    scenario = pie(20, {"concession": {"name": "mix", "of": of}}, STAYS)
    base = "parties.first.concession.of"
    paths = {f"{base}.linear.weight": "uniform", f"{base}.linear.exponent": "fixed", f"{base}.time.weight": "fixed"}
    found = quantities(scenario)
    assert {path: found[path].kind for path in paths} == paths
    assert found[f"{base}.time.exponent"].kind == "normal"
    changed = loads(scenario.text, changes=[f"{base}.linear=0", f"{base}.time.exponent=1"])
    assert offers(sim.trace(changed), "first")[0] == 19  # 1/11 of the way down from 20, rounded up
    plain = json.loads(scenario.text)
    plain["issues"]["pie"]["status_quo"] = "0"
    plain["events"] = [
        {"date": {"days": 0}, "effects": {f"first.concession.of.{k}": {"set": v}}}
        for k, v in (("linear.weight", 0), ("time.exponent", 1))
    ]
    assert offers(sim.trace(loads(json.dumps(plain))), "first")[0] == 19


def test_where_events_take_all_weights_away_it_demands_the_best() -> None:
    plain = json.loads(pie(20, {"concession": {"name": "mix", "of": {"linear": 1}}}, STAYS).text)
    plain["events"] = [{"date": {"days": 0}, "effects": {"first.concession.of.linear.weight": {"set": 0}}}]
    assert set(offers(sim.trace(loads(json.dumps(plain))), "first")) == {20}


def test_the_minutes_tell_every_part() -> None:
    mixed = {"concession": {"name": "mix", "of": {"linear": 1, "hard_liner": 3}}}
    minutes = played(100, mixed, STAYS, rounds=4)
    reason = minutes.reason(minutes.meetings[0].rounds[0].moves[0])
    assert "it demands 0.950 now, as it mixes 1 of linear" in reason
    assert "3 of hard_liner" in reason
    assert reason.count("so 0.800") == reason.count("so 1.000") == 1


@pytest.mark.parametrize("weight", [0.1, 10])
def test_only_the_proportion_of_weights_counts(weight: float) -> None:
    one = {"concession": {"name": "mix", "of": {"linear": weight, "hard_liner": 3 * weight}}}
    assert offers(played(100, one, STAYS, rounds=4), "first") == [95, 90, 85, 80]
