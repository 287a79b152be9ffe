"""Every figure can be read: nothing clipped, nothing on top of something else, nothing empty, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from report import cases, legible

import sim
from sim.report.figures.run import _TABLE, draw_figures, run_figures
from sim.report.figures.style import narrow, new_figure, styled
from sim.report.findings.chosen import chosen
from sim.report.findings.course import course
from sim.report.pages.sampled import draw_dance
from sim.report.words.captions import RUN
from sim.sweeps.run import Results

RUNS = [(name, None) for name in (*cases.BUNDLED, *cases.EDGES)] + [("nato_russia_2022", 1), ("price_haggle", 1)]


def figures(results: Results) -> Iterator[tuple[str, Figure]]:
    for name, _, figure in run_figures(results):
        yield name, figure
    world = chosen(results.table)[0]
    yield f"world {world}", draw_dance(results.scenario, course(results.scenario, world, results.seed))


@pytest.mark.parametrize(("name", "worlds"), RUNS)
def test_all_text_can_be_read_and_no_axes_are_empty(name: str, worlds: int | None) -> None:
    with styled():
        for figure, drawn in figures(cases.results(name, worlds)):
            assert (figure, legible.faults(drawn)) == (figure, [])
            assert all(axes.has_data() for axes in drawn.axes if axes.axison), figure


@pytest.mark.parametrize("name", ["price_haggle", "hostile", "three_sides"])
def test_all_text_can_be_read_in_a_column_of_a_journal(name: str) -> None:
    with styled(), narrow():
        for figure, drawn in figures(cases.results(name)):
            assert (figure, legible.faults(drawn)) == (figure, [])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nato_russia_2022", "many_issues"])
def test_all_text_of_large_figures_can_be_read_in_a_column_of_a_journal(name: str) -> None:
    test_all_text_can_be_read_in_a_column_of_a_journal(name)


@pytest.mark.parametrize("column", [False, True])
def test_legends_and_long_names_stay_inside(shared: Path, column: bool) -> None:
    results = sim.run(sim.load(shared / "cases" / "long-labels" / "legend.yaml"), 10)
    with styled(), narrow() if column else nullcontext():
        for figure, drawn in figures(results):
            assert (figure, legible.faults(drawn)) == (figure, [])


def test_what_cannot_be_read_is_noticed() -> None:
    with styled():
        figure = new_figure(2.0)
        axes = figure.subplots()
        axes.set_xlim(0, 1)
        axes.set_xticks([0.5, 0.52], ["a long label", "another one"])
        figure.text(0.98, 0.5, "goes over the edge")
        figure.text(0.1, 0.8, "over", rotation=45, rotation_mode="anchor")
        figure.text(0.12, 0.8, "drawn", rotation=45, rotation_mode="anchor")
        found = legible.faults(figure)
    assert sorted(fault.split(":")[0] for fault in found) == [
        "on top of one another",
        "on top of one another",
        "outside of the picture",
    ]


def test_slanted_labels_side_by_side_are_no_fault() -> None:
    with styled():
        figure = new_figure(3.0)
        axes = figure.subplots()
        axes.set_xlim(0, 12)
        axes.set_xticks(range(12), ["a long label"] * 12, rotation=55, ha="right", rotation_mode="anchor")
        assert legible.faults(figure) == []


def test_empty_figures_are_left_out() -> None:
    drawn = {name: {figure for figure, _ in figures(cases.results(name))} for name in ("no_deal", "no_round")}
    assert {"gap_total", "gap_by_issue", "offers"} <= drawn["no_deal"]
    assert {"settlements", "utilities"}.isdisjoint(drawn["no_deal"])
    assert drawn["no_round"] == {"outcomes", "calendar", "positions", "world 0"}


def test_figures_are_files_with_text_that_stays_text(tmp_path: Path) -> None:
    results = cases.results("hostile")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        draw_figures(results, folder)
    names = sorted(path.stem for path in first.iterdir())
    assert {path.suffix for path in first.iterdir()} == {".svg"}
    assert set(names) <= set(RUN)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()
    shown = (first / "spread.svg").read_text(encoding="utf-8")
    assert "$x$ &lt;u&gt;" in shown
    assert "<script" not in shown


def test_the_table_of_figures_and_their_captions_name_the_same() -> None:
    assert [one.name for one in _TABLE] == list(RUN)
