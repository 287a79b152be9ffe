"""The `sweep` section of a scenario file: what a sweep plays where nothing else is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import sim
from sim.cli.app import app
from sim.scenario.bundled import bundled
from sim.scenario.loading import examine
from sim.scenario.policies import DESIGNS as NAMES
from sim.sweeps.designs import DESIGNS
from sim.sweeps.request import check_section

HAGGLE = bundled()["price_haggle"].read_text(encoding="utf-8")
SECTION = """
sweep:
  design: lhs
  points: 6
  worlds: 20
  vary:
    parties.seller.reservation: 0.2:0.7
    parties.buyer.reservation: own
    parties.seller.concession: [linear, {exponent: 2}, boulware]
  levers:
    meetings.lot.rounds: [4, 12]
"""
ASKED: dict[str, Any] = {
    "vary": [
        "parties.seller.reservation=0.2:0.7",
        "parties.buyer.reservation",
        "parties.seller.concession=linear,{exponent: 2},boulware",
    ],
    "levers": ["meetings.lot.rounds=4,12"],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "haggle.yaml"
    path.write_text(HAGGLE + SECTION)
    return path


def test_a_sweep_without_options_plays_the_section(file: Path) -> None:
    swept = sim.sweep(str(file))
    asked = sim.sweep("price_haggle", **ASKED, design="lhs", points=6, worlds=20)
    assert swept.points.equals(asked.points)
    assert len(swept.points) == 12


def test_design_size_and_worlds_can_be_given_besides(file: Path) -> None:
    swept = sim.sweep(str(file), design="grid", points=2, worlds=5)
    asked = sim.sweep("price_haggle", **ASKED, design="grid", points=2, worlds=5)
    assert swept.points.equals(asked.points)


def test_naming_what_varies_replaces_the_section(file: Path) -> None:
    swept = sim.sweep(str(file), ["parties.buyer.weight=1:2:3"], worlds=5)
    assert swept.manifest["design"] == "grid"
    assert swept.paths == ["parties.buyer.weight"]
    listed = sim.sweep(str(file), points=pl.DataFrame({"parties.buyer.weight": [1.0, 2.0]}), worlds=5)
    assert listed.paths == ["parties.buyer.weight"]


def test_the_section_changes_nothing_else(file: Path) -> None:
    plain = sim.run(sim.load("price_haggle"), worlds=40)
    assert sim.run(sim.load(str(file)), worlds=40).worlds.equals(plain.worlds)


def test_the_command_line_plays_it_and_can_change_it(file: Path, tmp_path: Path) -> None:
    asked = ["sweep", str(file), "--set", "sweep.points=4", "--no-report", "--json", "--out", str(tmp_path / "out")]
    assert json.loads(CliRunner().invoke(app, asked).stdout)["points"] == 8


def at(text: str, path: Path) -> str:
    """File, line and column of the first place in the section where a text stands."""
    whole = path.read_text()
    before = whole[: whole.index(text, whole.index("\nsweep:"))]
    return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("design: lhs", "design: lsh", "lsh", "did you mean 'lhs'"),
        ("points: 6", "point: 6", "point: 6", "unknown key 'point' in a sweep; did you mean 'points'"),
        ("0.2:0.7", "0.2", "0.2\n", "expected LOW:HIGH, LOW:HIGH:N, a list of values, or own, found 0.2"),
        ("[4, 12]", "[]", "[]", "expected LOW:HIGH"),
        ("points: 6", "points: 0.5", "0.5", "for points"),
        ("parties.seller.reservation: 0.2", "parties.seler.reservation: 0.2", "parties.seler", "did you mean 'seller'"),
        ("0.2:0.7", "0.2:7", "parties.seller.reservation: 0.2", "expected a number from 0 to 1"),
        ("0.2:0.7", "0.7:0.2", "parties.seller.reservation: 0.7", "LOW must lie below HIGH"),
        ("[4, 12]", "[4, 4]", "meetings.lot.rounds", "stands twice"),
        ("boulware]", "bouldware]", "parties.seller.concession: [", "did you mean 'boulware'"),
        ("buyer.reservation: own", "buyer.weight: own", "parties.buyer.weight", "the file is sure of this number"),
        ("parties.buyer.reservation", "sweep.points", "sweep.points", "cannot be varied"),
    ],
)
def test_what_is_wrong_in_it_is_told_where_it_stands(file: Path, old: str, new: str, where: str, said: str) -> None:
    assert old in SECTION
    file.write_text(HAGGLE + SECTION.replace(old, new))
    scenario, errors, _ = examine(str(file))
    found = errors or check_section(scenario)  # type: ignore[arg-type]
    assert [str(problem.place) for problem in found] == [at(where, file)]
    assert said in found[0].message
    with pytest.raises(sim.ScenarioError) as error:
        sim.sweep(str(file))
    assert str(error.value) == str(found[0])


def test_a_design_that_cannot_be_made_is_told_by_validate(file: Path) -> None:
    pytest.importorskip("SALib")
    file.write_text(HAGGLE + SECTION.replace("lhs", "sobol"))
    told = CliRunner().invoke(app, ["validate", str(file)])
    assert told.exit_code == 2
    assert f"{at('design: sobol', file)}: the points of a Sobol design must be" in told.stderr


def test_a_section_that_varies_nothing_is_a_mistake(file: Path) -> None:
    file.write_text(HAGGLE + "\nsweep: {design: lhs}\n")
    assert "needs something to vary" in str(examine(str(file))[1][0])


def test_every_design_of_the_format_is_there() -> None:
    assert tuple(DESIGNS) == NAMES
