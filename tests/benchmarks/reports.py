"""What a person waits for: a run with its page, an analysis, minutes; and how large a page is."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row, child, interleaved, middle

_COMMAND = """
import sys
from sim.cli import main
if __name__ == "__main__":
    sys.argv = ["detente", *sys.argv[1:]]
    try:
        main()
    except SystemExit as end:
        assert not end.code
"""

_LIBRARIES = "import numpy, scipy.special, simpy, polars, pydantic, ruamel.yaml, typer, rich"
_DRAWING = f"{_LIBRARIES}, jinja2, matplotlib.figure, matplotlib.backends.backend_svg"


def rows(small: bool) -> list[Row]:
    """Seconds on the wall beyond those that starting Python and importing the libraries takes, in turn."""
    repetitions = 1 if small else 5
    name = "four_issue_trade" if small else "nato_russia_2022"
    with TemporaryDirectory() as folder:
        out = ["--out", f"{folder}/run", "--overwrite"]
        waits = [
            ("run with its page", "<= 3", ["run", name, *out], _DRAWING),
            ("analyze", "<= 1.5", ["analyze", name], _LIBRARIES),
            ("trace", "<= 0.8", ["trace", name], _LIBRARIES),
        ]
        return [
            *(_wait(f"{what}, {name}", goal, *jobs, repetitions) for what, goal, *jobs in waits),
            _size(Path(folder), small),
        ]


def _wait(what: str, goal: str, arguments: list[str], base: str, repetitions: int) -> Row:
    jobs = {"ours": lambda: child(_COMMAND, *arguments), "base": lambda: child(base)}
    times = interleaved(jobs, repetitions, clock=time.perf_counter)
    beyond = [ours - start for ours, start in zip(times.seconds["ours"], times.seconds["base"], strict=True)]
    ratio = times.ratio("ours", "base")[0]
    detail = f"{times.median('ours'):.2f} s on the wall, {ratio:.1f} times the {times.median('base'):.2f} s of starting"
    return Row(f"{what}, beyond starting Python and its libraries", *middle(beyond), "s", goal, detail)


def _size(folder: Path, small: bool) -> Row:
    name, worlds = ("four_issue_trade", 1_000) if small else ("nato_russia_2022", 100_000)
    child(_COMMAND, "run", name, "--worlds", str(worlds), "--out", f"{folder}/large")
    size = (folder / "large" / "report.html").stat().st_size / 1e6
    return Row(f"page of {worlds:,} worlds of {name}", size, size, size, "MB", "<= 3", "with its figures and scripts")
