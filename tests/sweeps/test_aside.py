"""A second process works aside: the same results with it, without it, and where it dies."""

from __future__ import annotations

import os
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.sweeps import aside
from sim.sweeps.aside import Second
from sim.sweeps.blocks import play
from sim.sweeps.possible import Asking, ask
from sim.talks.play import play as play_worlds


class Lost(Executor):
    """Workers that have died."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise BrokenExecutor


class Dying(Executor):
    """Workers that die with their first work."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor())
        return future


@pytest.mark.parametrize("executor", [None, Lost(), Dying(), ThreadPoolExecutor(1)])
def test_work_gives_its_result_whoever_does_it(executor: Executor | None) -> None:
    second = Second(executor)
    later = second.later(pow, 2, 5)
    now = second.begin(pow, 3, 2)
    assert (now(), later()) == (9, 32)
    assert second.later(max, 4, 7)() == 7


def test_what_can_wait_begins_after_what_is_begun() -> None:
    done: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        second = Second(pool)
        second.later(done.append, "later")
        second.begin(done.append, "now")
    assert done == ["now", "later"]


@pytest.mark.parametrize("name", ["price_haggle", "four_issue_trade"])
def test_what_was_possible_is_the_same_asked_aside(name: str) -> None:
    scenario = sim.load(name)
    here = Asking(scenario)
    play_worlds(scenario, 3, np.arange(5, 65), [here])
    there = ask(scenario, 3, 5, 65)
    order = np.argsort(here.worlds)
    assert here.found is not None
    assert there.found is not None
    assert here.worlds[order].tolist() == there.worlds.tolist()
    for field in ("exists", "settled", "told", "issue"):
        np.testing.assert_array_equal(getattr(here.found, field)[..., order], getattr(there.found, field))
    with ThreadPoolExecutor(1) as pool:
        aside_, alone = play(scenario, 3, 5, 65, Second(pool)), play(scenario, 3, 5, 65)
    np.testing.assert_array_equal(aside_.summary.possible.zones, alone.summary.possible.zones)
    np.testing.assert_array_equal(aside_.summary.possible.pivots, alone.summary.possible.pivots)


def test_worlds_beyond_those_that_are_asked_are_not() -> None:
    asked = ask(sim.load("price_haggle"), 0, 5_000, 5_010)
    assert asked.found is None
    assert not len(asked.worlds)


@pytest.mark.slow
def test_a_run_writes_the_same_files_with_a_second_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = sim.load("nato_russia_2022")
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(aside, "_PAYS", 0)
    for name, second in (("alone", False), ("aside", True)):
        sim.run(scenario, 40, 2, out=tmp_path / name, aside=second)
    files = sorted(path.relative_to(tmp_path / "alone") for path in (tmp_path / "alone").rglob("*.*"))
    assert len(files) > 15
    for file in files:
        assert (tmp_path / "alone" / file).read_bytes() == (tmp_path / "aside" / file).read_bytes(), file
