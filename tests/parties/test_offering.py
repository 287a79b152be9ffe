"""Offers chosen among all packages: the one worth least, or the one most like what the other offered."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

import sim
from sim.parties.choice import Choice
from sim.parties.offering import exhaustive, trade_off
from sim.scenario.loading import loads
from sim.worlds.packages import PACKAGE


def choice(worth: list[float], passing: list[bool], theirs: list[int], care: list[float], band: float = 0.0) -> Choice:
    """Two issues with three options each, at 0, 1/2 and 1; one world."""
    options = np.array([[a, b] for a in range(3) for b in range(3)], dtype=PACKAGE)
    return Choice(
        passing=np.array(passing)[:, None],
        options=options,
        worth=np.array(worth)[:, None],
        believed=np.zeros((9, 1)),
        place=np.tile(np.array([0.0, 0.5, 1.0])[None, :, None], (2, 1, 1)),
        theirs=np.array(theirs, dtype=PACKAGE)[:, None],
        care=np.array(care)[:, None],
        settings={"band": np.array([band])},
    )


WORTH = [0.9, 0.6, 0.3, 0.6, 0.6, 0.2, 0.6, 0.4, 0.0]
ALL = [w >= 0.55 for w in WORTH]


def test_exhaustive_takes_the_first_of_those_worth_least() -> None:
    assert exhaustive(choice(WORTH, ALL, [-1, -1], [1, 1]))[0] == 1
    assert exhaustive(choice(WORTH, [True] * 9, [-1, -1], [1, 1]))[0] == 8


def test_trade_off_takes_what_is_most_like_their_offer_among_packages_worth_the_same() -> None:
    assert trade_off(choice(WORTH, ALL, [2, 0], [1, 1]))[0] == 6  # their very package
    assert trade_off(choice(WORTH, ALL, [2, 2], [1, 1]))[0] == 4  # the middle of both
    assert trade_off(choice(WORTH, ALL, [2, 2], [3, 1]))[0] == 6  # they care more for the first issue


def test_trade_off_before_any_offer_takes_the_one_worth_least() -> None:
    assert trade_off(choice(WORTH, ALL, [-1, -1], [1, 1]))[0] == 1


def test_the_band_says_how_much_more_counts_as_the_same() -> None:
    worth = [0.9, 0.6, 0.3, 0.65, 0.5, 0.2, 0.5, 0.4, 0.0]
    passing = [w >= 0.55 for w in worth]
    assert trade_off(choice(worth, passing, [1, 0], [1, 1], band=0.04))[0] == 1
    assert trade_off(choice(worth, passing, [1, 0], [1, 1], band=0.06))[0] == 3


def test_trading_off_finds_what_both_want_where_searching_for_the_least_does_not() -> None:
    options = [f"o{k}" for k in range(6)]
    base: dict[str, Any] = {
        "format": 1,
        "title": "Trade",
        "issues": {i: {"options": options} for i in ("a", "b", "c")},
        "meetings": [{"rounds": 30}],
    }
    joint = {}
    for offering in ("exhaustive", "trade_off"):
        total = 0.0
        for salience in ((6, 3, 1), (1, 2, 7), (5, 1, 4)):
            base["parties"] = {
                name: {
                    "positions": dict.fromkeys("abc", options[-side]),
                    "salience": dict(zip("abc", salience if side else reversed(salience), strict=True)),
                    "reservation": 0.2,
                    "concession": "linear",
                    "offering": offering,
                }
                for side, name in enumerate(("A", "B"))
            }
            total += sum(sim.trace(loads(json.dumps(base))).utilities.values())
        joint[offering] = total
    assert joint["trade_off"] > joint["exhaustive"]


def test_the_minutes_say_how_the_offer_was_found() -> None:
    plain = {
        "format": 1,
        "title": "T",
        "issues": {"a": {"options": ["x", "y", "z"]}},
        "parties": {
            "A": {"positions": {"a": "x"}, "reservation": 0, "offering": "trade_off"},
            "B": {"positions": {"a": "z"}, "reservation": 0, "offering": {"name": "trade_off", "band": 0.2}},
        },
    }
    minutes = sim.trace(loads(json.dumps(plain)))
    reasons = [minutes.reason(move) for move in minutes.meetings[0].rounds[0].moves]
    assert all("the one most like the others' last offer" in reason for reason in reasons)
