"""`python -m tests.benchmarks` (or `python tests/benchmarks`): measure all rows, print the table, write the JSON."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import Row, table

ROWS = ("against_naive", "against_negmas", "kernels", "scaling", "processes", "peers", "exact_answers", "sweeps")
"""Modules of this folder, each with a function `rows(small)`."""


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure and print; the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small version that only shows that all of it works")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=ROWS, metavar="ROWS", help=f"of {', '.join(ROWS)}")
    parser.add_argument("--json", type=Path, default=Path("results/benchmarks.json"), help="where to write the JSON")
    options = parser.parse_args(arguments)
    found: list[Row] = []
    start = time.perf_counter()
    for name in options.only:
        found += import_module(f"benchmarks.{name}").rows(options.small)
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    print(table(found))
    content = {
        "small": options.small,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rows": [row.as_json() for row in found],
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return found


if __name__ == "__main__":
    main()
