"""Zeuthen's strategy ends where the product of gains is greatest (Harsanyi, 1956; Nash, 1950)."""

from __future__ import annotations

import json
import random
from itertools import pairwise, product
from typing import Any

import pytest

from sim.scenario.loading import loads
from sim.talks.recorder import trace

PARTIES = ("first", "second")


def test_on_one_issue_with_concave_worths() -> None:
    rng = random.Random(1)
    for _ in range(12):
        count = rng.randint(5, 40)
        powers, floors = [rng.choice([1, 1.5, 2, 3]) for _ in PARTIES], [rng.choice([0, 0.1, 0.25]) for _ in PARTIES]
        options = [f"o{k}" for k in range(count)]
        parties = {
            name: {"positions": {"it": options[-side]}, "loss": {"power": powers[side]}, "reservation": floors[side]}
            for side, name in enumerate(PARTIES)
        }
        _check({"it": {"options": options}}, parties)


def test_on_issues_to_trade_whose_frontier_is_convex() -> None:
    rng = random.Random(2)
    checked = 0
    while checked < 12:
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
            _check(issues, parties)
            checked += 1


def _check(issues: dict[str, Any], parties: dict[str, Any]) -> None:
    """The talks end where the product of gains is greatest."""
    entries = {name: {**entry, "concession": "zeuthen"} for name, entry in parties.items()}
    text = {"format": 1, "title": "Z", "issues": issues, "parties": entries, "meetings": [{"rounds": 300}]}
    minutes = trace(loads(json.dumps(text)))
    gains = [max(0.0, u[0]) * max(0.0, u[1]) for u in _gains(issues, parties)]
    assert minutes.outcome == "agreement"
    got = [minutes.utilities[name] - parties[name]["reservation"] for name in PARTIES]
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
