"""MiCRO goes on to its next package for every new one of the other (de Jonge, 2022)."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from parties.negotiations import offers, played

from sim.scenario.loading import loads
from sim.trace.recorder import trace

MICRO: dict[str, Any] = {"concession": "micro"}


def test_two_of_them_go_down_slice_by_slice_and_share_evenly() -> None:
    minutes = played(10, MICRO, MICRO, rounds=20)
    assert offers(minutes, "first") == [10, 9, 8, 7, 6, 5]
    assert minutes.utilities == {"first": 0.5, "second": 0.5}


def test_against_a_hard_liner_it_gives_one_step() -> None:
    assert set(offers(played(10, MICRO, {"concession": "hard_liner"}, rounds=8), "first")) == {10, 9}


@pytest.mark.parametrize(("policy", "digits"), [("micro", 6), ({"name": "micro", "ties": "each"}, 1)])
def test_offers_are_those_of_a_plain_program(policy: Any, digits: int) -> None:
    rng = random.Random(5)
    for _ in range(10):
        issues = {f"i{j}": {"options": [f"o{k}" for k in range(rng.randint(2, 4))]} for j in range(rng.randint(1, 3))}
        names = list(issues)
        parties = {
            p: {
                "scores": {i: {o: round(rng.random(), digits) for o in issues[i]["options"]} for i in names},
                "reservation": 0.2 * len(names),
                "concession": policy,
                "offering": "exhaustive",
            }
            for p in ("first", "second")
        }
        plain = {"format": 1, "title": "Plain", "issues": issues, "parties": parties, "meetings": [{"rounds": 60}]}
        text = json.dumps(plain)
        minutes = trace(loads(text))
        expected, deal = _plain(issues, parties, 60)
        found = [
            (move.side, tuple(move.package[i] for i in names))
            for one in minutes.meetings[0].rounds
            for move in one.moves
            if move.act in ("offer", "counter") and move.package is not None
        ]
        assert found == expected
        assert (None if minutes.package is None else tuple(minutes.package[i] for i in names)) == deal


def _plain(issues: dict[str, Any], parties: dict[str, Any], rounds: int) -> tuple[list[Any], Any]:
    """The same, one package at a time."""
    from itertools import product

    packages = list(product(*(issue["options"] for issue in issues.values())))

    def worth(party: str, package: tuple[str, ...]) -> float:
        return round(sum(parties[party]["scores"][i][o] for i, o in zip(issues, package, strict=True)), 9)

    ranked = {
        p: sorted((k for k in packages if worth(p, k) >= parties[p]["reservation"]), key=lambda k, p=p: -worth(p, k))
        for p in parties
    }
    sent: dict[str, list[Any]] = {p: [] for p in parties}
    told: list[Any] = []
    table, owner = None, ""
    for _ in range(rounds):
        for me, other in (("first", "second"), ("second", "first")):
            if not ranked[me]:
                continue
            own, theirs = len(sent[me]), len(set(sent[other]))
            step = own if own == 0 or (theirs >= own and own < len(ranked[me])) else own - 1
            bid = ranked[me][step]
            if owner == other and table in ranked[me] and worth(me, table) >= worth(me, bid):
                return told, table
            if bid not in sent[me]:
                sent[me].append(bid)
            table, owner = bid, me
            told.append((me, bid))
    return told, None
