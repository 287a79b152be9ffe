"""What `detente analyze --json` prints says of every kind of scenario what looking at every package says."""

from __future__ import annotations

import json
from math import isclose
from typing import Any

from analysis.brute import Brute, CentralWorld, Change
from analysis.kinds import no_deal, small
from hypothesis import given
from plain import TOLERANCE, Package
from strategies import Plain, load_plain, patient

from sim.analysis import analyze
from sim.analysis.solutions import NAMES
from sim.scenario.model import Scenario


def told(scenario: Scenario) -> dict[str, Any]:
    return dict(json.loads(json.dumps(analyze(scenario).as_json(), allow_nan=False)))


def options(scenario: Scenario, package: dict[str, str]) -> Package:
    assert list(package) == [issue.id for issue in scenario.issues]
    return tuple([o.id for o in issue.options].index(package[issue.id]) for issue in scenario.issues)


def change(scenario: Scenario, entry: dict[str, Any]) -> Change:
    party = [p.id for p in scenario.parties].index(entry["party"])
    if "reservation" in entry:
        assert set(entry) == {"party", "reservation"}
        return party
    assert set(entry) == {"party", "red_line"}
    ((issue, option),) = entry["red_line"].items()
    j = [i.id for i in scenario.issues].index(issue)
    return party, j, [o.id for o in scenario.issues[j].options].index(option)


@given(small)
@patient(50)
def test_zone_solutions_frontier_and_closest(plain: Plain) -> None:
    scenario = load_plain(plain)
    found, brute = told(scenario), Brute(CentralWorld(scenario))
    assert found["packages"] == len(brute.packages)
    assert found["feasible"] is bool(brute.zone)
    assert found["feasible_packages"] == len(brute.zone)
    quo = tuple(-1 if issue.status_quo is None else issue.status_quo for issue in scenario.issues)
    assert found["beyond_status_quo"] == sum(package != quo for package in brute.zone)
    assert found["reason"] is None
    for name in NAMES:
        own, expected = found["solutions"][name], brute.solution(name)
        assert (None if own is None else options(scenario, own["package"])) == expected
        if own is not None:
            package = options(scenario, own["package"])
            for p, party in enumerate(scenario.parties):
                assert isclose(own["utilities"][party.id], brute.world.utility(p, package), abs_tol=TOLERANCE)
    assert (found["frontier"] is None) == (len(brute.sides) != 2)
    for point in found["frontier"] or ():
        assert list(point["utilities"]) == [party.id for party in scenario.parties]
    closest = options(scenario, found["closest"]["package"])
    assert closest == brute.closest()
    for p, party in enumerate(scenario.parties):
        assert isclose(found["closest"]["shortfalls"][party.id], brute.shortfall(p, closest), abs_tol=TOLERANCE)
    assert all(sentence.endswith(".") for sentence in found["text"])


@given(no_deal)
@patient(30)
def test_every_set_of_changes_opens_a_zone_with_its_package(plain: Plain) -> None:
    scenario = load_plain(plain)
    found, brute = told(scenario), Brute(CentralWorld(scenario))
    assert bool(found["relax"]) == (not brute.zone)
    for entry in found["relax"]:
        package = options(scenario, entry["package"])
        changes = {change(scenario, one) for one in entry["changes"]}
        assert len(changes) == len(entry["changes"])
        assert brute.deal(package, changes)
        for one in entry["changes"]:
            if "reservation" in one:
                p = change(scenario, one)
                assert isinstance(p, int)
                assert isclose(one["reservation"], brute.world.utility(p, package), abs_tol=TOLERANCE)
                assert one["reservation"] < brute.world.reservation(p)
