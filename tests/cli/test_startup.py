"""The program starts fast, from anywhere, in both its ways, and depends on no state outside its arguments."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import sim

Program = Callable[..., "subprocess.CompletedProcess[str]"]
HEAVY = {"numpy", "polars", "matplotlib", "scipy", "simpy", "pydantic", "jinja2", "ruamel", "rich", "SALib", "pandas"}


def imported(code: str) -> set[str]:
    """Packages that are imported once this has run."""
    code += "\nprint(*{name.partition('.')[0] for name in sys.modules})"
    result = subprocess.run([sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True, check=True)
    return set(result.stdout.splitlines()[-1].split())


def test_help_and_import_load_nothing_heavy() -> None:
    assert not imported("import sim") & HEAVY
    helped = "from sim.cli import main\nsys.argv = ['detente', '--help']\ntry: main()\nexcept SystemExit: pass"
    assert not imported(helped) & HEAVY
    assert not imported(helped.replace("'--help'", "'run', '--help'")) & (HEAVY - {"pydantic"})


def test_loading_and_tracing_need_no_figures_and_no_distributions_of_scipy() -> None:
    traced = imported("import sim\nsim.trace(sim.load('price_haggle'))")
    assert {"numpy", "simpy"} <= traced
    assert not traced & {"matplotlib", "SALib", "jinja2"}


@pytest.mark.parametrize("arguments", [["trace", "price_haggle"], ["trace", "price_haggle", "--format", "markdown"]])
def test_minutes_load_no_figures(arguments: list[str]) -> None:
    told = f"from sim.cli import main\nsys.argv = {['detente', *arguments]}\ntry: main()\nexcept SystemExit: pass"
    loaded = imported(f"import sys\n{told}")
    assert {"numpy", "simpy"} <= loaded
    assert not loaded & {"matplotlib", "jinja2", "SALib"}


def test_it_works_from_any_directory_with_nothing_around_it(program: Program, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "PYTHONPATH")}
    arguments = ["run", "price_haggle", "--worlds", "20", "--no-report", "--json"]
    done = program(arguments, cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert printed["out"] == os.path.join("results", "price_haggle-1")
    assert (tmp_path / printed["out"] / "worlds.parquet").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_the_command_and_the_module_are_one(program: Program, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("detente")
    if not command.exists():
        pytest.skip("the command is not installed beside this Python")
    arguments = ["trace", "price_haggle", "--world", "3", "--json"]
    done = subprocess.run([command, *arguments], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == program(arguments, cwd=tmp_path).stdout
    version = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.split() == ["detente", sim.__version__]


def test_no_global_random_state_is_read_or_left_changed() -> None:
    scenario = sim.load("price_haggle")
    told = []
    for luck in (1, 2):
        random.seed(luck)
        np.random.seed(luck)  # noqa: NPY002
        told.append((sim.run(scenario, worlds=50).worlds, sim.trace(scenario, 7).as_json()))
        after = random.random(), np.random.random()  # noqa: NPY002
        random.seed(luck)
        np.random.seed(luck)  # noqa: NPY002
        assert after == (random.random(), np.random.random())  # noqa: NPY002
    assert told[0][0].equals(told[1][0])
    assert told[0][1] == told[1][1]


@pytest.mark.skipif(os.name != "posix", reason="there are no such pipes here")
@pytest.mark.parametrize("arguments", [["trace", "nato_russia_2022"], ["trace", "nato_russia_2022", "--json"]])
def test_a_reader_who_has_had_enough_is_no_failure(arguments: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sim", *arguments]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=tmp_path)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_output_that_cannot_be_written_is_a_failure(program: Program, tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = program(["trace", "price_haggle"], capture_output=False, stdout=full, stderr=-1, cwd=tmp_path)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_letters_that_the_terminal_does_not_know_end_nothing(program: Program, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = program(["trace", "price_haggle"], cwd=tmp_path, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Haggling over a price" in done.stdout
