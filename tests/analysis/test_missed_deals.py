"""What was possible in the worlds of a run: counted as by looking at every package, drawn from or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from analysis.brute import Brute
from plain import PlainWorld

import sim
from sim.report.words.missed_deals import missed_in_words
from sim.scenario.loading import loads
from sim.sweeps import possible
from sim.sweeps.possible import WITHOUT_DEAL
from sim.sweeps.stored import read_run

UNSURE = {"uniform": [0.2, 0.9]}
HASTY = {
    "format": 1,
    "title": "Hasty",
    "issues": {j: {"options": ["a", "b", "c"]} for j in ("x", "y")},
    "parties": {
        "one": {"positions": {"x": 0, "y": 1}, "salience": {"x": 0.7, "y": 0.3}, "reservation": UNSURE},
        "two": {"positions": {"x": 1, "y": 0}, "salience": {"x": 0.4, "y": 0.6}, "reservation": UNSURE},
    },
    "meetings": [{"id": "only", "date": {"days": 0}, "rounds": 2}],
    "clock": "days",
}
LIMITS = ({0}, {1})


def test_missed_deals_and_blockers_are_those_that_looking_at_every_package_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = loads(json.dumps(HASTY), "hasty.yaml")
    run = sim.run(scenario, worlds=150, seed=3)
    rows = run.worlds.to_dicts()
    brutes = [Brute(PlainWorld(scenario, row["world"], 3)) for row in rows]
    without = [bool(brute.zone) for row, brute in zip(rows, brutes, strict=True) if row["outcome"] in WITHOUT_DEAL]
    assert 0 < sum(without) < len(without)
    found = run.as_json()
    told = {name: found["missed_deals"][name] for name in ("without_deal", "asked", "settled", "count")}
    assert told == {"without_deal": len(without), "asked": len(without), "settled": len(without), "count": sum(without)}
    assert (found["zone"]["asked"], found["zone"]["count"]) == (150, sum(bool(brute.zone) for brute in brutes))
    failed = [brute for row, brute in zip(rows, brutes, strict=True) if row["outcome"] != "agreement"]
    assert found["blockers_of"] == len(failed)
    for p, party in enumerate(("one", "two")):
        opened = sum(not brute.zone and any(brute.deal(x, LIMITS[p]) for x in brute.packages) for brute in failed)
        share = sum(one["share"] for one in found["blockers"] if one["party"] == party)
        assert share == pytest.approx(opened / len(failed))
    monkeypatch.setattr(possible, "ASKED", 40)
    some = sim.run(scenario, worlds=150, seed=3)
    first = [row for row in rows[:40] if row["outcome"] in WITHOUT_DEAL]
    assert some.as_json()["missed_deals"]["asked"] == len(first)
    assert f"{len(first)} of the {len(without)} worlds" in missed_in_words(some.summary.missed_deals)


def test_the_same_is_told_with_and_without_a_report_and_is_kept(tmp_path: Path) -> None:
    scenario = loads(json.dumps(HASTY), "hasty.yaml")
    plain = sim.run(scenario, worlds=40, seed=3, out=tmp_path / "plain", report=False)
    told = sim.run(scenario, worlds=40, seed=3, out=tmp_path / "told")
    assert {**plain.as_json(), "out": None} == {**told.as_json(), "out": None}
    assert json.loads((tmp_path / "plain" / "summary.json").read_text()) == {**told.as_json(), "out": None}
    assert read_run(tmp_path / "plain").as_json() == plain.as_json()
    page = (tmp_path / "told" / "report.html").read_text()
    assert "there was a package that all who are needed could have signed" in page
    assert "needs and red lines of a single party" in page


def test_the_batches_do_not_matter() -> None:
    scenario = loads(json.dumps(HASTY), "hasty.yaml")
    assert sim.run(scenario, worlds=60, batch=7).as_json() == sim.run(scenario, worlds=60).as_json()
