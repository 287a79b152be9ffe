"""The lines of the how-to that read results give the table of the sweep, where the library is installed."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import sim

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "read-results.md"
TEXT = HOW_TO.read_text(encoding="utf-8")
LINES = dict(re.findall(r"^\| (\w+) \| `points = ([^`]*)`", TEXT, re.MULTILINE))
NEEDS = {"pandas": ("pandas", "pyarrow"), "DuckDB": ("duckdb", "pandas"), "polars": ("polars",), "detente": ()}


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> sim.Sweep:
    out = tmp_path_factory.mktemp("read") / "results" / "sweep"
    vary = ["parties.seller.reservation=0.1:0.5:3", "parties.seller.concession=linear,boulware"]
    return sim.sweep("price_haggle", vary, worlds=20, out=out, report=False, keep_worlds=True)


@pytest.mark.parametrize("library", NEEDS)
def test_a_line_reads_the_table(library: str, swept: sim.Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {name: pytest.importorskip(name) for name in NEEDS[library]}
    names |= {name: importlib.import_module(name) for name in ("sim", "pathlib")}
    assert swept.out is not None
    monkeypatch.chdir(swept.out.parents[1])
    points = eval(LINES[library], names)
    assert list(points.columns) == swept.points.columns
    assert list(points["agreement.share"]) == swept.points["agreement.share"].to_list()
    assert list(points["parties.seller.concession"]) == swept.points["parties.seller.concession"].to_list()


def test_the_how_to_names_every_column(swept: sim.Sweep) -> None:
    named = set(re.findall(r"`([^`]+)`", TEXT))
    assert swept.rows is not None
    for column in (*swept.points.columns, *swept.rows.collect_schema().names()):
        first, _, rest = column.partition(".")
        general = {"settlements": "ISSUE.OPTION", "utility": "PARTY", "gain": "PARTY", "package": "ISSUE"}.get(first)
        if general:
            assert f"{first}.{general}" in named
        elif first in swept.outcomes:
            assert first in named
            assert f"OUTCOME.{rest}" in named
        elif column not in swept.paths:
            assert column in named, column
