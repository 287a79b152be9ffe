"""Scenarios of any size for the benchmark, written as files are."""

from __future__ import annotations

import json
import random
from typing import Any

from sim.scenario.loading import loads
from sim.scenario.model import Scenario


def sized(parties: int, issues: int, options: int = 5, rounds: int = 10, seed: int = 0) -> Scenario:
    """Two sides of `parties` members in all, with uncertain positions on `issues` issues."""
    rng = random.Random(seed)
    names = [f"i{j}" for j in range(issues)]
    cast = {}
    for p in range(parties):
        centre = 0.2 if p % 2 else 0.8
        cast[f"p{p}"] = {
            "side": "one" if p % 2 else "two",
            "positions": {name: {"plus_minus": [round(centre + rng.uniform(-0.2, 0.2), 3), 0.1]} for name in names},
            "salience": {name: round(rng.uniform(0.2, 1.0), 3) for name in names},
            "reservation": 0.3,
        }
    return _loaded(
        {name: {"options": [f"o{k}" for k in range(options)]} for name in names},
        cast,
        {"sides": {"one": {"title": "One"}, "two": {"title": "Two"}}, "meetings": [{"rounds": rounds}]},
    )


def bilateral(offering: str, rounds: int = 100) -> Scenario:
    """Boulware against conceder over 5 issues of 5 options, other utilities in each world.

    On each issue the worst option of one party is worth nothing to it, so its worst package is worth 0.
    """
    parties = {}
    for p, (exponent, worst) in enumerate(((4, 0), (0.25, 4))):
        parties[f"p{p}"] = {
            "scores": {
                f"i{j}": {f"o{k}": 0 if k == worst else {"uniform": [0, 1]} for k in range(5)} for j in range(5)
            },
            "salience": {f"i{j}": {"uniform": [0.2, 1]} for j in range(5)},
            "reservation": 0,
            "concession": {"exponent": exponent},
            "offering": offering,
        }
    issues = {f"i{j}": {"options": [f"o{k}" for k in range(5)]} for j in range(5)}
    return _loaded(issues, parties, {"meetings": [{"rounds": rounds}]})


def crowd(parties: int = 31, issues: int = 7, options: int = 5, rounds: int = 100) -> Scenario:
    """Many lone parties who must all agree, with other utilities in each world."""
    cast = {
        f"p{p}": {
            "scores": {
                f"i{j}": {f"o{k}": 0 if k == p % options else {"uniform": [0, 1]} for k in range(options)}
                for j in range(issues)
            },
            "reservation": 0,
            "concession": ("boulware", "linear", "conceder")[p % 3],
        }
        for p in range(parties)
    }
    names = {f"i{j}": {"options": [f"o{k}" for k in range(options)]} for j in range(issues)}
    return _loaded(names, cast, {"meetings": [{"rounds": rounds}]})


def _loaded(issues: dict[str, Any], parties: dict[str, Any], more: dict[str, Any]) -> Scenario:
    return loads(json.dumps({"format": 1, "title": "Made", "issues": issues, "parties": parties, **more}), "made")
