"""Missed deals: counted as by looking at every package of every world that ended without a deal."""

from __future__ import annotations

import json
from pathlib import Path

from plain import PlainWorld

import sim
from sim.report.words.missed_deals import missed_in_words
from sim.scenario.loading import loads
from sim.sweeps.missed_deals import WITHOUT_DEAL, missed_deals

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


def test_missed_deals_are_those_that_looking_at_every_package_finds() -> None:
    scenario = loads(json.dumps(HASTY), "hasty.yaml")
    run = sim.run(scenario, worlds=150, seed=3)
    without = [row["world"] for row in run.worlds.to_dicts() if row["outcome"] in WITHOUT_DEAL]
    zones = [bool(PlainWorld(scenario, world, 3).zone()) for world in without]
    assert 0 < sum(zones) < len(zones)
    found = missed_deals(scenario, 3, run.table)
    assert (found.without_deal, found.asked, found.settled, found.missed) == (
        len(without), len(without), len(without), sum(zones),
    )  # fmt: skip
    some = missed_deals(scenario, 3, run.table, most=20)
    assert (some.without_deal, some.asked, some.missed) == (len(without), 20, sum(zones[:20]))
    assert f"the first 20 of the {len(without)} worlds" in missed_in_words(some)


def test_only_a_report_asks_for_missed_deals(tmp_path: Path) -> None:
    scenario = loads(json.dumps(HASTY), "hasty.yaml")
    plain = sim.run(scenario, worlds=40, seed=3, out=tmp_path / "plain", report=False)
    assert "missed_deals" not in plain.as_json()
    told = sim.run(scenario, worlds=40, seed=3, out=tmp_path / "told")
    share = told.as_json()["missed_deals"]
    assert share["low"] <= share["share"] == share["count"] / share["settled"] <= share["high"]
    assert json.loads((tmp_path / "told" / "summary.json").read_text())["missed_deals"] == share
    page = (tmp_path / "told" / "report.html").read_text()
    assert "there was a package that all who are needed could have signed" in page
