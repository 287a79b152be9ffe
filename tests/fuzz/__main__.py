"""Look for inputs that end in anything but a result or one clear message.

    python -m tests.fuzz [--minutes M] [--target NAME ...] [--seed S] [--engine atheris|hypothesis] [--out DIR]

Targets: scenario files, `--set`, `--vary`, tables of points, files of other programs, result directories. A find is any
error but the program's own, more than 10 s, or more than 500 MB. Where atheris is installed (`pip install
'.[fuzz]'`) it follows the branches that inputs take; else Hypothesis draws them. Both begin with `tests/fuzz/corpus`.
Finds are written to DIR; mend what is behind one, then put its file into the corpus, where it stays as a test. Exit
code 1 if there is any.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.search import CORPUS, Find, search, tried
from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
HITS = ("crash-", "timeout-", "oom-", "leak-")
"""How libFuzzer calls what it found; what was slow and yet within the limit is none."""
STATISTICS = "-print_final_stats=1"


def main(arguments: list[str] | None = None) -> int:
    """Search, write what was found, and give back the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="for all targets together (default 1)")
    parser.add_argument("--target", nargs="*", choices=list(TARGETS), default=list(TARGETS), metavar="NAME")
    parser.add_argument("--seed", type=int, default=None, help="by default another one every time")
    known = "atheris" if find_spec("atheris") else "hypothesis"
    parser.add_argument("--engine", choices=("atheris", "hypothesis"), default=known)
    parser.add_argument("--out", type=Path, default=Path("fuzz-finds"), help="where finds go (default fuzz-finds)")
    asked = parser.parse_args(arguments)
    chance = int(time.time()) if asked.seed is None else asked.seed
    seconds, finds = 60 * asked.minutes / len(asked.target), 0
    for target in asked.target:
        begun = time.monotonic()
        look = guided if asked.engine == "atheris" else drawn
        found, count = look(target, seconds, chance)
        print(f"{target}: {count:,} inputs in {time.monotonic() - begun:.0f} s, seed {chance}", file=sys.stderr)
        if found is not None:
            finds += 1
            asked.out.mkdir(parents=True, exist_ok=True)
            place = asked.out / f"{target}-{len(list(asked.out.iterdir())) + 1}"
            place.write_bytes(found.data)
            print(f"FOUND {place}: {found.what}")
    print(f"{finds} finds")
    return int(finds > 0)


def drawn(target: str, seconds: float, chance: int) -> tuple[Find | None, int]:
    """Search with Hypothesis; what was found, and how many inputs were tried."""
    counts = [0]
    found = search(target, seconds, chance, counts.append)
    return found, counts[-1]


def guided(target: str, seconds: float, chance: int) -> tuple[Find | None, int]:
    """Search with atheris."""
    with tempfile.TemporaryDirectory(prefix="detente-fuzz-") as place:
        grown, hits = Path(place) / "corpus", Path(place) / "hits"
        shutil.copytree(CORPUS / target, grown)
        hits.mkdir()
        limits = [f"-max_total_time={max(int(seconds), 1)}", f"-seed={chance % 2**31}", "-max_len=4096"]
        ended = subprocess.run(
            [sys.executable, "-m", "fuzz.guided", target, str(grown), f"-artifact_prefix={hits}/", *limits, STATISTICS],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        said = ended.stdout + ended.stderr
        counted = [line.split(":")[-1] for line in said.splitlines() if "number_of_executed_units" in line]
        count = int(counted[-1]) if counted else 0
        for one in sorted(one for one in hits.iterdir() if one.name.startswith(HITS)):
            data = one.read_bytes()
            return Find(target, data, tried(target, data) or said[-500:]), count
    if ended.returncode:
        raise RuntimeError(said[-2000:])
    return None, count


if __name__ == "__main__":
    sys.exit(main())
