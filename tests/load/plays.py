"""What is played under load; each takes the share of it that is wanted and where to write."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from load.largest import FILES

import sim
from sim.scenario.loading import loads


def worlds(part: float, out: str) -> None:
    """The founding scenario."""
    sim.run(sim.load("nato_russia_2022"), max(1, round(1_000_000 * part)), out=out, report=False)


def points(part: float, out: str) -> None:
    """Three numbers of the founding scenario, in a Latin hypercube."""
    vary = ["parties.RUS.reservation.status_quo=0:0.4", "events.belarus.probability=0.2:1", "follow_up.after.days=4:16"]
    sim.sweep(
        "nato_russia_2022", vary, design="lhs", points=max(2, round(100_000 * part)), worlds=50, out=out, report=False
    )


def made(parties: int, issues: int, worlds: int, out: str) -> None:
    """Two alliances that look from two ends, each of its members a little from elsewhere."""
    ids = [f"i{j}" for j in range(issues)]
    plain: dict[str, Any] = {
        "format": 1,
        "title": "Two alliances",
        "issues": {one: {"options": ["a", "b", "c", "d", "e"], "status_quo": "a"} for one in ids},
        "sides": {"east": {"decides": {"majority": 0.6}}, "west": {"decides": {"majority": 0.6}}},
        "parties": {
            f"p{k}": {
                "side": ("east", "west")[k % 2],
                "positions": {one: {"plus_minus": [0.2 + 0.6 * (k % 2), 0.2]} for one in ids},
                "salience": {one: {"uniform": [0.1, 1]} for one in ids},
                "reservation": {"uniform": [0.2, 0.4]},
            }
            if k < 2
            else {"like": f"p{k % 2}"}
            for k in range(parties)
        },
    }
    sim.run(loads(json.dumps(plain), "made.yaml"), max(1, worlds), out=out, report=False)


def files(_: float, __: str) -> None:
    """Check the largest files, one after another; the longest is told."""
    took = {}
    for name, text in FILES.items():
        begun = time.process_time()
        loads(text(), f"{name}.yaml")
        took[name] = time.process_time() - begun
    longest = max(took, key=lambda name: took[name])
    print(longest, took[longest])
    assert took[longest] < 10, (longest, took)


PLAYS: dict[str, Callable[[float, str], None]] = {
    "worlds": worlds,
    "points": points,
    "issues": lambda part, out: made(200, 60, round(1_000 * part), out),
    "parties": lambda part, out: made(1_000, 5, round(1_000 * part), out),
    "files": files,
}
