"""The gallery is what the command draws now: its text word for word, its pictures within a tolerance.

Other versions of the font renderer draw letters a little differently; a moved line or another number is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from report import pictures

from sim.report.figures.exports import exporting, png


def compared(part: Callable[[Path], tuple[str, str, Path, dict[str, object]]], folder: Path) -> dict[str, float]:
    """How far the figures of a section are from the pictures in the gallery."""
    with exporting(png):
        return pictures.compared(part(folder)[2], folder.name)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_the_figures_of_a_comparison_look_as_in_the_gallery(tmp_path: Path) -> None:
    found = compared(pictures.gallery()._comparison, made(tmp_path / "compare"))
    assert len(found) == 4
    assert {name: far for name, far in found.items() if far > pictures.TOLERANCE} == {}


def test_the_figures_of_a_sweep_look_as_in_the_gallery(tmp_path: Path) -> None:
    found = {}
    for name in ("curves", "map", "tornado"):
        part = pictures.gallery()._sweep
        found |= compared(lambda folder, name=name, part=part: part(name, folder), made(tmp_path / name))
    assert len(found) == 3
    assert {name: far for name, far in found.items() if far > pictures.TOLERANCE} == {}


def test_figures_of_other_numbers_are_seen_to_differ() -> None:
    folder = pictures.ROOT / "docs" / "gallery"
    assert pictures.difference(folder / "run_positions.png", folder / "run_refusals.png") > pictures.TOLERANCE
    shown = Image.open(folder / "run_outcomes.png").convert("RGB")
    moved = np.roll(np.asarray(shown, dtype=float), 6, axis=1)
    assert np.sqrt(((moved - np.asarray(shown, dtype=float)) ** 2).mean()) > pictures.TOLERANCE


def test_every_picture_of_the_gallery_is_shown_with_a_text_in_its_place() -> None:
    text = (pictures.ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    drawn = {path.name for path in (pictures.ROOT / "docs" / "gallery").glob("*.png")}
    shown = [line for line in text.splitlines() if line.startswith("<img ")]
    assert {line.split('src="gallery/')[1].split('"')[0] for line in shown} == drawn
    assert all(len(line.split('alt="')[1].split('"')[0]) > 40 for line in shown)
    assert sum(path.stat().st_size for path in (pictures.ROOT / "docs" / "gallery").iterdir()) < 2_000_000


@pytest.mark.slow
def test_the_whole_gallery_is_what_the_command_draws(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    pytest.importorskip("sklearn")
    pictures.gallery().write(tmp_path)
    assert (tmp_path / "gallery.md").read_text() == (pictures.ROOT / "docs" / "gallery.md").read_text()
    names = sorted(path.name for path in (pictures.ROOT / "docs" / "gallery").iterdir())
    assert sorted(path.name for path in (tmp_path / "gallery").iterdir()) == names
    found = {
        name: pictures.difference(tmp_path / "gallery" / name, pictures.ROOT / "docs" / "gallery" / name)
        for name in names
    }
    assert {name: far for name, far in found.items() if far > pictures.TOLERANCE} == {}
