"""Zeuthen's strategy ends where the product of gains is greatest (Harsanyi, 1956; Nash, 1950)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest

from sim.scenario.loading import loads
from sim.trace.recorder import trace

PARTIES = ("first", "second")


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous"])
def test_on_one_issue_with_concave_worths(protocol: str) -> None:
    rng = random.Random(1)
    for _ in range(12):
        count = rng.randint(5, 40)
        powers, floors = [rng.choice([1, 1.5, 2, 3]) for _ in PARTIES], [rng.choice([0, 0.1, 0.25]) for _ in PARTIES]
        options = [f"o{k}" for k in range(count)]
        parties = {
            name: {"positions": {"it": options[-side]}, "loss": {"power": powers[side]}, "reservation": floors[side]}
            for side, name in enumerate(PARTIES)
        }
        _check({"it": {"options": options}}, parties, protocol=protocol)


@pytest.mark.parametrize("protocol", ["alternating", "simultaneous"])
@pytest.mark.parametrize("offering", ["ladder", "exhaustive"])
def test_on_issues_to_trade_whose_frontier_is_convex(offering: str, protocol: str) -> None:
    for issues, parties in _convex_scenarios(12):
        _check(issues, parties, offering, protocol)


@pytest.mark.parametrize("rule", ["consensus", "unanimity", {"majority": 0.6}])
def test_between_sides_of_several_members(rule: Any) -> None:
    for issues, parties in _convex_scenarios(6):
        entries = {
            f"{name}{m}": {**entry, "side": name, "weight": m, "concession": "zeuthen"}
            for name, entry in parties.items()
            for m in (1, 2, 3)
        }
        sides = {name: {"decides": rule} for name in parties}
        text = {"format": 1, "title": "Z", "issues": issues, "sides": sides, "parties": entries}
        minutes = trace(loads(json.dumps({**text, "meetings": [{"rounds": 300}]})))
        _is_nash(issues, parties, {name: minutes.utilities[f"{name}1"] for name in parties})


def _convex_scenarios(count: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Issues and parties to trade them, on a convex frontier without ties."""
    rng = random.Random(2)
    while count:
        issues = {f"i{j}": {"options": [f"o{k}" for k in range(rng.randint(2, 4))]} for j in range(rng.randint(2, 4))}
        parties: dict[str, Any] = {
            name: {
                "positions": {i: issue["options"][-side] for i, issue in issues.items()},
                "salience": {i: rng.randint(1, 9) for i in issues},
                "reservation": rng.choice([0, 0.1, 0.2]),
            }
            for side, name in enumerate(PARTIES)
        }
        if _convex(issues, parties):
            yield issues, parties
            count -= 1


def _check(
    issues: dict[str, Any], parties: dict[str, Any], offering: str = "ladder", protocol: str = "alternating"
) -> None:
    """The talks end where the product of gains is greatest."""
    entries = {name: {**entry, "concession": "zeuthen", "offering": offering} for name, entry in parties.items()}
    meetings = [{"rounds": 300, "protocol": protocol}]
    text = {"format": 1, "title": "Z", "issues": issues, "parties": entries, "meetings": meetings}
    minutes = trace(loads(json.dumps(text)))
    assert minutes.outcome == "agreement"
    _is_nash(issues, parties, minutes.utilities)


def _is_nash(issues: dict[str, Any], parties: dict[str, Any], utilities: dict[str, float]) -> None:
    gains = [max(0.0, u[0]) * max(0.0, u[1]) for u in _gains(issues, parties)]
    got = [utilities[name] - parties[name]["reservation"] for name in PARTIES]
    assert got[0] * got[1] == pytest.approx(max(gains), abs=1e-9)


def _gains(issues: dict[str, Any], parties: dict[str, Any]) -> list[tuple[float, float]]:
    """What each package gives the two above their reservation values."""
    rows = []
    for package in product(*(range(len(issue["options"])) for issue in issues.values())):
        pair = []
        for entry in parties.values():
            salience = entry.get("salience", dict.fromkeys(issues, 1))
            total = 0.0
            for (name, issue), k in zip(issues.items(), package, strict=True):
                last = len(issue["options"]) - 1
                ideal = issue["options"].index(entry["positions"][name]) / last
                power = entry.get("loss", {"power": 1})["power"]
                total += salience[name] / sum(salience.values()) * (1 - abs(k / last - ideal) ** power)
            pair.append(total - entry["reservation"])
        rows.append((pair[0], pair[1]))
    return rows


def _convex(issues: dict[str, Any], parties: dict[str, Any]) -> bool:
    """Whether all packages on the frontier lie on its concave hull, so that the theory speaks of this scenario."""
    points = sorted(set(_gains(issues, parties)), reverse=True)
    frontier: list[tuple[float, float]] = []
    for point in points:
        if not frontier or point[1] > frontier[-1][1] + 1e-12:
            frontier.append(point)
    slopes = [(b[1] - a[1]) / (a[0] - b[0]) for a, b in pairwise(frontier)]
    # Without ties: where two steps are equally good, the two sides' ladders may hold different packages.
    return len(slopes) > 1 and all(later < earlier - 1e-9 for earlier, later in pairwise(slopes))
