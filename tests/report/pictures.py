"""Pictures held against those of the gallery, within a tolerance."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TOLERANCE = 3.0
"""Root mean square of the difference of two pictures, of 255."""


def gallery() -> ModuleType:
    """The program that draws the gallery."""
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


def compared(drawn: Path, section: str) -> dict[str, float]:
    """How far the figures in a folder are from the pictures of a section of the gallery that are called the same."""
    found, small = {}, drawn / "small.png"
    for figure in sorted(drawn.glob("*.png")):
        shown = ROOT / "docs" / "gallery" / f"{section}_{figure.name}"
        if shown.exists():
            gallery().shrink(figure, small)
            found[shown.name] = difference(shown, small)
            small.unlink()
    return found
