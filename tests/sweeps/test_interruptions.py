"""What really happens to programs: killed, interrupted, without workers, without room on the disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from interrupts import hear_ctrl_c

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

VARY = "parties.seller.reservation=0.1:0.6:14"
WORLDS = 600
SMALL_PARTS = "import sys; from sim.sweeps import sweep; sweep.PART = 600; from sim.cli import main; main()"


def command(out: Path, *more: str) -> list[str]:
    """The program, with a part for each point."""
    asked = ["sweep", "price_haggle", "--vary", VARY, "--worlds", str(WORLDS), "--no-report", "--json"]
    return [sys.executable, "-c", SMALL_PARTS, *asked, "--out", str(out), *more]


def start(out: Path, *more: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(out, *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=before or hear_ctrl_c,
    )


def parts(out: Path) -> int:
    return len(list((out / ".parts").glob("points-*.parquet")))


def wait_for_parts(program: subprocess.Popen[str], out: Path, count: int) -> None:
    until = time.monotonic() + 120
    while parts(out) < count:
        assert program.poll() is None, program.communicate()[1]
        assert time.monotonic() < until
        time.sleep(0.01)


def children(program: subprocess.Popen[str]) -> list[int]:
    """Worker processes of a program."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(state[1]) == program.pid and b"spawn_main" in line:
                found.append(int(entry.name))
    return found


def files(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "sweep"
    subprocess.run(command(out), check=True, capture_output=True)
    return out


def assert_resumes_to(undisturbed: Path, out: Path, at_least: int) -> None:
    told = subprocess.run(command(out), check=True, capture_output=True, text=True).stdout
    assert json.loads(told)["resumed"] >= at_least
    assert files(out) == files(undisturbed)


def test_killed_twice_and_gone_on_with(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    for count in (2, 5):
        program = start(out)
        wait_for_parts(program, out, count)
        program.kill()
        assert program.wait() == -signal.SIGKILL
    assert_resumes_to(undisturbed, out, at_least=5)


def test_interrupted_by_ctrl_c(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    program = start(out, "--workers", "2")
    wait_for_parts(program, out, 2)
    os.killpg(program.pid, signal.SIGINT)
    said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert said[0] == ""
    assert "what is finished is kept" in said[1]
    assert "Traceback" not in said[1]
    assert_resumes_to(undisturbed, out, at_least=2)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_a_killed_worker_costs_nothing(undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    program = start(out, "--workers", "2")
    wait_for_parts(program, out, 2)
    workers = children(program)
    assert len(workers) == 2
    os.kill(workers[0], signal.SIGKILL)
    said = program.communicate(timeout=120)
    assert program.returncode == 0, said[1]
    assert files(out) == files(undisturbed)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc")
def test_workers_end_with_a_killed_program(tmp_path: Path) -> None:
    out = tmp_path / "sweep"
    program = start(out, "--workers", "2")
    wait_for_parts(program, out, 1)
    workers = children(program)
    assert workers
    program.kill()
    program.wait()
    until = time.monotonic() + 30
    while any(running(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


def running(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_full_disk_loses_nothing_finished(undisturbed: Path, tmp_path: Path) -> None:
    import resource

    out = tmp_path / "sweep"
    program = start(out)
    wait_for_parts(program, out, 3)
    program.kill()
    program.wait()
    size = max(path.stat().st_size for path in (out / ".parts").iterdir())

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))

    program = start(out, before=no_room)
    said = program.communicate(timeout=60)
    assert program.returncode == 1
    assert said[0] == ""
    assert "the sweep failed: File too large; what is finished is kept" in said[1]
    assert "Traceback" not in said[1]
    assert_resumes_to(undisturbed, out, at_least=3)


def test_no_room_for_the_joined_table(undisturbed: Path, tmp_path: Path) -> None:
    import resource

    out = tmp_path / "sweep"
    room = (undisturbed / "points.parquet").stat().st_size - 1

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    program = start(out, before=little_room)
    said = program.communicate(timeout=120)
    assert program.returncode == 1, said
    assert "what is finished is kept" in said[1]
    assert "Traceback" not in said[1]
    assert not (out / "points.parquet").exists()
    assert_resumes_to(undisturbed, out, at_least=14)
