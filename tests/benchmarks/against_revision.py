"""Time a negotiation now against an earlier revision of the program, on that revision's own scenarios.

    python -m tests.benchmarks.against_revision REVISION [--worlds 4000] [--times 5] [SCENARIO ...]

Both play the same files as they were then, in turn, again and again; the figure is the ratio of the smallest processor
times of `sim.talks.play.play` alone (no tables, no report).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ("nato_russia_2022", "four_issue_trade", "price_haggle")
PLAY = """
import resource, sys
import numpy as np, sim
from sim.talks.play import play
assert sim.__path__ == [sys.argv[1]]
scenario, worlds = sim.load(sys.argv[2]), np.arange(int(sys.argv[3]))
def spent():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
play(scenario, 0, worlds)
before = spent()
play(scenario, 1, worlds)
print(spent() - before)
"""


def seconds(tree: Path, scenario: Path, worlds: int) -> float:
    """Processor time that the program in a tree takes to play so many worlds, the second time."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    call = [sys.executable, "-c", PLAY, str(tree / "sim"), str(scenario), str(worlds)]
    told = subprocess.run(call, check=True, capture_output=True, text=True, env=environment, cwd=tree)
    return float(told.stdout)


def ratio(before: Path, scenario: Path, worlds: int, times: int) -> tuple[float, float]:
    """Smallest times of the program now and before, measured in turn."""
    now, then = zip(
        *((seconds(ROOT, scenario, worlds), seconds(before, scenario, worlds)) for _ in range(times)), strict=True
    )
    return min(now), min(then)


def main(arguments: list[str] | None = None) -> None:
    """Print a line a scenario."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("revision")
    parser.add_argument("scenarios", nargs="*", default=SCENARIOS)
    parser.add_argument("--worlds", type=int, default=4000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        kept = subprocess.run(["git", "archive", asked.revision], cwd=ROOT, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(kept)) as archive:
            archive.extractall(folder, filter="data")
        for name in asked.scenarios:
            scenario = Path(folder) / "scenarios" / f"{name}.yaml"
            now, then = ratio(Path(folder), scenario, asked.worlds, asked.times)
            each = 1e6 / asked.worlds
            print(
                f"{name}: {now / then:.2f} times ({each * now:.0f} us now, {each * then:.0f} us before a negotiation)"
            )


if __name__ == "__main__":
    main()
