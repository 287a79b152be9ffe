"""What others computed: a published game, agreements of other programs, and what the founding scenario is about."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

import sim
from sim.analysis import analyze
from sim.analysis.game import central_game, utilities
from sim.analysis.zone import acceptable
from sim.scenario.loading import load, loads


def test_the_scorable_game_has_twelve_deals_for_six_and_133_for_five(shared: Path) -> None:
    path = str(shared / "data" / "scorable_base.yaml")
    found = sim.analyze(sim.load(path)).as_json()
    assert (found["packages"], found["feasible"], found["feasible_packages"]) == (720, True, 12)
    assert found["beyond_status_quo"] == 12
    assert found["frontier"] is None
    assert sim.analyze(sim.load(path, ["agreement={at_least: 5}"])).as_json()["feasible_packages"] == 133


def test_the_scorable_game_is_solved_as_by_hand_from_its_tables(shared: Path) -> None:
    path = shared / "data" / "scorable_base.yaml"
    plain = YAML(typ="safe").load(path.read_text())
    names = list(plain["issues"])
    packages = list(product(*(plain["issues"][issue]["options"] for issue in names)))
    surplus = {
        package: [
            sum(party["scores"][issue][option] for issue, option in zip(names, package, strict=True))
            - party["reservation"]
            for party in plain["parties"].values()
        ]
        for package in packages
    }
    zone = [package for package in packages if min(surplus[package]) >= 0]
    best = [max(surplus[package][i] for package in zone) for i in range(len(plain["parties"]))]
    rules = {
        "nash": lambda s: float(np.prod(s)),
        "kalai_smorodinsky": lambda s: min(x / b for x, b in zip(s, best, strict=True)),
        "egalitarian": min,
        "utilitarian": sum,
    }
    found = sim.analyze(sim.load(str(path))).as_json()["solutions"]
    for name, rule in rules.items():
        order = sorted(zone, key=lambda p: (-round(rule(surplus[p]), 9), -min(surplus[p]), -sum(surplus[p])))
        assert tuple(found[name]["package"][issue] for issue in names) == order[0], name


def test_agreements_of_the_naive_program_lie_in_the_zone(shared: Path) -> None:
    expected = json.loads((shared / "oracles" / "rules" / "expected.json").read_text())
    agreed = {name: case["agreement"] for name, case in _cases(expected) if case["agreement"] is not None}
    assert agreed
    for name, agreement in agreed.items():
        game = central_game(load(str(shared / "oracles" / "rules" / f"{name}.yaml")))
        assert acceptable(game, np.array([agreement]))[0], name


def _cases(expected: object) -> list[tuple[str, dict[str, list[int] | None]]]:
    if isinstance(expected, dict):
        return [(str(name).removesuffix(".yaml"), case) for name, case in expected.items()]
    assert isinstance(expected, list)
    return [(str(case.get("case", case.get("name"))).removesuffix(".yaml"), case) for case in expected]


def test_the_founding_scenario_names_russia_enlargement_and_the_frontline_allies() -> None:
    found = analyze(load("nato_russia_2022"))
    assert found.feasible is False
    assert found.conflict is not None
    scenario = found.scenario
    members = {scenario.parties[p].id for p in found.conflict.everyone}
    assert "RUS" in members
    assert members & {"POL", "EST", "LVA", "LTU", "ROU", "GBR", "USA"}
    text = " ".join(found.text)
    assert "No package is acceptable to both sides" in text
    assert scenario.issues[int(np.argmax(found.conflict.by_issue))].id in ("membership", "forces")
    assert scenario.issues[int(np.argmax(found.conflict.by_issue))].title in text
    smallest = found.repairs.sets[0]
    assert smallest.size == 1
    ((party, value),) = smallest.reservations
    changed = found.game.reservation.copy()
    changed[party] = value
    assert acceptable(found.game.changed(reservation=changed), smallest.package[None])[0]


@pytest.mark.parametrize("issues", [2, 4])
def test_the_frontier_is_that_of_all_packages(issues: int) -> None:
    random = np.random.default_rng(issues)
    ids = [f"o{k}" for k in range(5)]
    plain = {
        "format": 1,
        "title": "Two",
        "issues": {f"i{j}": {"options": ids} for j in range(issues)},
        "parties": {
            name: {
                "reservation": 1,
                "scores": {f"i{j}": {k: int(random.integers(0, 9)) for k in ids} for j in range(issues)},
            }
            for name in ("a", "b")
        },
    }
    scenario = loads(json.dumps(plain), "two.yaml")
    game = central_game(scenario)
    every = utilities(game.worth, np.array(list(product(range(5), repeat=issues)))).T
    best = {tuple(p) for p in every if not any((q >= p).all() and (q > p).any() for q in every)}
    found = analyze(scenario).frontier
    assert found is not None
    assert {tuple(point) for point in found.utilities.T} == best
    assert len(found.packages) == len(best)
