from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

SMALL = """\
format: 1
title: Two sides
start: 2022-01-10
end: 2022-02-23
issues:
  membership:
    options:
      - {id: barred, at: 0}
      - moratorium
      - {id: open_door, at: 1}
    status_quo: open_door
sides:
  nato: {decides: consensus}
parties:
  USA:
    side: nato
    positions: {membership: open_door}
    reservation: 0.4
  POL: {side: nato, like: USA, weight: 0.5}
  RUS:
    positions: {membership: barred}
    reservation: {plus_minus: [0.3, 0.3]}
meetings:
  - {id: geneva, date: 2022-01-10, rounds: 4}
  - {id: brussels, date: 2022-01-12, rounds: 2}
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A valid scenario file in the working directory, `small.yaml`; its text."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, encoding="utf-8")
    return SMALL


@pytest.fixture(scope="session")
def detente() -> Callable[..., tuple[int, str, str]]:
    """Runs a command in this process; exit code, standard output, standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        from sim.cli.app import app

        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture(scope="session")
def program() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the program in a process of its own."""

    def run(arguments: Sequence[str], **options: Any) -> subprocess.CompletedProcess[str]:
        settings: dict[str, Any] = {"capture_output": True, "text": True, "timeout": 120, "check": False} | options
        return subprocess.run([sys.executable, "-m", "sim", *arguments], **settings)

    return run
