"""What all tests share: where the reference material lies, if it is there, and how hard Hypothesis looks.

The default profile draws the same examples every time, so that a change that breaks nothing never fails. To look
further, with new examples every time: ``pytest --hypothesis-profile=thorough tests/properties``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("default", max_examples=25, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.register_profile("unshrunk", parent=settings.get_profile("default"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("default")


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
