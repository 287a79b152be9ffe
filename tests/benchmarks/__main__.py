"""Measure how fast the program is, against others and in itself: print the table, write it as JSON.

    python -m tests.benchmarks [--only GROUP ...] [--small] [--json FILE] [--out docs/performance.md]

With `--only`, rows of other groups stay in the JSON as they were. `--out` writes the table into a page between its
marks. Groups that need packages which are not installed (extra `bench`) are left out, and said to be.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.measure import Row, markdown, table

GROUPS: dict[str, str | None] = {
    "against_naive": None,
    "against_negmas": "negmas",
    "kernels": "numba",
    "scaling": None,
    "processes": None,
    "reports": None,
    "exact_answers": None,
    "sweeps": "ema_workbench",
    "limits": None,
}
"""Modules of this folder, each with a function `rows(small)`, and the package of the extra `bench` that each needs."""

START, END = "<!-- table made by python -m tests.benchmarks -->", "<!-- end of the table -->"


def main(arguments: list[str] | None = None) -> list[Row]:
    """Measure, print and write; the rows measured."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="a small version that only shows that all of it works")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS), metavar="GROUP")
    parser.add_argument("--json", type=Path, default=Path("results/benchmarks.json"), help="where to write the JSON")
    parser.add_argument("--out", type=Path, help="page whose table to replace")
    options = parser.parse_args(arguments)
    measured: dict[str, list[Row]] = {}
    for group in options.only:
        needs = GROUPS[group]
        if needs is not None and find_spec(needs) is None:
            print(f"{group}: left out, for {needs} is not installed (extra `bench`)", file=sys.stderr)
            continue
        start = time.perf_counter()
        measured[group] = import_module(f"benchmarks.{group}").rows(options.small)
        print(f"{group}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
    found = [row for rows in measured.values() for row in rows]
    print(table(found))
    content = _joined(_before(options.json, options.small), measured, options.small)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    if options.out is not None:
        _write(options.out, content)
    return found


def _before(file: Path, small: bool) -> list[dict[str, Any]]:
    """The rows that an earlier call of the same size has written."""
    if not file.exists():
        return []
    content = json.loads(file.read_text(encoding="utf-8"))
    return list(content["rows"]) if content["small"] == small else []


def _joined(before: list[dict[str, Any]], measured: dict[str, list[Row]], small: bool) -> dict[str, Any]:
    groups = {group: [row for row in before if row["group"] == group] for group in GROUPS}
    groups |= {group: [{"group": group, **row.as_json()} for row in rows] for group, rows in measured.items()}
    return {
        "small": small,
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "rows": [row for rows in groups.values() for row in rows],
    }


def _write(page: Path, content: dict[str, Any]) -> None:
    text = page.read_text(encoding="utf-8")
    start, end = text.index(START) + len(START), text.index(END)
    where = f"Measured on {content['date']}, Python {content['python']}, {content['machine']}."
    rows = [Row(**{key: value for key, value in row.items() if key not in ("group", "met")}) for row in content["rows"]]
    page.write_text(f"{text[:start]}\n{where}\n\n{markdown(rows)}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    main()
