"""What an executor sends back of a run: rows and one summary a stretch, small, and nothing is lost on the way."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.sweeps.stretches import stretch


class Wire(Executor):
    """Does each task at once, as on another machine: what goes there and what comes back is pickled and weighed."""

    def __init__(self) -> None:
        self.tasks = self.sent = self.received = 0

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        task = pickle.dumps((function, arguments, named))
        function, arguments, named = pickle.loads(task)
        result = pickle.dumps(function(*arguments, **named))
        self.tasks += 1
        self.sent += len(task)
        self.received += len(result)
        future.set_result(pickle.loads(result))
        return future


def written(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_an_executor_changes_no_byte_and_sends_each_stretch_once(tmp_path: Path) -> None:
    sim.run(sim.load("price_haggle"), worlds=700, seed=3, out=tmp_path / "here", report=False)
    wire = Wire()
    scenario = sim.load("price_haggle")
    sim.run(scenario, worlds=700, seed=3, out=tmp_path / "there", report=False, executor=wire, batch=40)
    assert written(tmp_path / "there") == written(tmp_path / "here")
    assert wire.tasks == -(-700 // stretch(700, 40, 1, 16_384)) < 700 / 40


@pytest.mark.parametrize(
    ("worlds", "batch", "workers"), [(1, 1, 1), (700, 40, 1), (100_000, 4000, 2), (10**9, 4000, 64)]
)
def test_a_stretch_is_whole_batches_and_leaves_every_worker_some(worlds: int, batch: int, workers: int) -> None:
    length = stretch(worlds, batch, workers, 16_384)
    assert length % batch == 0
    assert length == batch or length <= 16_384
    assert length == batch or worlds / length >= 4 * workers


@pytest.mark.slow
def test_a_long_run_of_the_founding_scenario_sends_at_most_300_bytes_a_world(tmp_path: Path) -> None:
    wire, worlds = Wire(), 65_536
    sim.run(sim.load("nato_russia_2022"), worlds=worlds, out=tmp_path / "run", report=False, executor=wire)
    assert wire.received <= 300 * worlds
