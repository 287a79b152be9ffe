"""What home refused and who broke silence is told wherever results are: terminal, page, sweep, minutes."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import sim
from sim.cli.app import app

HOME = """
format: 1
title: A deal and its home
issues: {price: {scale: {from: 0, to: 10, step: 1}}}
sides: {s: {title: Sellers, caucus: {drafts: 1}}}
parties:
  buyer:
    {title: The buyer, positions: {price: 0}, reservation: 0.3, concession: linear, ratification: {probability: 0.5}}
  s1: {title: First seller, side: s, positions: {price: 10}, reservation: 0.3, concession: linear}
  s2: {title: Second seller, side: s, positions: {price: 10}, reservation: {choice: [0.3, 0.9]}, concession: linear}
meetings: [{id: talks, rounds: 9}]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    file = tmp_path / "home.yaml"
    file.write_text(HOME, encoding="utf-8")
    return file


def test_the_terminal_tells_who_refused_and_who_broke_silence(home: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["run", str(home), "--worlds", "60", "--no-report", "--out", str(tmp_path / "out")])
    told = " ".join(ran.output.split())
    assert "Not ratified" in told
    assert "were refused at home: by The buyer" in told
    assert "silence was broken by Second seller" in told


def test_the_page_of_a_run_shows_deals_that_were_not_ratified(home: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["run", str(home), "--worlds", "40", "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Not ratified" in page
    assert "a deal was signed, but refused at home" in page


def test_a_sweep_over_the_chances_at_home_counts_them_by_point(home: Path) -> None:
    swept = sim.sweep(str(home), vary=["parties.buyer.ratification.probability=0,0.5,1"], worlds=40)
    shares = swept.points["not_ratified.share"].to_list()
    assert shares[0] > shares[1] > shares[2] == 0
    assert isinstance(swept.points, pl.DataFrame)


def test_minutes_tell_the_caucus_and_the_ratification(home: Path) -> None:
    ran = CliRunner().invoke(app, ["trace", str(home), "--world", "1"])
    told = " ".join(ran.output.split())
    assert "Before talks: Sellers settles" in told
    assert "The deal is ratified" in told or "The deal is not ratified" in told or "no common position" in told
