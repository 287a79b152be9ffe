"""Numbers at their ends have a defined result: what it is stands in docs/reliability.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import sim
from sim.scenario.loading import examine

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


def scored(unit: float, **events: Any) -> dict[str, Any]:
    """Two parties with scores in a unit, which meet in the middle."""
    worths = {"one": (3, 2, 0), "other": (0, 2, 3)}
    names = ("low", "middle", "high")
    parties = {
        who: {
            "scores": {"price": dict(zip(names, (unit * worth for worth in own), strict=True))},
            "reservation": unit,
        }
        for who, own in worths.items()
    }
    return talks(parties=parties, **events)


@pytest.mark.parametrize("unit", [1e-6, 1e-3, 1.0, 1e3, 1e12, 3e14])
def test_results_do_not_depend_on_the_unit_of_scores(unit: float) -> None:
    here, there = played(scored(unit)), played(scored(1.0))
    assert set(there["package.price"]) == {"middle"}
    told = ("outcome", "package.price", "day", "meetings", "rounds", "gap")
    assert here.select(told).equals(there.select(told))
    for party in ("one", "other"):
        assert (here[f"utility.{party}"] / unit).to_list() == pytest.approx(there[f"utility.{party}"].to_list())


@pytest.mark.parametrize("unit", [1e-12, 1e-9, 1e-7])
def test_of_scores_that_hardly_differ_a_warning_tells_with_their_place(unit: float, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(json.dumps(scored(unit)), encoding="utf-8")
    scenario, errors, warnings = examine(file)
    assert scenario is not None
    assert errors == ()
    said = [str(one) for one in warnings if "count as the same" in str(one)]
    assert len(said) == 2
    assert re.search(r"small.yaml:1:\d+: .* to 'one' .*less than 1e-9 count as the same.*smaller unit", said[0])


def test_scores_that_do_not_differ_are_no_mistake() -> None:
    """To whom all is worth the same, every package is worth its demand; the other gets all that it wants."""
    plain = scored(1.0)
    plain["parties"]["one"] = {"scores": {"price": dict.fromkeys(("low", "middle", "high"), 1)}, "reservation": 1}
    assert set(played(plain)["package.price"]) == {"high"}
    plain["parties"]["other"] = plain["parties"]["one"]
    worlds = played(plain)
    assert set(worlds["package.price"]) == {"low"}  # nobody gains by another than what holds
    for party in plain["parties"].values():
        party["reservation"] = 1 + 1e-6
    assert set(played(plain)["outcome"]) == {"impasse"}


@pytest.mark.parametrize("number", [1.1e15, 1e16, 1e308, -1e308])
@pytest.mark.parametrize("way", ["times", "set", "plus"])
def test_numbers_beyond_the_largest_are_refused_in_events_too(way: str, number: float) -> None:
    effect = number if way == "plus" else {way: number}
    with pytest.raises(sim.ScenarioError, match="numbers end at 1e"):
        sim.load(scored(1.0, events=[{"date": {"days": 0}, "effects": {"one.scores.price.low": effect}}]))


MANY = 25
"""Times 1e15, or by so much more, so often: beyond what a computer's number can be, if nothing held it."""


@pytest.mark.parametrize(
    ("path", "effect", "outcome"),
    [
        ("one.scores.price.low", {"times": 1e15}, "impasse"),  # it wants nothing but that, which the other cannot give
        ("one.scores.price.low", 1e15, "impasse"),
        ("one.scores.price.low", -1e15, "impasse"),  # beside that, all else is worth the same to it on its ladder
        ("one.scores.price.middle", {"times": 1e15}, "agreement"),
        ("one.reservation", {"times": 1e15}, "impasse"),
        ("one.reservation", -1e15, "agreement"),
        ("one.weight", {"times": 1e15}, "agreement"),
    ],
)
def test_what_events_heap_up_ends_at_the_largest_number(path: str, effect: Any, outcome: str) -> None:
    heaped = [{"date": {"days": 0}, "effects": {path: effect}}] * MANY
    once = {"date": {"days": 0}, "effects": {path: {"set": 1e15 if effect != -1e15 else -1e15}}}
    worlds = played(scored(1.0, events=heaped))
    assert set(worlds["outcome"]) == {outcome}
    other = played(scored(1.0, events=[once]))
    assert worlds.select(~pl.selectors.float()).equals(other.select(~pl.selectors.float()))
    for column in worlds.select(pl.selectors.float()).columns:
        assert worlds[column].fill_null(0).to_list() == pytest.approx(other[column].fill_null(0).to_list(), rel=1e-14)
    assert all(worlds[f"utility.{party}"].abs().max() <= 1e15 for party in ("one", "other"))  # type: ignore[operator]


@pytest.mark.parametrize("rule", ["consensus", "unanimity", {"quorum": 1}, {"majority": 0.5}, {"leader": "a"}])
def test_a_side_without_weight_is_refused(rule: Any) -> None:
    plain = talks(sides={"s": {"decides": rule}})
    plain["parties"] |= {name: {"side": "s", "weight": 0, "positions": {"price": 0.5}} for name in ("a", "b")}
    with pytest.raises(sim.ScenarioError, match="'s' has no weight"):
        sim.load(plain)


def test_a_party_that_an_event_leaves_without_weight_passes_and_puts_nothing() -> None:
    lost = [{"date": {"days": 0}, "effects": {"one.weight": {"set": 0}}}]
    worlds = played(scored(1.0, events=lost))
    assert set(worlds["outcome"]) == {"impasse"}
    assert set(worlds["gap"]) == {None}  # only one has an offer


@pytest.mark.parametrize("weights", [(1e-12, 1e-12), (1e12, 1e12), (1e-12, 1e12), (0, 1)])
def test_weights_count_in_proportion(weights: tuple[float, float]) -> None:
    """Two members of one mind are as one, whatever they weigh."""
    plain = scored(1.0, sides={"s": {"decides": {"majority": 0.6}}})
    two = {name: plain["parties"]["other"] | {"side": "s"} for name in ("a", "b")}
    for (_, member), weight in zip(two.items(), weights, strict=True):
        member["weight"] = weight
    plain["parties"] = {"one": plain["parties"]["one"], **two}
    assert set(played(plain)["package.price"]) == {"middle"}
