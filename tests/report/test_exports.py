"""Figures as files besides SVG: pictures, documents, and what journals want."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from report import cases

import sim
from sim.report.figures.exports import exporting, journal, pdf, png
from sim.report.figures.style import new_figure, save, styled
from sim.report.pages.redraw import redraw
from sim.sweeps.store import OutputError

MILLIMETRES = 25.4


def drawn(folder: Path) -> Path:
    """A small figure, as everything."""
    folder.mkdir()
    with styled(), exporting(png, pdf, journal(85), journal(180)):
        figure = new_figure(1.5)
        figure.subplots().plot([0, 1], [0, 1], marker="o")
        figure.axes[0].set_xlabel("A mark – ümlaut → ∞")
        save(figure, folder, "small", "A small figure")
    return folder


def test_a_journals_figures_are_as_wide_as_its_columns(tmp_path: Path) -> None:
    folder = drawn(tmp_path / "first") / "journal"
    for width in (85, 180):
        with Image.open(folder / f"small_{width}mm.png") as picture:
            assert abs(picture.width - width / MILLIMETRES * 600) <= 1
            assert [round(one) for one in picture.info["dpi"]] == [600, 600]
        box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", (folder / f"small_{width}mm.pdf").read_bytes())
        assert box is not None
        assert float(box.group(1)) == pytest.approx(width / MILLIMETRES * 72, abs=0.1)


def test_documents_hold_their_fonts_as_truetype_and_no_date(tmp_path: Path) -> None:
    for path in drawn(tmp_path / "first").rglob("*.pdf"):
        content = path.read_bytes()
        assert b"/FontFile2" in content, path
        assert b"/Subtype /Type3" not in content, path
        assert b"CreationDate" not in content, path


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = drawn(tmp_path / "first"), drawn(tmp_path / "second")
    names = [path.relative_to(first) for path in first.rglob("*.*")]
    assert len(names) == 7
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


@pytest.mark.slow
def test_a_report_is_drawn_again_as_everything(tmp_path: Path) -> None:
    sim.run(cases.scenario("price_haggle"), 30, 1, out=tmp_path / "r", report=False)
    redraw(tmp_path / "r", figures=["png", "pdf", "journal"])
    folder = tmp_path / "r" / "figures"
    names = {path.stem for path in folder.glob("*.svg")}
    assert len(names) > 5
    for ending in ("png", "pdf"):
        assert {path.stem for path in folder.glob(f"*.{ending}")} == names
        for width in (85, 180):
            shown = {path.stem for path in (folder / "journal").glob(f"*_{width}mm.{ending}")}
            assert shown == {f"{name}_{width}mm" for name in names}
    told = (folder / "journal" / "captions.txt").read_text(encoding="utf-8").split("\n\n")
    assert {one.splitlines()[0] for one in told} == names
    assert all(len(one) > 60 for one in told)


def test_other_kinds_are_refused_with_the_ones_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="png, pdf, journal"):
        redraw(tmp_path, figures=["tiff"])
