"""The gallery is what the command draws now: its text word for word, its pictures within a tolerance.

Other versions of the font renderer draw letters a little differently; a moved line or another number is seen.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 3.0
"""Root mean square of the difference of two pictures, of 255."""


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery"] = module
    spec.loader.exec_module(module)
    return module


def difference(one: Path, other: Path) -> float:
    """Infinite where even the sizes differ."""
    first, second = (np.asarray(Image.open(path).convert("RGB"), dtype=float) for path in (one, other))
    if first.shape != second.shape:
        return float("inf")
    return float(np.sqrt(((first - second) ** 2).mean()))


def compared(part: Callable[[Path], tuple[str, str, Path, dict[str, object]]], folder: Path) -> dict[str, float]:
    """How far the figures of a section are from the pictures in the gallery."""
    gallery = loaded()
    place = part(folder)[2]
    found = {}
    for drawn in sorted(place.glob("*.png")):
        shown = ROOT / "docs" / "gallery" / f"{place.name}_{drawn.name}"
        if shown.exists():
            gallery.shrink(drawn, folder / "small.png")
            found[shown.name] = difference(shown, folder / "small.png")
            (folder / "small.png").unlink()
    return found


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_the_figures_of_a_comparison_look_as_in_the_gallery(tmp_path: Path) -> None:
    found = compared(loaded()._comparison, made(tmp_path / "compare"))
    assert len(found) == 4
    assert {name: far for name, far in found.items() if far > TOLERANCE} == {}


def test_the_figures_of_a_sweep_look_as_in_the_gallery(tmp_path: Path) -> None:
    found = {}
    for name in ("curves", "map", "tornado"):
        part = loaded()._sweep
        found |= compared(lambda folder, name=name, part=part: part(name, folder), made(tmp_path / name))
    assert len(found) == 3
    assert {name: far for name, far in found.items() if far > TOLERANCE} == {}


def test_the_figures_of_a_run_look_as_in_the_gallery(tmp_path: Path) -> None:
    found = compared(loaded()._run, made(tmp_path / "run"))
    assert len(found) == 12
    assert {name: far for name, far in found.items() if far > TOLERANCE} == {}


def test_figures_of_other_numbers_are_seen_to_differ() -> None:
    folder = ROOT / "docs" / "gallery"
    assert difference(folder / "run_positions.png", folder / "run_blockers.png") > TOLERANCE
    shown = Image.open(folder / "run_outcomes.png").convert("RGB")
    moved = np.roll(np.asarray(shown, dtype=float), 6, axis=1)
    assert np.sqrt(((moved - np.asarray(shown, dtype=float)) ** 2).mean()) > TOLERANCE


def test_every_picture_of_the_gallery_is_shown_with_a_text_in_its_place() -> None:
    text = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    pictures = {path.name for path in (ROOT / "docs" / "gallery").glob("*.png")}
    shown = [line for line in text.splitlines() if line.startswith("<img ")]
    assert {line.split('src="gallery/')[1].split('"')[0] for line in shown} == pictures
    assert all(len(line.split('alt="')[1].split('"')[0]) > 40 for line in shown)
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "gallery").iterdir()) < 2_000_000


@pytest.mark.slow
def test_the_whole_gallery_is_what_the_command_draws(tmp_path: Path) -> None:
    pytest.importorskip("SALib")
    pytest.importorskip("sklearn")
    loaded().write(tmp_path)
    assert (tmp_path / "gallery.md").read_text() == (ROOT / "docs" / "gallery.md").read_text()
    pictures = sorted(path.name for path in (ROOT / "docs" / "gallery").iterdir())
    assert sorted(path.name for path in (tmp_path / "gallery").iterdir()) == pictures
    found = {name: difference(tmp_path / "gallery" / name, ROOT / "docs" / "gallery" / name) for name in pictures}
    assert {name: far for name, far in found.items() if far > TOLERANCE} == {}
