"""Numbers at their ends have a defined result: what it is stands in docs/reliability.md."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

import sim

SCALES = [1e-12, 1e-6, 1.0, 1e6, 1e12]


def talks(**changes: Any) -> dict[str, Any]:
    """Two sides, one issue; what is given replaces what is there."""
    return {
        "format": 1,
        "title": "Two and a number",
        "end": {"days": 5},
        "issues": {"price": {"options": ["low", "middle", "high"], "status_quo": "low"}},
        "parties": {
            "one": {"positions": {"price": "low"}, "reservation": 0.2},
            "other": {"positions": {"price": "high"}, "reservation": 0.2},
        },
        "meetings": [{"id": "talk", "date": {"days": 1}, "rounds": 6}],
    } | changes


def played(plain: dict[str, Any]) -> pl.DataFrame:
    """A row a world, every number of it finite."""
    worlds = sim.run(sim.load(plain), 30, seed=2).worlds
    numbers = worlds.select(pl.selectors.float().fill_null(0.0).is_finite().all())
    assert all(numbers.row(0))
    return worlds


def test_an_issue_needs_two_options() -> None:
    with pytest.raises(sim.ScenarioError, match="option"):
        sim.load(talks(issues={"price": {"options": ["low"], "status_quo": "low"}}))


@pytest.mark.parametrize("scale", SCALES)
def test_results_do_not_depend_on_the_unit_of_salience(scale: float) -> None:
    issues = {name: {"options": ["no", "half", "yes"], "status_quo": "no"} for name in ("a", "b")}
    parties = {
        who: {"positions": {"a": wish, "b": other}, "salience": {"a": 3 * scale, "b": scale}, "reservation": 0.3}
        for who, wish, other in (("one", "yes", "no"), ("other", "no", "yes"))
    }
    base = {who: {**party, "salience": {"a": 3.0, "b": 1.0}} for who, party in parties.items()}
    here, there = (played(talks(issues=issues, parties=given)) for given in (parties, base))
    assert here["outcome"].equals(there["outcome"])
    assert here.select("package.a", "package.b").equals(there.select("package.a", "package.b"))


def test_to_whom_nothing_matters_every_package_is_worth_nothing() -> None:
    plain = talks()
    for party in plain["parties"].values():
        party["salience"] = {"price": 0}
    worlds = played(plain)
    assert set(worlds["outcome"]) == {"impasse"}
    assert set(worlds["utility.one"]) == {0.2}


def test_parties_that_want_the_same_agree_on_it() -> None:
    plain = talks()
    plain["parties"]["one"]["positions"] = {"price": "high"}
    worlds = played(plain)
    assert set(worlds["outcome"]) == {"agreement"}
    assert set(worlds["package.price"]) == {"high"}
