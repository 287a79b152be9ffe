"""What the how-to for clusters tells one to type does what it says."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import sim

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="scripts for a POSIX shell")

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "run-on-a-cluster.md"
SCRIPTS = dict(re.findall(r"<!-- (run[^>]*?) -->\n```sh\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL))
SRUN = '#!/bin/sh\n"$@" &\n"$@" &\nwait\n'
"""Two tasks, each started as Slurm's would be."""


@pytest.mark.parametrize("how", ["run", pytest.param("run with srun", marks=pytest.mark.slow)])
def test_a_script_of_the_how_to_plays_the_sweep(how: str, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "srun").write_text(SRUN)
    (programs / "srun").chmod(0o755)
    for name in ("dask", "detente"):
        (programs / name).write_text(f'#!/bin/sh\nexec "{Path(sys.executable).with_name(name)}" "$@"\n')
        (programs / name).chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    shell = subprocess.Popen(
        ["bash", "-e"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "DASK_TEMPORARY_DIRECTORY": str(tmp_path)},
        start_new_session=True,
    )
    try:
        told, _ = shell.communicate(f"trap 'kill $(jobs -p)' EXIT\n{SCRIPTS[how]}", timeout=300)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)
    (out,) = (tmp_path / "results").iterdir()
    here = sim.sweep("price_haggle", ["parties.seller.reservation=0.2:0.7:20"], worlds=200)
    assert sim.read_sweep(out).points.equals(here.points), told


def test_both_scripts_are_found() -> None:
    assert list(SCRIPTS) == ["run", "run with srun"]
