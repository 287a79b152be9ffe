"""`detente sweep`: what it prints and writes, its page, and the memory it takes."""

from __future__ import annotations

import html
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import sim
from sim.cli.app import app

VARY = ["--vary", "parties.seller.reservation=0.1:0.62345678:3"]


def detente(*words: str) -> tuple[int, str, str]:
    ran = CliRunner().invoke(app, list(words))
    return ran.exit_code, ran.stdout, ran.stderr


def test_json_is_one_object_and_progress_stands_in_the_log(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    asked = ["sweep", "price_haggle", *VARY, "--worlds", "40", "--seed", "2", "--no-report", "--json", "--out", out]
    code, told, said = detente(*asked)
    assert code == 0
    found = json.loads(told)
    points = pl.read_parquet(tmp_path / "out" / "points.parquet")
    assert found.keys() == {
        *("scenario", "design", "points", "worlds", "negotiations", "seed", "out", "resumed", "varied", "outcomes"),
        "gap",
    }
    assert (found["points"], found["worlds"], found["negotiations"], found["seed"]) == (3, 40, 120, 2)
    shares = points["agreement.share"]
    assert found["outcomes"]["agreement"] == {"least": shares.min(), "most": shares.max()}
    assert said.splitlines() == ["sweep: 0 of 3 points (0%)", "sweep: 3 of 3 points (100%)"]
    assert json.loads(detente(*asked)[1])["resumed"] == 3


def test_another_sweep_in_the_same_directory_ends_with_2(tmp_path: Path) -> None:
    asked = ["sweep", "price_haggle", *VARY, "--worlds", "10", "--no-report", "--out", str(tmp_path / "out")]
    assert detente(*asked)[0] == 0
    code, told, said = detente(*asked, "--seed", "1")
    assert (code, told) == (2, "")
    assert "seed: 0 there, 1 here" in said


def test_the_command_on_the_page_computes_the_same_sweep(tmp_path: Path) -> None:
    assert detente("sweep", "price_haggle", *VARY, "--worlds", "30", "--out", str(tmp_path / "one"))[0] == 0
    page = html.unescape((tmp_path / "one" / "report.html").read_text(encoding="utf-8"))
    (command,) = re.findall(r"<code>(detente sweep .*?)</code>", page)
    assert detente(*shlex.split(command)[1:], "--no-report", "--out", str(tmp_path / "two"))[0] == 0
    first, second = (pl.read_parquet(tmp_path / name / "points.parquet") for name in ("one", "two"))
    assert first.equals(second)


def test_the_page_of_second_order_indices_names_the_pairs(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    vary = ["parties.seller.reservation=0.1:0.6", "parties.buyer.reservation"]
    sim.sweep("price_haggle", vary, design="sobol2", points=16, worlds=20, out=tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    pair = r"Seller’s value of no deal</th><td[^>]*>Buyer’s value of no deal</td>"
    assert re.search(pair, page)


PEAK = """
import sys, sim
points = f"parties.seller.reservation=0.1:0.6:{sys.argv[1]}"
sim.sweep("price_haggle", [points], worlds=200, out=sys.argv[2], report=False, keep_worlds=True)
print(*(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say what a process took")
def test_ten_times_the_points_take_no_more_memory(tmp_path: Path) -> None:
    def peak(points: int) -> int:
        command = [sys.executable, "-c", PEAK, str(points), str(tmp_path / str(points))]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1])

    assert peak(2000) < 1.3 * peak(200)
