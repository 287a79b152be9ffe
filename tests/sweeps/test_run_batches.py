"""A run is the same to the last byte whatever its batches and workers, and takes memory by the batch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import sim

ASIDE = {"report.html", "figures"}


def written(directory: Path) -> dict[str, bytes]:
    """The tables of a run, by name."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name not in ASIDE}


@pytest.fixture(scope="module")
def founding() -> sim.Scenario:
    return sim.load("nato_russia_2022")


def test_batches_and_workers_change_no_byte(founding: sim.Scenario, tmp_path: Path) -> None:
    ways = {"whole": {}, "one": {"batch": 1}, "seven": {"batch": 7}, "thousand": {"batch": 1000, "workers": 2}}
    for name, options in ways.items():
        sim.run(founding, worlds=10, seed=11, out=tmp_path / name, report=False, **options)
    whole = written(tmp_path / "whole")
    assert whole.keys() >= {"worlds.parquet", "rounds.parquet", "manifest.json", "summary.json"}
    for name in ways:
        assert written(tmp_path / name) == whole


@pytest.mark.slow
@pytest.mark.parametrize(("batch", "workers"), [(1, 2), (7, 1), (7, 2), (1000, 1), (1000, 2), (1024, 2)])
def test_batches_and_workers_change_no_byte_of_a_long_run(
    founding: sim.Scenario, tmp_path: Path, batch: int, workers: int
) -> None:
    worlds = 200 if batch == 1 else 2500
    options = {"batch": batch, "workers": workers}
    sim.run(founding, worlds=worlds, seed=11, out=tmp_path / "whole", report=False)
    sim.run(founding, worlds=worlds, seed=11, out=tmp_path / "parts", report=False, **options)
    assert written(tmp_path / "parts") == written(tmp_path / "whole")


def test_several_parts_of_the_table_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.sweeps.run.ROWS", 50)
    scenario = sim.load("price_haggle")
    for batch in (1000, 33, 7):
        sim.run(scenario, worlds=230, seed=2, out=tmp_path / str(batch), report=False, batch=batch)
    assert written(tmp_path / "33") == written(tmp_path / "7") == written(tmp_path / "1000")
    on_disk, in_memory = (
        sim.run(scenario, worlds=230, seed=2, out=tmp_path / "o", report=False),
        sim.run(scenario, worlds=230, seed=2),
    )
    assert on_disk.worlds.equals(in_memory.worlds)
    assert on_disk.rounds.equals(in_memory.rounds)


PEAK = """
import sys, sim
scenario = sim.load("price_haggle", ["meetings.lot.rounds=2", "issues.price.scale.step=400"])
sim.run(scenario, worlds=int(sys.argv[1]), out=sys.argv[2], report=False)
print(*(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def peak(worlds: int, out: Path) -> int:
    """The most memory, in kB, that a process takes that plays so many worlds."""
    command = [sys.executable, "-c", PEAK, str(worlds), str(out)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say what a process took")
@pytest.mark.parametrize("worlds", [8_000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_ten_times_the_worlds_take_no_more_memory(tmp_path: Path, worlds: int) -> None:
    assert peak(10 * worlds, tmp_path / "many") < 1.3 * peak(worlds, tmp_path / "few")
