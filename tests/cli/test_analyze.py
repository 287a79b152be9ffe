"""`detente analyze`: the keys of its JSON, its text, its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app

CLASH = """
format: 1
title: A clash
issues:
  land: {options: [none, half, all], status_quo: none}
  money: {options: [none, some, much], status_quo: none}
parties:
  buyer:
    positions: {land: all, money: none}
    salience: {land: 0.5, money: 0.5}
    red_lines: {money: [much]}
    reservation: 0.7
  owner:
    positions: {land: none, money: much}
    salience: {land: 0.5, money: 0.5}
    reservation: {uniform: [0.3, 0.9]}
"""


@pytest.fixture
def clash(tmp_path: Path) -> str:
    path = tmp_path / "clash.yaml"
    path.write_text(CLASH)
    return str(path)


def told(*arguments: str) -> dict[str, object]:
    result = CliRunner().invoke(app, ["analyze", *arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def test_json_where_there_is_no_deal(clash: str) -> None:
    found = told(clash)
    assert found["packages"] == 9
    assert found["feasible"] is False
    assert found["feasible_packages"] == found["beyond_status_quo"] == 0
    assert found["solutions"] == dict.fromkeys(["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"])
    # Utilities are (land + 1 - money) / 2 for the buyer and 1 less that for the owner, places 0, 1/2, 1.
    frontier = [point["utilities"] for point in found["frontier"]]  # type: ignore[attr-defined]
    assert [point["buyer"] for point in frontier] == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert all(point["buyer"] + point["owner"] == 1.0 for point in frontier)
    closest = found["closest"]
    assert closest["package"] == {"land": "none", "money": "none"}  # type: ignore[index]
    assert closest["shortfalls"] == pytest.approx({"buyer": 0.2, "owner": 0.1})  # type: ignore[index]
    changes = [entry["changes"] for entry in found["relax"]]  # type: ignore[attr-defined]
    assert changes == [
        [{"party": "owner", "reservation": 0.25}],
        [{"party": "buyer", "reservation": 0.25}],
    ]


def test_applying_a_repair_opens_the_zone(clash: str) -> None:
    for repair in told(clash)["relax"]:  # type: ignore[attr-defined]
        changes = [f"--set=parties.{one['party']}.reservation={one['reservation']}" for one in repair["changes"]]
        found = told(clash, *changes)
        assert found["feasible"] is True
        assert found["closest"]["shortfalls"] == {"buyer": 0.0, "owner": 0.0}  # type: ignore[index]


def test_json_where_there_is_a_deal(clash: str) -> None:
    found = told(clash, "--set", "parties.buyer.reservation=0.2", "--worlds", "50", "--seed", "2")
    assert found["feasible"] is True
    assert found["relax"] == []
    for solution in found["solutions"].values():  # type: ignore[attr-defined]
        assert set(solution["package"]) == {"land", "money"}
        assert solution["utilities"]["buyer"] >= 0.2
        assert solution["utilities"]["owner"] >= 0.6
    drawn = found["worlds"]["feasible"]  # type: ignore[index]
    assert drawn["count"] / 50 == drawn["share"]
    assert 0 < drawn["low"] < drawn["share"] < drawn["high"] <= 1


def test_solutions_may_differ_on_every_issue(tmp_path: Path) -> None:
    file = tmp_path / "price.yaml"
    file.write_text(
        "format: 1\ntitle: One price\nissues: {price: {scale: {from: -8, to: 12, step: 1}}}\nparties:\n"
        "  buyer: {positions: {price: 8}, reservation: 0.35}\n  seller: {positions: {price: 12}, reservation: 0.45}\n"
    )
    solutions = told(str(file))["solutions"]
    picked = {name: solution["package"]["price"] for name, solution in solutions.items()}  # type: ignore[attr-defined]
    assert picked == {"nash": "11", "kalai_smorodinsky": "10", "egalitarian": "11", "utilitarian": "11"}
    text = CliRunner().invoke(app, ["analyze", str(file)]).stdout
    assert "no issue on which all four solutions pick the same" in text


def test_text_names_the_conflict_and_the_repair(clash: str) -> None:
    result = CliRunner().invoke(app, ["analyze", clash])
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "No package is acceptable to both sides" in words
    assert "The conflict is between buyer and owner" in words
    assert "less is enough for buyer (0.7 to 0.25)" in words


def test_nothing_is_written_unless_asked_for(clash: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)
    told(clash)
    assert not list(empty.iterdir())


def test_the_page_is_written_whole_and_not_over_another(clash: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["analyze", clash, "--worlds", "20", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    page = (out / "report.html").read_text()
    assert "The conflict is between buyer and owner" in page
    assert page.count("<svg") == 3
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert json.loads((out / "analysis.json").read_text())["feasible"] is False
    assert {path.stem for path in (out / "figures").iterdir()} == {"utility_space", "win_sets", "conflict"}
    again = CliRunner().invoke(app, ["analyze", clash, "--out", str(out)])
    assert again.exit_code == 2
    assert "--overwrite" in again.stderr


def test_a_deal_between_many_sides_has_a_page_too(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(app, ["analyze", str(shared / "data" / "scorable_base.yaml"), "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert "12 (1.7%) are acceptable to all 6 sides" in (out / "report.html").read_text()
