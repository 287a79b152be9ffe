"""The figures of analyses, sweeps and comparisons can be read too, whatever things are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from report import cases, legible

import sim
from sim.report.figures import comparison as compare_figures
from sim.report.figures import style
from sim.report.figures import sweep as sweep_figures
from sim.report.figures.style import Drawing
from sim.report.pages import analysis as analysis_page
from sim.report.pages.sweep import answered
from sim.scenario.loading import loads

PRICE = ["parties.buyer.reservation=0.2:0.7", "parties.seller.reservation=0.2:0.7", "meetings.lot.rounds=3:12"]
DESIGNS = [
    ("grid", [f"{PRICE[0]}:7"], None),
    ("grid", [f"{PRICE[0]}:5", f"{PRICE[1]}:5"], None),
    ("tornado", PRICE, None),
    pytest.param("lhs", PRICE, 30, marks=pytest.mark.slow),
    pytest.param("morris", PRICE, 4, marks=pytest.mark.slow),
    pytest.param("sobol", PRICE, 16, marks=pytest.mark.slow),
]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What cannot be read in the figures that are saved from now on; by name."""
    faults: dict[str, list[str]] = {}

    def save(figure: Figure, directory: Path, name: str, title: str) -> Drawing:
        faults[name] = legible.faults(figure)
        faults[name] += ["empty axes" for axes in figure.axes if axes.axison and not axes.has_data()]
        return style.save(figure, directory, name, title)

    for module in (analysis_page, compare_figures, sweep_figures):
        monkeypatch.setattr(module, "save", save)
    return faults


@pytest.mark.parametrize("name", ["four_issue_trade", "price_haggle", "hostile", "no_deal", "three_sides"])
def test_figures_of_analyses(name: str, found: dict[str, list[str]], tmp_path: Path) -> None:
    analysis_page.analysis_figures(sim.analyze(cases.scenario(name)), tmp_path)
    assert len(found) >= 2
    assert {figure: faults for figure, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("design", "vary", "points"), DESIGNS)
def test_figures_of_sweeps(
    design: str, vary: list[str], points: int | None, found: dict[str, list[str]], tmp_path: Path
) -> None:
    swept = sim.sweep(cases.scenario("price_haggle"), vary, design=design, points=points, worlds=20)
    sweep_figures.draw_sweep(swept, answered(swept), tmp_path)
    assert found
    assert {figure: faults for figure, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("name", "change"), [("price_haggle", "meetings.lot.rounds=6"), ("hostile", "parties.A.reservation=0.9")]
)
def test_figures_of_comparisons(name: str, change: str, found: dict[str, list[str]], tmp_path: Path) -> None:
    first = cases.scenario(name)
    runs: list[Any] = [
        tmp_path / "as it is",
        tmp_path / "a variant with a rather long name of its own, and one more word",
    ]
    for place, scenario in zip(runs, (first, loads(first.text, first.name, [change])), strict=True):
        sim.run(scenario, 40, 1, out=place, report=False)
    compare_figures.draw_comparison(sim.compare(*runs), tmp_path)
    assert {"shares", "differences", "transitions_1"} <= found.keys()
    assert {figure: faults for figure, faults in found.items() if faults} == {}
