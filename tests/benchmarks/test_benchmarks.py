"""The small version of the benchmark: that all of it works, not how fast it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import END, GROUPS, START, main

FAST = ("against_naive", "kernels", "scaling", "exact_answers", "limits")


@pytest.mark.parametrize("group", FAST)
def test_the_small_benchmark_measures_and_writes(
    group: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if GROUPS[group] is not None:
        pytest.importorskip(GROUPS[group])
    file = tmp_path / "benchmarks.json"
    rows = main(["--small", "--only", group, "--json", str(file)])
    assert rows
    written = json.loads(file.read_text())
    assert [row["what"] for row in written["rows"]] == [row.what for row in rows]
    printed = capsys.readouterr().out
    for row in rows:
        assert row.low <= row.figure <= row.high
        assert row.what in printed


@pytest.mark.slow
@pytest.mark.parametrize("group", sorted(GROUPS.keys() - set(FAST)))
def test_the_slow_rest_of_the_small_benchmark_works(group: str, tmp_path: Path) -> None:
    if GROUPS[group] is not None:
        pytest.importorskip(GROUPS[group])
    assert main(["--small", "--only", group, "--json", str(tmp_path / "benchmarks.json")])


def test_groups_measured_one_by_one_stand_together_in_the_file_and_on_the_page(tmp_path: Path) -> None:
    file, page = tmp_path / "benchmarks.json", tmp_path / "page.md"
    page.write_text(f"Before\n{START}\nold\n{END}\nAfter\n")
    for group in ("limits", "exact_answers"):
        main(["--small", "--only", group, "--json", str(file), "--out", str(page)])
    groups = [row["group"] for row in json.loads(file.read_text())["rows"]]
    assert list(dict.fromkeys(groups)) == ["exact_answers", "limits"]
    text = page.read_text()
    assert text.startswith(f"Before\n{START}\n")
    assert text.endswith(f"{END}\nAfter\n")
    assert "old" not in text
    assert text.count("\n| ") == len(groups) + 1
