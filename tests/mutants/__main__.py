"""Make small mistakes in the rooms that decide results, one at a time, and see whether a test falls.

    python -m tests.mutants [--sample N] [--seed S] [--room NAME ...] [--seconds T] [--out FILE]

The same seed draws the same mistakes, as many in each room. Each is made in a copy; the tests of its room run until one
falls. A mistake that none notices survives: write the test that does, or say why it changes nothing. Exit code 1 if
a tenth or more survive. Needs a POSIX system: a process that has loaded the libraries once is forked for each mistake.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutants.changes import Mutant, mutants, text_of

ROOT = Path(__file__).resolve().parents[2]

_PLAYED = tuple(
    f"tests/golden/test_golden.py::test_a_bundled_scenario_is_played_as_it_was[{name}]"
    for name in ("price_haggle", "four_issue_trade", "camp_david_2000")
)
ROOMS: dict[str, tuple[str, ...]] = {
    "worlds": (
        *(
            "tests/worlds",
            "tests/scenario/test_red_lines.py",
            "tests/sweeps/test_draws.py",
            "tests/oracles/test_rules.py",
        ),
        *_PLAYED,
        *(
            "tests/trace/test_trace_distances.py",
            "tests/oracles/test_plain_programs.py",
            "tests/talks/test_red_lines.py",
        ),
        *("tests/properties/test_run_and_trace.py", "tests/properties/test_symmetries.py"),
        "tests/analysis/test_against_brute_force.py",
    ),
    "parties": (
        *(f"tests/parties/test_{name}.py" for name in ("ranking", "offering", "opponents", "micro", "time_dependent")),
        *(f"tests/parties/test_{name}.py" for name in ("acceptance", "mix", "tit_for_tat", "descent", "reasons")),
        "tests/oracles/test_rules.py",
        *_PLAYED,
        *(f"tests/talks/test_{name}.py" for name in ("rules_of_play", "partial_deals", "package_only", "many_options")),
        *(
            "tests/oracles/test_plain_programs.py",
            "tests/properties/test_agreements.py",
            "tests/properties/test_zone.py",
        ),
        "tests/benchmarks/test_naive.py",
    ),
    "rules": (
        *(
            "tests/rules",
            "tests/theory/test_voting_in_sides.py",
            "tests/oracles/test_rules.py",
            "tests/properties/test_zone.py",
        ),
        *("tests/trace/test_trace_reasons.py", "tests/scenario/test_plain.py"),
    ),
    "analysis": (
        *(
            f"tests/analysis/test_{name}.py"
            for name in ("trades", "against_brute_force", "as_json", "prospects", "oracles")
        ),
        *("tests/cli/test_analyze.py", "tests/analysis"),
    ),
}
"""The rooms, and the tests of each, those that fall most easily first."""


def main(arguments: list[str] | None = None) -> int:
    """Make the mistakes, tell which survive, and give back the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=60, help="how many mistakes in all (default 60)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--room", nargs="*", choices=list(ROOMS), default=list(ROOMS), metavar="NAME")
    parser.add_argument("--seconds", type=float, default=300, help="of the processor, for one: then it counts as seen")
    parser.add_argument("--out", type=Path, help="write a line for each as it comes")
    asked = parser.parse_args(arguments)
    _load_libraries()
    done, survived = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="detente-mutants-") as place:
        shutil.copytree(ROOT / "sim", Path(place) / "sim", ignore=shutil.ignore_patterns("__pycache__"))
        for room in asked.room:
            if noticed(None, room, Path(place), asked.seconds):
                print(f"a test of {room} falls without any mistake: mend that first", file=sys.stderr)
                return 2
        for number, (room, mutant) in enumerate(drawn(asked.room, asked.sample, asked.seed)):
            begun = time.monotonic()
            seen = noticed(mutant, room, Path(place), asked.seconds)
            done[room] += 1
            survived[room] += not seen
            where = f"{mutant.module.relative_to(ROOT)}:{mutant.line}: {mutant.what}"
            line = f"{number + 1:3} {'seen    ' if seen else 'SURVIVED'} {where} ({time.monotonic() - begun:.0f} s)"
            print(line, flush=True)
            if asked.out:
                with asked.out.open("a", encoding="utf-8") as log:
                    log.write(line + "\n")
    for room in done:
        print(f"{room}: {survived[room]} of {done[room]} survived")
    print(f"{survived.total()} of {done.total()} survived ({survived.total() / max(done.total(), 1):.0%})")
    return int(10 * survived.total() >= done.total())


def drawn(rooms: list[str], sample: int, seed: int) -> list[tuple[str, Mutant]]:
    """So many mistakes, as many in each room, room after room in turn."""
    chance, found = random.Random(seed), []
    for room in rooms:
        modules = sorted((ROOT / "sim" / room).rglob("*.py"))
        all_of_it = [one for module in modules for one in mutants(module)]
        found.append([(room, one) for one in chance.sample(all_of_it, min(-(-sample // len(rooms)), len(all_of_it)))])
    return [one for turn in zip(*found, strict=False) for one in turn][:sample]


def noticed(mutant: Mutant | None, room: str, place: Path, seconds: float) -> bool:
    """Whether a test of the room falls, or takes too long, with this mistake made in the copy there, or with none."""
    copy = place / (mutant.module.relative_to(ROOT) if mutant else "sim/version.py")
    whole = copy.read_bytes()
    if mutant:
        copy.write_text(text_of(mutant), encoding="utf-8")
    try:
        child = os.fork()
        if child == 0:
            _run_tests(room, place, seconds, silent=mutant is not None)
        _, status = os.waitpid(child, 0)
    finally:
        copy.write_bytes(whole)
    return status != 0


def _run_tests(room: str, place: Path, seconds: float, silent: bool) -> None:
    """In the child: run the tests of a room against the copy, and end."""
    signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
    os.dup2(os.open(os.devnull, os.O_WRONLY) if silent else 2, 1)
    if silent:
        os.dup2(1, 2)
    os.chdir(ROOT)
    sys.dont_write_bytecode = True
    sys.path[:] = [str(place), *(one for one in sys.path if one and Path(one).resolve() != ROOT)]
    os.environ["PYTHONPATH"] = str(place)
    os.environ["PYTHONSAFEPATH"] = "1"
    import pytest

    options = ["-x", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile=unshrunk", "--tb=no"]
    tests = [one for one in ROOMS[room] if Path(one.partition("::")[0]).exists()]
    os._exit(int(pytest.main([*options, *tests])) and 1)


def _load_libraries() -> None:
    """What every child would load, but nothing of this program."""
    import hypothesis.strategies
    import jsonschema
    import matplotlib.figure
    import numpy
    import polars
    import pydantic
    import pytest
    import ruamel.yaml
    import scipy.optimize
    import scipy.stats
    import simpy
    import typer.testing

    assert all(name not in sys.modules for name in ("sim", "sim.scenario"))
    del hypothesis, jsonschema, matplotlib, numpy, polars, pydantic, pytest, ruamel, scipy, simpy, typer


if __name__ == "__main__":
    sys.exit(main())
