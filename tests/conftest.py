"""What all tests share: where the reference material lies, if it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the project; tests that need it are skipped where it is not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference material is not here")
    return folder


@pytest.fixture(scope="session")
def bundled() -> Path:
    """The scenarios that come with the project."""
    return ROOT / "scenarios"
