"""`detente compare`: differences, transitions and reasons against a count by hand; what cannot be compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from plain import PlainWorld
from report.dom import Page

import sim
from sim.scenario.loading import loads

Detente = Callable[..., tuple[int, str, str]]

TEXT = """\
format: 1
title: <b>Talks</b> & more
start: 2022-01-10
issues:
  land: {title: The <i>land</i>, options: [mine, ours, yours], status_quo: ours}
  sea: {options: [closed, open], status_quo: closed}
sides: {left: {title: The Left}}
parties:
  A: {title: Arcadia, side: left, positions: {land: mine, sea: open}, reservation: {uniform: [0.4, 0.8]}}
  C: {title: Cimmeria, side: left, positions: {land: ours, sea: open}, reservation: {uniform: [0.3, 0.7]}}
  B: {title: Borduria, positions: {land: yours, sea: open}, reservation: {uniform: [0.4, 0.8]}, concession: linear}
meetings: [{id: one, date: 2022-01-10, rounds: 6}]
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Directories of runs: base, softer (one number changed), other_seed, fewer, other_issues, and the files."""
    folder = tmp_path_factory.mktemp("runs")
    base = loads(TEXT, "base.yaml")
    softer = loads(TEXT, "base.yaml", ["parties.B.reservation=0.3"])
    sim.run(base, 200, 5, out=folder / "base", report=False)
    sim.run(softer, 200, 5, out=folder / "softer", report=False)
    sim.run(softer, 200, 6, out=folder / "other_seed", report=False)
    sim.run(softer, 150, 5, out=folder / "fewer", report=False)
    sim.run(loads(TEXT.replace("sea", "air"), "air.yaml"), 20, 5, out=folder / "other_issues", report=False)
    return folder


def tables(folder: Path, *names: str) -> list[pl.DataFrame]:
    return [pl.read_parquet(folder / name / "worlds.parquet") for name in names]


def pair(detente: Detente, folder: Path, *names: str) -> dict[str, Any]:
    code, out, err = detente("compare", *(str(folder / name) for name in names), "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    return dict(json.loads(out)["pairs"][-1])


def test_shares_transitions_and_deals_are_those_counted_by_hand(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "softer")
    first, second = tables(runs, "base", "softer")
    before, after = first["outcome"].to_list(), second["outcome"].to_list()
    assert told["paired"]
    assert told["worlds"] == 200
    for share in told["outcomes"]:
        assert share["first"] == pytest.approx(before.count(share["name"]) / 200)
        assert share["second"] == pytest.approx(after.count(share["name"]) / 200)
        assert share["low"] <= share["second"] - share["first"] <= share["high"]
    moved = Counter(zip(before, after, strict=True))
    assert {(one["first"], one["second"]): one["count"] for one in told["transitions"]} == dict(moved)
    for one in told["transitions"]:
        assert all(before[k] == one["first"] and after[k] == one["second"] for k in one["worlds"])
    assert told["changed"] == sum(count for (a, b), count in moved.items() if a != b) > 10
    packages = [column for column in first.columns if column.startswith("package.")]
    same = [
        row != other and a == b
        for row, other, a, b in zip(first[packages].rows(), second[packages].rows(), before, after, strict=True)
    ]
    assert told["other_deals"] == sum(same)
    for one in told["settlements"]:
        column = f"package.{one['issue']}"
        shares = [table[column].to_list().count(one["option"]) / 200 for table in (first, second)]
        assert [one["share"]["first"], one["share"]["second"]] == pytest.approx(shares)
    change = [b - a for a, b in zip(first["gap"], second["gap"], strict=True) if a is not None and b is not None]
    assert told["gap"]["value"] == pytest.approx(sum(change) / len(change))
    assert told["altered"] == ["+ --set parties.B.reservation=0.3"]


def blocking(scenario: sim.Scenario, world: int) -> set[str]:
    """Who objects to the last offer of the other side or, if nobody does, holds out for more; nobody with a deal."""
    minutes, plain = sim.trace(scenario, world, 5), PlainWorld(scenario, world, 5)
    if minutes.outcome == "agreement":
        return set()
    time = minutes.meetings[-1].rounds[-1].time
    objecting, waiting = set(), set()
    for p, party in enumerate(scenario.parties):
        other = next(side.id for s, side in enumerate(scenario.sides) if s != party.side)
        package = tuple(issue.index(minutes.last_offers[other][issue.id]) for issue in scenario.issues)
        best = sum(max(plain.worth(p, j, k) for k in range(len(one.options))) for j, one in enumerate(scenario.issues))
        exponent = plain.values[dict(party.concession.numbers)["exponent"].path]
        demands = best - (best - plain.reservation(p)) * time**exponent
        if plain.objects(p, package):
            objecting.add(party.id)
        elif plain.utility(p, package) < demands - 1e-9:
            waiting.add(party.id)
    return objecting or waiting


def test_who_stopped_blocking_is_counted_as_by_hand(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "softer")
    first, second = tables(runs, "base", "softer")
    changed = [k for k, (a, b) in enumerate(zip(first["outcome"], second["outcome"], strict=True)) if a != b]
    assert told["replayed"] == told["changed"] == len(changed)
    scenarios = loads(TEXT, "base.yaml"), loads(TEXT, "base.yaml", ["parties.B.reservation=0.3"])
    before, after = (Counter(name for k in changed for name in blocking(one, k)) for one in scenarios)
    fewer = Counter({name: before[name] - after[name] for name in "ABC"})
    found = Counter(dict.fromkeys("ABC", 0))
    for one in told["blockers"]:
        found[one["party"]] += one["stopped"] - one["started"]
    assert found == fewer
    assert sum(fewer.values()) > 10
    assert told["same_blockers"] == sum(blocking(scenarios[0], k) == blocking(scenarios[1], k) for k in changed)


def test_the_headline_says_how_many_agree_and_whether_that_can_be_chance(detente: Detente, runs: Path) -> None:
    for names in (("base", "softer"), ("base", "base"), ("base", "other_seed")):
        told = pair(detente, runs, *names)
        agreed = next(one for one in told["outcomes"] if one["name"] == "agreement")
        _, out, _ = detente("compare", *(str(runs / name) for name in names))
        text = " ".join(out.split())
        certain = agreed["low"] > 0 or agreed["high"] < 0
        same = told["paired"] and not told["changed"]
        assert ("which can be chance" in text) == (not certain and not same)
        assert f"{100 * agreed['difference']:+.1f} points" in text or agreed["difference"] == 0
        assert (f"{told['changed']} of {told['worlds']} worlds" in text) == (told["paired"] and told["changed"] > 0)


def test_runs_with_other_seeds_are_compared_as_different_worlds_and_it_is_said(detente: Detente, runs: Path) -> None:
    paired, unpaired = pair(detente, runs, "base", "softer"), pair(detente, runs, "base", "other_seed")
    assert not unpaired["paired"]
    assert (unpaired["transitions"], unpaired["changed"], unpaired["blockers"]) == ([], 0, [])
    assert "seeds differ" in unpaired["notes"][0]
    wide, narrow = (next(s for s in one["outcomes"] if s["name"] == "agreement") for one in (unpaired, paired))
    assert wide["high"] - wide["low"] > narrow["high"] - narrow["low"]


def test_the_worlds_that_both_have_are_compared(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "fewer")
    assert told["worlds"] == 150
    assert sum(one["count"] for one in told["transitions"]) == 150
    assert any("the first 150" in note for note in told["notes"])


def test_a_run_against_itself_shows_no_difference(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "base")
    assert (told["changed"], told["other_deals"], told["blockers"], told["altered"]) == (0, 0, [], [])
    assert all(share["low"] <= 0 <= share["high"] and share["difference"] == 0 for share in told["outcomes"])


def test_the_page_has_every_pair_and_shows_text_as_itself(detente: Detente, runs: Path, tmp_path: Path) -> None:
    places = [str(runs / name) for name in ("base", "softer", "other_seed")]
    code, out, _ = detente("compare", *places, "--out", str(tmp_path / "c"))
    assert code == 0
    assert "softer against base" in out
    assert {path.name for path in (tmp_path / "c").iterdir()} == {
        "comparison.json", "figures", "manifest.json", "report.html"
    }  # fmt: skip
    text = (tmp_path / "c" / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert not page.faults
    assert page.find("h1")[0].text == "<b>Talks</b> & more"
    assert [one.text for one in page.find("h2")][2:4] == ["softer against base", "other_seed against base"]
    assert all(one.attributes["aria-label"] for one in page.find("svg"))
    before = {path.name: path.read_bytes() for path in (tmp_path / "c").rglob("*") if path.is_file()}
    assert detente("report", str(tmp_path / "c"))[0] == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "c").rglob("*") if path.is_file()} == before


def test_what_cannot_be_compared_is_one_message(detente: Detente, runs: Path, tmp_path: Path) -> None:
    cases = [
        (["base"], "two directories"),
        (["base", "nowhere"], "not a directory"),
        (["base", "other_issues"], "sea only in"),
    ]
    for names, words in cases:
        code, out, err = detente("compare", *(str(runs / name) for name in names), "--out", str(tmp_path / "c"))
        assert (code, out) == (2, "")
        assert words in err
        assert "Traceback" not in err
    assert not (tmp_path / "c").exists()


def test_the_interface_says_the_same(runs: Path) -> None:
    found = sim.compare(runs / "base", runs / "softer")
    (only,) = found.pairs
    assert only.paired
    assert only.changed == sum(one.count for one in only.transitions if one.first != one.second)
    assert found.as_json()["pairs"][0]["changed"] == only.changed


def test_what_changed_is_told_first_by_name_with_old_and_new_value(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "softer")
    assert told["values"] == [
        {
            "path": "parties.B.reservation",
            "old": "uniform: [0.4, 0.8]",
            "new": "0.3",
            "old_uncertain": True,
            "new_uncertain": False,
            "whole": 0,
        }
    ]
    _, out, _ = detente("compare", str(runs / "base"), str(runs / "softer"))
    words = " ".join(out.split())
    change = (
        "Borduria’s value of no deal (parties.B.reservation): from uniform: [0.4, 0.8] (uncertain) to 0.3 (certain)"
    )
    assert change in words
    assert words.index(change) < words.index("Agreement in")


def test_content_of_deals_is_counted_among_those_of_both_and_of_each(detente: Detente, runs: Path) -> None:
    told = pair(detente, runs, "base", "softer")
    first, second = tables(runs, "base", "softer")
    dealt = [table["package.land"].is_not_null().to_list() for table in (first, second)]
    both = [k for k in range(200) if dealt[0][k] and dealt[1][k]]
    assert told["deals"] == [sum(dealt[0]), sum(dealt[1]), len(both)]
    assert 0 < len(both) < max(told["deals"])
    for one in told["contents"]:
        columns = [table[f"package.{one['issue']}"].to_list() for table in (first, second)]
        among_both = [sum(column[k] == one["option"] for k in both) / len(both) for column in columns]
        assert [one["both"]["first"], one["both"]["second"]] == pytest.approx(among_both)
        among_each = [column.count(one["option"]) / sum(d) for column, d in zip(columns, dealt, strict=True)]
        assert [one["either"]["first"], one["either"]["second"]] == pytest.approx(among_each)
    assert told["contents"]
    unpaired = pair(detente, runs, "base", "other_seed")
    assert unpaired["deals"][2] == 0
    assert all(one["both"] is None and one["either"] for one in unpaired["contents"])
