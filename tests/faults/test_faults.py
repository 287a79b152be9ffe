"""A small size of `python -m tests.faults`: what happens to programs, done to some of those that write."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("signals of POSIX", allow_module_level=True)

from faults.harms import COMMANDS, Bench, bench, harms

SMALL = {
    "trace --out": ("SIGTERM", "SIGKILL", "full disk"),
    "new": ("SIGINT",),
    "run --workers": ("SIGHUP", "damaged file"),
    "sweep --workers": ("worker killed",),
}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return bench(tmp_path_factory.mktemp("faults") / "ground", seed=11)


@pytest.mark.parametrize(("name", "harm"), [(name, harm) for name, some in SMALL.items() for harm in some])
def test_nothing_falls(ground: Bench, name: str, harm: str) -> None:
    (command,) = (one for one in COMMANDS if one.name == name)
    assert harms(command)[harm](ground, command) == ""  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize(("command", "harm"), [(one, harm) for one in COMMANDS for harm in harms(one)])
def test_nothing_falls_whatever_is_done(ground: Bench, command: object, harm: str) -> None:
    assert harms(command)[harm](ground, command) == ""  # type: ignore[arg-type, operator]


def test_a_draft_of_a_killed_program_is_cleared_and_one_of_a_living_is_left(tmp_path: Path) -> None:
    from sim.disk.leftovers import clear, let_go, make_draft

    dead, alive = tmp_path / ".r.partial-0123abcd", tmp_path / ".r.partial-89abcdef"
    dead.mkdir()
    lock = make_draft(alive)
    clear(tmp_path, ".r.partial-")
    assert [one.name for one in tmp_path.iterdir()] == [alive.name]
    let_go(lock)


def test_results_that_a_killed_program_was_replacing_come_back(tmp_path: Path) -> None:
    import sim
    from sim.sweeps.store import OutputError

    sim.run(sim.load("price_haggle"), 5, out=tmp_path / "r", report=False)
    before = (tmp_path / "r" / "manifest.json").read_bytes()
    (tmp_path / ".r.partial-0123abcd").mkdir()
    (tmp_path / "r").rename(tmp_path / ".r.partial-0123abcd-old")
    with pytest.raises(OutputError, match="not empty"):
        sim.run(sim.load("price_haggle"), 6, out=tmp_path / "r", report=False)
    assert [one.name for one in tmp_path.iterdir()] == ["r"]
    assert (tmp_path / "r" / "manifest.json").read_bytes() == before
