"""The small version of the benchmark: that all of it works, not how fast it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import main


@pytest.mark.parametrize("group", ["against_naive", "kernels", "scaling", "exact_answers"])
def test_the_small_benchmark_measures_and_writes(
    group: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "benchmarks.json"
    rows = main(["--small", "--only", group, "--json", str(file)])
    written = json.loads(file.read_text())
    assert [row["what"] for row in written["rows"]] == [row.what for row in rows]
    printed = capsys.readouterr().out
    for row in rows:
        assert row.low <= row.figure <= row.high
        assert row.what in printed


@pytest.mark.slow
@pytest.mark.parametrize("group", ["against_negmas", "processes", "peers", "sweeps"])
def test_the_slow_rest_of_the_small_benchmark_works(group: str, tmp_path: Path) -> None:
    assert main(["--small", "--only", group, "--json", str(tmp_path / "benchmarks.json")]) is not None
